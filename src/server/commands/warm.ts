import { SingleBar, Presets } from 'cli-progress';
import { setTimeout as wait } from 'node:timers/promises';
import { WARM_AGAIN_MS } from '../durations.js';
import { Times } from '../availability/times.js';
import { openContext } from '../open-context.js';
import type { CompanionOptions } from '../options.js';
import { LeaseTaken } from '../store/leases.js';
import { roundOptions } from '../warm/warm-options.js';
import { warm, type WarmProgress } from '../warm/warm.js';
import type { Flags } from './configuration.js';
import { endInTime } from './end-in-time.js';
import { numberOf } from './environment.js';
import { booleanOf, type FlagTable } from './flags.js';

export const flags = {
  once: { type: 'boolean', about: 'one round, then end', variable: 'BOOKING_ONCE' },
  days: {
    type: 'string',
    about: 'how many days bookings count for; 30 if not said',
    variable: 'BOOKING_WARM_DAYS',
  },
  'min-bookings': {
    type: 'string',
    about: 'how many bookings an event type needs; 1 if not said',
    variable: 'BOOKING_WARM_MIN_BOOKINGS',
  },
  delay: {
    type: 'string',
    about: 'seconds from one call to the next; 3 if not said',
    variable: 'BOOKING_WARM_DELAY',
  },
} as const satisfies FlagTable;

/** A bar where somebody looks, else nothing: the last line says it all. */
function progressBar(): { readonly show: (progress: WarmProgress) => void; readonly stop: () => void } {
  const bar = new SingleBar(
    { format: 'warming {bar} {value}/{total}', clearOnComplete: true },
    Presets.shades_classic,
  );
  let isOn = false;
  return {
    show({ done, total }) {
      if (isOn) bar.update(done);
      else bar.start(total, done);
      isOn = true;
    },
    stop: () => bar.stop(),
  };
}

/** The options `warm`, and before them what the flags say. Throws `BadOptions`. */
function optionsOf({ options, written }: Flags): CompanionOptions {
  const said = {
    days: written['days'],
    minBookings: written['min-bookings'],
    delay: written['delay'],
  };
  const given = Object.fromEntries(
    Object.entries(said).flatMap(([name, text]) => (text === undefined ? [] : [[name, numberOf(text)]])),
  );
  return { ...options, warm: { ...options.warm, ...given } };
}

/** Fetches popular event types ahead, again every ten minutes until it is stopped; with `--once` one time. */
export async function run(given: Flags): Promise<void> {
  endInTime(0);
  const { written } = given;
  const context = await openContext(optionsOf(given));
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const { signal } = interrupted;
  try {
    const times = new Times(context);
    for (;;) {
      const bar = progressBar();
      const { done, failed } = await warm(context, times, {
        signal,
        onProgress: bar.show,
        ...roundOptions(context.settings.warm),
      })
        .catch((cause: unknown) => {
          throw cause instanceof LeaseTaken
            ? new Error('another process fetches ahead at this moment', { cause })
            : cause;
        })
        .finally(bar.stop);
      process.stderr.write(
        `${done} event types with bookings in the last ${context.settings.warm?.days} days are fetched ahead${failed ? `, ${failed} could not be fetched` : ''}\n`,
      );
      if (booleanOf('once', written['once'])) return;
      await wait(WARM_AGAIN_MS, undefined, { signal });
    }
  } catch (cause) {
    if (!signal.aborted) throw cause;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await context.close();
  }
}
