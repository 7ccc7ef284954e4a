import { MINUTE_MS } from '../../scheduling/durations.js';
import type { Feature, Context } from '../feature.js';
import type { Times } from '../availability/times.js';
import { LeaseTaken, takeLease } from '../store/leases.js';
import { roundOptions } from './warm-options.js';
import { warm } from './warm.js';
import { unref } from '../timers.js';

/** With the option `warm`: popular event types are fetched ahead, by one instance at a time. */
export function warmFeature(context: Context, times: Times): Feature {
  const { settings, store, instance, log } = context;
  const stopping = new AbortController();
  const every = (settings.warm?.every ?? 0) * MINUTE_MS;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<unknown> | undefined;

  async function round(): Promise<void> {
    // Held until the next round is due, so that instances take turns instead of each making a round of its own.
    if (await takeLease(store, 'warm', instance, every))
      await warm(context, times, { signal: stopping.signal, ...roundOptions(settings.warm) });
  }

  const begin = (): void => {
    underWay ??= round()
      .catch((cause: unknown) => {
        if (!stopping.signal.aborted && !(cause instanceof LeaseTaken))
          log.warn({ err: cause }, 'popular event types cannot be fetched ahead');
      })
      .finally(() => (underWay = undefined));
  };

  return {
    start() {
      if (!every) return;
      timer = setInterval(begin, every);
      unref(timer);
      begin();
    },
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await underWay;
    },
  };
}
