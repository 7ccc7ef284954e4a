/** An exception of our own goes to the page's error monitoring, as an uncaught one would, and disturbs nothing else. */
export function reportInternalError(cause: unknown): void {
  if (typeof reportError === 'function') reportError(cause);
}
