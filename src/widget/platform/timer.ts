/** Calls back once after so many milliseconds; returns how to cancel. Tests pass a clock of their own. */
export type StartTimer = (ms: number, callback: () => void) => () => void;

export const startTimer: StartTimer = (ms, callback) => {
  const timer = setTimeout(callback, ms);
  return () => {
    clearTimeout(timer);
  };
};

/** The result of `work`, or a rejection when it takes longer than `ms` milliseconds. */
export async function withTimeout<T>(
  work: Promise<T>,
  ms: number,
  start: StartTimer = startTimer,
): Promise<T> {
  let cancel: (() => void) | undefined;
  const timeout = new Promise<never>((_, reject) => {
    cancel = start(ms, () => {
      reject(new Error(`timed out after ${ms} ms`));
    });
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    cancel?.();
  }
}
