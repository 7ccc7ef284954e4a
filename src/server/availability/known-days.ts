import type { Transaction } from 'kysely';
import type { Slot } from '../../protocol/availability.js';
import { maxAge } from '../../scheduling/freshness.js';
import type { Span } from '../../scheduling/local-days.js';
import type { Store } from '../store/store.js';
import { CLOCK_STEP } from '../upstreams/clock-step.js';
import type { Answered } from '../upstreams/upstream.js';
import { DAY, dayNumber, type AvailabilityTables } from './schema.js';

/** Times of one UTC day, as old as they are. */
export interface KnownDay {
  readonly day: number;
  readonly slots: readonly Slot[];
  readonly fetchedAt: number;
  readonly freshUntil: number;
  /** Something was booked since. */
  readonly forgotten: boolean;
}

/** Older times are not shown at all. */
const EXPIRED = DAY;

/** Known days of a span, by day; what is too old to be shown is not among them. */
export async function readDays(
  store: Store,
  event: string,
  { from, to }: Span,
): Promise<ReadonlyMap<number, KnownDay>> {
  const rows = await store
    .tables<AvailabilityTables>()
    .selectFrom('availability_day')
    .selectAll()
    .where('event', '=', event)
    .where('day', '>=', dayNumber(from))
    .where('day', '<=', dayNumber(to - 1))
    .where('slots', 'is not', null)
    .where('fetched_at', '>', store.now() - EXPIRED)
    .execute();
  return new Map(
    rows.map(({ day, slots, fetched_at: fetchedAt, fresh_until: freshUntil, forgotten_at: forgottenAt }) => [
      day,
      {
        day,
        slots: JSON.parse(slots ?? '[]') as Slot[],
        fetchedAt,
        // An answer from the future was given before the clock was set back: its age is unknown.
        freshUntil: fetchedAt > store.now() + CLOCK_STEP ? 0 : freshUntil,
        forgotten: forgottenAt > fetchedAt,
      },
    ]),
  );
}

/**
 * Keeps an answer, day by day, so that every zone and every range finds it. A day on which something was booked after
 * the question was `asked` keeps what it has.
 */
export async function writeDays(
  store: Store,
  event: string,
  answers: readonly Answered[],
  asked: number,
): Promise<void> {
  const rows = answers.flatMap((answer) => {
    if ('failure' in answer) return [];
    const { from, to, slots, at } = answer;
    const byDay = new Map<number, Slot[]>();
    for (let day = dayNumber(from); day * DAY < to; day++) byDay.set(day, []);
    for (const slot of slots) byDay.get(dayNumber(Date.parse(slot.start)))?.push(slot);
    return [...byDay].map(([day, ofDay]) => ({
      event,
      day,
      slots: JSON.stringify(ofDay),
      fetched_at: at,
      fresh_until: at + maxAge(slots.length, day * DAY, at),
      forgotten_at: 0,
    }));
  });
  if (rows.length === 0) return;
  await store
    .tables<AvailabilityTables>()
    .insertInto('availability_day')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['event', 'day'])
        .doUpdateSet(({ ref }) => ({
          slots: ref('excluded.slots'),
          fetched_at: ref('excluded.fetched_at'),
          fresh_until: ref('excluded.fresh_until'),
        }))
        .where('availability_day.forgotten_at', '<=', asked)
        .where(({ or, eb, ref }) =>
          or([
            eb('availability_day.fetched_at', '<=', ref('excluded.fetched_at')),
            eb('availability_day.fetched_at', '>', store.now() + CLOCK_STEP),
          ]),
        ),
    )
    .execute();
}

/** A booked time, and the days of event types that it is taken out of. */
export interface ForgottenDays {
  readonly events: readonly string[];
  readonly days: readonly number[];
  readonly taken: Span;
}

const isFreeOf =
  (taken: Span) =>
  ({ start, end }: Slot): boolean =>
    Date.parse(start) >= taken.to ||
    (end === undefined ? Date.parse(start) + 1 : Date.parse(end)) <= taken.from;

/** Takes booked times out of these days of these event types, and marks them as in need of confirmation. */
export async function forgetDays(store: Store, forgotten: readonly ForgottenDays[]): Promise<void> {
  const takenFrom = new Map<string, { event: string; day: number; taken: Span[] }>();
  for (const { events, days, taken } of forgotten)
    for (const event of events)
      for (const day of days) {
        const key = `${event} ${day}`;
        const known = takenFrom.get(key);
        if (known) known.taken.push(taken);
        else takenFrom.set(key, { event, day, taken: [taken] });
      }
  if (takenFrom.size === 0) return;
  const all = [...takenFrom.values()];
  await store.exclusive('forget', async (trx: Transaction<AvailabilityTables>) => {
    const now = store.now();
    const rows = await trx
      .selectFrom('availability_day')
      .selectAll()
      .where('event', 'in', [...new Set(all.map(({ event }) => event))])
      .where('day', 'in', [...new Set(all.map(({ day }) => day))])
      .execute();
    const known = new Map(rows.map((row) => [`${row.event} ${row.day}`, row]));
    const values = all.map(({ event, day, taken }) => {
      const row = known.get(`${event} ${day}`);
      let slots: string | null = null;
      if (row?.slots != null) {
        const before = JSON.parse(row.slots) as Slot[];
        const free = before.filter((slot) => taken.every((one) => isFreeOf(one)(slot)));
        slots = JSON.stringify(free);
      }
      return { event, day, slots, fetched_at: row?.fetched_at ?? 0, fresh_until: 0, forgotten_at: now };
    });
    await trx
      .insertInto('availability_day')
      .values(values)
      .onConflict((conflict) =>
        conflict.columns(['event', 'day']).doUpdateSet(({ ref }) => ({
          slots: ref('excluded.slots'),
          fresh_until: 0,
          forgotten_at: now,
        })),
      )
      .execute();
  });
}
