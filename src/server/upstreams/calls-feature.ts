import type { Context, Feature } from '../feature.js';
import { unref } from '../timers.js';

/** How often counts of calls are stored, and old ones removed, in milliseconds. */
const FLUSH = 10_000;
const FORGET = 3_600_000;

/** Stores the counts of calls to scheduling services. */
export function callsFeature({ upstreams, log }: Pick<Context, 'upstreams' | 'log'>): Feature {
  const timers: NodeJS.Timeout[] = [];
  return {
    name: 'calls',
    start() {
      timers.push(
        setInterval(() => void upstreams.calls.flush(), FLUSH),
        setInterval(() => {
          upstreams.calls
            .forget()
            .catch((cause: unknown) => log.warn({ err: cause }, 'old counts of calls cannot be removed'));
        }, FORGET),
      );
      for (const timer of timers) unref(timer);
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await upstreams.calls.flush();
    },
  };
}
