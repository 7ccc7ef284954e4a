import { REMOVAL_MS } from './durations.js';
import { unref } from './timers.js';

/**
 * Removes old records when the companion starts and every hour from then on. A failure is reported, and the next hour
 * tries again.
 */
export function hourlyRemoval(
  remove: () => Promise<unknown>,
  onFailure: (cause: unknown) => void,
): { start(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const run = (): void => void remove().catch(onFailure);
  return {
    start() {
      run();
      timer = setInterval(run, REMOVAL_MS);
      unref(timer);
    },
    stop() {
      clearInterval(timer);
    },
  };
}
