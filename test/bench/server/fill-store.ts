import { dayNumber, type AvailabilityTables } from '../../../src/server/availability/schema.js';
import type { Store } from '../../../src/server/store/store.js';

/** The beginning of the day that is known, and the first of its slots. */
export const START = Math.ceil(Date.now() / 86_400_000 + 3) * 86_400_000 + 9 * 3_600_000;
const BATCH = 500;

/**
 * Writes so many event types as if they had been requested: every host has a `30min` and every tenth one a second event type, and
 * a third of the days are known. Gives the number of hosts.
 */
export async function fill(store: Store, rows: number): Promise<number> {
  const db = store.tables<AvailabilityTables>();
  const hosts = Math.round(rows / 1.1);
  const slots = JSON.stringify(
    Array.from({ length: 12 }, (_, i) => ({
      start: new Date(START + i * 1_800_000).toISOString(),
      end: new Date(START + (i + 1) * 1_800_000).toISOString(),
    })),
  );
  const events = Array.from({ length: rows }, (_, i) => {
    const host = `host-${i % hosts}`;
    const slug = i < hosts ? '30min' : '60min';
    return { event: `cal-1 username=${host}&eventTypeSlug=${slug}`, host, slug };
  });
  for (let from = 0; from < events.length; from += BATCH) {
    const some = events.slice(from, from + BATCH);
    await db
      .insertInto('availability_event')
      .values(
        some.map(({ event, host, slug }) => ({
          event,
          account: 'cal-1',
          provider: 'cal',
          type_id: '',
          slug,
          proven: 1,
          missing_until: 0,
          failures: 0,
          failure: '',
          retry_at: 0,
          asked_at: Date.now(),
          query: JSON.stringify({ username: host, eventTypeSlug: slug }),
          hosting: JSON.stringify({ hosts: [host], organization: '-', team: 'no', isShared: false }),
          team: 'no',
        })),
      )
      .execute();
    await db
      .insertInto('availability_host')
      .values(some.map(({ event, host }) => ({ provider: 'cal', host, event })))
      .execute();
    await db
      .insertInto('availability_day')
      .values(
        some
          .filter((_, i) => i % 3 === 0)
          .map(({ event }) => ({
            event,
            day: dayNumber(START),
            slots,
            fetched_at: Date.now(),
            fresh_until: Date.now() + 300_000,
            forgotten_at: 0,
            taken: '',
          })),
      )
      .execute();
  }
  return hosts;
}
