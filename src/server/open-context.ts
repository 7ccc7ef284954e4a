import { randomUUID } from 'node:crypto';
import { alertMigrations } from './alerts/schema.js';
import type { Context } from './feature.js';
import { AnswerTallies, answerMigrations } from './availability/answer-tallies.js';
import { availabilityMigrations } from './availability/schema.js';
import { bookingMigrations } from './bookings/schema.js';
import { lifeMigrations } from './live/life.js';
import { sessionMigrations } from './http/ended-sessions.js';
import { openLog } from './log.js';
import { reportErrors } from './report-errors.js';
import { metricsMigrations } from './metrics/schema.js';
import { nativeBookingMigrations } from './native-booking/schema.js';
import { readOptions, type CompanionOptions } from './options.js';
import { queueMigrations } from './queue/schema.js';
import { busMigrations, openBus } from './store/bus.js';
import { leaseMigrations } from './store/leases.js';
import { migrate, type Migrations } from './store/migrate.js';
import { noteMigrations } from './store/notes.js';
import { probeMigrations } from './store/probe.js';
import { openStore } from './store/open-store.js';
import { monitorStore } from './store/store-monitor.js';
import { stopAll } from './deadline.js';
import { syncMigrations } from './sync/schema.js';
import { webhookMigrations } from './webhooks/schema.js';
import { budgetMigrations } from './upstreams/budget-schema.js';
import { openUpstreams, upstreamMigrations } from './upstreams/open-upstreams.js';

/** The tables of all features. A line for each feature that has some. */
const MIGRATIONS: Migrations = {
  ...busMigrations,
  ...lifeMigrations,
  ...leaseMigrations,
  ...probeMigrations,
  ...noteMigrations,
  ...sessionMigrations,
  ...budgetMigrations,
  ...upstreamMigrations,
  ...availabilityMigrations,
  ...answerMigrations,
  ...queueMigrations,
  ...bookingMigrations,
  ...syncMigrations,
  ...webhookMigrations,
  ...metricsMigrations,
  ...alertMigrations,
  ...nativeBookingMigrations,
};

/** Milliseconds in which one part, and all together, have to be closed. */
const STOP = { each: 500, all: 1000 };

export interface OpenContext extends Context {
  /** Streams end; what is asked is still answered. */
  drain(): void;
  /** Whatever waits, stops waiting, and the store is closed. Twice is fine. */
  close(): Promise<void>;
}

/**
 * Everything that features and commands work with. Throws `BadOptions`, or what the store says, when it cannot work as
 * configured.
 */
export async function openContext(options: CompanionOptions): Promise<OpenContext> {
  const settings = readOptions(options);
  const log = reportErrors(openLog(settings.log), settings.onError);
  const warn = (what: string, cause: unknown): void => log.warn({ err: cause }, what);
  const store = await openStore(settings, warn);
  try {
    await migrate(store, MIGRATIONS);
    const bus = await openBus(store, warn);
    const storeMonitor = monitorStore({
      store,
      onChange({ isUsable, failure }, cause) {
        if (isUsable) log.warn('the store works again');
        else log.error({ failure, err: cause }, 'the store cannot be used');
      },
    });
    const draining = new AbortController();
    const closing = new AbortController();
    const shared = { store, storeMonitor, log, now: () => store.now(), closing: closing.signal };
    const upstreams = openUpstreams(shared, settings.upstreams);
    const drain = (): void => draining.abort();
    let closed: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      drain();
      closing.abort();
      await stopAll(
        [
          { name: 'store monitor', stop: () => storeMonitor.stop() },
          { name: 'bus', stop: () => bus.close() },
          { name: 'upstreams', stop: () => upstreams.close() },
          { name: 'store', stop: () => store.close() },
        ],
        {
          ...STOP,
          warn: (name, cause) => log.warn({ part: name, err: cause }, 'a part could not be closed'),
        },
      );
    };
    return {
      ...shared,
      settings,
      bus,
      upstreams,
      answers: new AnswerTallies(store),
      instance: randomUUID(),
      draining: draining.signal,
      drain,
      close: () => (closed ??= close()),
    };
  } catch (cause) {
    await store.close();
    throw cause;
  }
}
