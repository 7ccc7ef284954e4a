import { DAY_MS } from '../../scheduling/durations.js';
import type { Context } from '../feature.js';
import { TIMES_GONE, type TimesGone } from './forget.js';
import { dayNumber, type AvailabilityTables } from './schema.js';

/** Which slots are to be requested again: those of one event type, of every event type of a host, or all. */
export type PurgeTarget =
  { readonly event: string } | { readonly provider: string; readonly host: string } | { readonly all: true };

/** Event types in one statement. */
const AT_ONCE = 100;

/** Days that pages may show: a year and a day either way. */
const REACH = 366;

async function eventsOf({ store }: Pick<Context, 'store'>, target: PurgeTarget): Promise<readonly string[]> {
  if ('event' in target) return [target.event];
  const db = store.tables<AvailabilityTables>();
  const rows =
    'all' in target
      ? await db.selectFrom('availability_event').select('event').execute()
      : await db
          .selectFrom('availability_host')
          .select('event')
          .where('provider', '=', target.provider)
          .where('host', '=', target.host)
          .execute();
  return rows.map(({ event }) => event);
}

/**
 * Forgets stored slots in every instance, and what is remembered of failures; open pages are notified to request them again. What was booked a moment
 * ago stays taken. Gives the event types.
 */
export async function purge(
  { store, bus, now }: Pick<Context, 'store' | 'bus' | 'now'>,
  target: PurgeTarget,
): Promise<readonly string[]> {
  const events = await eventsOf({ store }, target);
  const db = store.tables<AvailabilityTables>();
  const today = dayNumber(now());
  for (let i = 0; i < events.length; i += AT_ONCE) {
    const some = events.slice(i, i + AT_ONCE);
    await db
      .updateTable('availability_day')
      .set({ slots: null, fetched_at: 0, fresh_until: 0, forgotten_at: now() })
      .where('event', 'in', some)
      .execute();
    await db
      .updateTable('availability_event')
      .set({ missing_until: 0, failures: 0, failure: '', retry_at: 0 })
      .where('event', 'in', some)
      .execute();
    const gone: TimesGone = {
      keys: some,
      from: (today - 1) * DAY_MS,
      to: (today + REACH) * DAY_MS,
      start: (today - 1) * DAY_MS,
      end: (today + REACH) * DAY_MS,
      ask: true,
    };
    await bus.publishAll(TIMES_GONE, [gone]);
  }
  return events;
}
