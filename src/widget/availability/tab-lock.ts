import type { StartTimer } from '../platform/timer.js';

export interface LockPlatform {
  /** Missing where the page is not served securely, or the browser is old: then every tab works for itself. */
  readonly locks: Pick<LockManager, 'request'> | undefined;
  readonly startTimer: StartTimer;
}

/**
 * Does `work` while no other tab of this browser does the work of that name. The browser releases the lock when a tab
 * dies. The work is done all the same where there are no locks, when they fail, when the lock takes longer than
 * `timeout` (milliseconds), and when `waiting` is aborted.
 */
export async function withTabLock<T>(
  name: string,
  work: () => Promise<T>,
  { locks, startTimer }: LockPlatform,
  timeout: number,
  waiting = new AbortController(),
): Promise<T> {
  let begun: Promise<T> | undefined;
  const cancelTimer = startTimer(timeout, () => {
    waiting.abort();
  });
  try {
    // The lock is held until the work is done.
    await locks?.request(name, { signal: waiting.signal }, () => {
      cancelTimer();
      return (begun = work());
    });
  } catch {
    // The lock was not granted, or not in time. An error of the work itself is passed on below.
  }
  cancelTimer();
  return begun ?? work();
}
