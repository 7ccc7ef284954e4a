import { CALLS_FLUSH_MS, CALLS_FORGET_MS } from '../durations.js';
import type { Context, Feature } from '../feature.js';
import { unref } from '../timers.js';

/** Stores the counts of calls to scheduling services. */
export function callsFeature({ upstreams, log }: Pick<Context, 'upstreams' | 'log'>): Feature {
  const timers: NodeJS.Timeout[] = [];
  return {
    name: 'calls',
    start() {
      timers.push(
        setInterval(() => void upstreams.calls.flush(), CALLS_FLUSH_MS),
        setInterval(() => {
          upstreams.calls
            .forget()
            .catch((cause: unknown) => log.warn({ err: cause }, 'old counts of calls cannot be removed'));
        }, CALLS_FORGET_MS),
      );
      for (const timer of timers) unref(timer);
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await upstreams.calls.flush();
    },
  };
}
