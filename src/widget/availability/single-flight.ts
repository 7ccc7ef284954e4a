import type { Later } from './availability-cache.js';

export interface LockEdges {
  /** Missing where the page is not served securely, or the browser is old: then every tab works for itself. */
  readonly locks: Pick<LockManager, 'request'> | undefined;
  readonly later: Later;
}

/**
 * Does `work` while no other tab of this browser does the work of that name. The browser frees the name when a tab
 * dies. The work is done all the same where there are no locks, when they fail, when the wait takes longer than
 * `patience` (milliseconds), and when `wait` ends it.
 */
export async function alone<T>(
  name: string,
  work: () => Promise<T>,
  { locks, later }: LockEdges,
  patience: number,
  wait = new AbortController(),
): Promise<T> {
  let begun: Promise<T> | undefined;
  const stop = later(patience, () => {
    wait.abort();
  });
  try {
    // The lock is held until the work is done.
    await locks?.request(name, { signal: wait.signal }, () => {
      stop();
      return (begun = work());
    });
  } catch {
    // No lock to be had, or not in time. An error of the work itself is passed on below.
  }
  stop();
  return begun ?? work();
}
