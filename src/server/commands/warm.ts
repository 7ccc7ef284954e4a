import { SingleBar, Presets } from 'cli-progress';
import { setTimeout as wait } from 'node:timers/promises';
import { Times } from '../availability/times.js';
import { openContext } from '../open-context.js';
import { warm, type WarmProgress } from '../warm/warm.js';
import type { Flags } from './configuration.js';
import { endInTime } from './end-in-time.js';
import { booleanOf, type FlagTable } from './flags.js';

export const flags = {
  once: { type: 'boolean', about: 'one round, then end', variable: 'BOOKING_ONCE' },
} as const satisfies FlagTable;

const AGAIN = 600_000;

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

/** Fetches popular event types ahead, again every ten minutes until it is stopped; with `--once` one time. */
export async function run({ options, written }: Flags): Promise<void> {
  endInTime(0);
  const context = await openContext(options);
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const { signal } = interrupted;
  try {
    const times = new Times(context);
    for (;;) {
      const bar = progressBar();
      const { done, failed } = await warm(context, times, { signal, onProgress: bar.show }).finally(bar.stop);
      process.stderr.write(
        `${done} event types with bookings in the last 30 days are fetched ahead${failed ? `, ${failed} could not be had` : ''}\n`,
      );
      if (booleanOf('once', written['once'])) return;
      await wait(AGAIN, undefined, { signal });
    }
  } catch (cause) {
    if (!signal.aborted) throw cause;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await context.close();
  }
}
