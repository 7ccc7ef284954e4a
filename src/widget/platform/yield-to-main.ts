interface YieldingScheduler {
  readonly yield?: () => Promise<void>;
}

/**
 * Ends the present task where the browser can go on soon after: input and frames come between. Elsewhere it goes on in the same
 * task. https://developer.mozilla.org/docs/Web/API/Scheduler/yield
 */
export const yieldToMain = async (): Promise<void> => {
  try {
    await (globalThis as { readonly scheduler?: YieldingScheduler }).scheduler?.yield?.();
  } catch {
    // A page's polyfill may be broken.
  }
};
