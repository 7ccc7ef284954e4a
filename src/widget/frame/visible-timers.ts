/**
 * Calls `call` after `ms` milliseconds in which nothing aborted `signal`, and not before the page is looked at: browsers
 * slow hidden pages down, so time that passed unseen is not held against the scheduling page.
 */
export function afterVisible(ms: number, signal: AbortSignal, call: () => void): void {
  if (signal.aborted) return;
  const timer = setTimeout(() => {
    signal.removeEventListener('abort', stop);
    if (document.hidden)
      document.addEventListener('visibilitychange', () => afterVisible(ms, signal, call), {
        once: true,
        signal,
      });
    else call();
  }, ms);
  const stop = (): void => clearTimeout(timer);
  signal.addEventListener('abort', stop, { once: true });
}
