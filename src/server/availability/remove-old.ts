import { DAY_MS } from '../../scheduling/durations.js';
import { TIMES_UNUSED_MS } from '../durations.js';
import { removeInSlices, turnOfOthers } from '../slices.js';
import type { Store } from '../store/store.js';
import { dayNumber, type AvailabilityTables } from './schema.js';

/** Event types that are looked at before others get their turn. */
const READ_AT_ONCE = 200;

type Tables = AvailabilityTables;

/** Removes days that are over, and event types that nobody has requested for long, in slices. */
export async function removeOldAvailability(store: Store): Promise<void> {
  const now = store.now();
  const db = store.tables<Tables>();
  await removeInSlices<Pick<Tables['availability_day'], 'event' | 'day'>>(
    (max) =>
      db
        .selectFrom('availability_day')
        .select(['event', 'day'])
        .where('day', '<', dayNumber(now) - 2)
        .orderBy('day')
        .limit(max)
        .execute(),
    async (rows) => {
      for (const day of new Set(rows.map((row) => row.day)))
        await db
          .deleteFrom('availability_day')
          .where('day', '=', day)
          .where(
            'event',
            'in',
            rows.filter((row) => row.day === day).map(({ event }) => event),
          )
          .execute();
    },
  );
  for (let after = ''; ;) {
    const events = await db
      .selectFrom('availability_event')
      .select(['event', 'proven', 'asked_at'])
      .where('event', '>', after)
      .orderBy('event')
      .limit(READ_AT_ONCE)
      .execute();
    // Names that never had slots can be made up.
    const unused = events.filter(
      ({ proven, asked_at: at }) => at < now - TIMES_UNUSED_MS || (proven === 0 && at < now - DAY_MS),
    );
    await forgetEvents(
      store,
      unused.map(({ event }) => event),
    );
    const last = events.at(-1);
    if (!last || events.length < READ_AT_ONCE) return;
    after = last.event;
    await turnOfOthers();
  }
}

/** Hosts first: they are found by the event type. */
async function forgetEvents(store: Store, events: readonly string[]): Promise<void> {
  if (events.length === 0) return;
  const db = store.tables<Tables>();
  await db.deleteFrom('availability_host').where('event', 'in', events).execute();
  await db.deleteFrom('availability_event').where('event', 'in', events).execute();
}
