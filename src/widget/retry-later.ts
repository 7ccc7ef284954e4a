/**
 * Calls `go` once after `delay` ms: at once when the browser comes back online, and not while the page is hidden.
 * Returns how to cancel.
 */
export function retryLater(delay: number, go: () => void): () => void {
  const stop = (): void => {
    clearTimeout(timer);
    removeEventListener('online', fire);
    document.removeEventListener('visibilitychange', due);
  };
  const fire = (): void => {
    stop();
    go();
  };
  const due = (): void => {
    if (document.hidden) document.addEventListener('visibilitychange', due);
    else fire();
  };
  const timer = setTimeout(due, delay);
  addEventListener('online', fire);
  return stop;
}
