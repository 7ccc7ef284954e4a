import type { Transaction } from 'kysely';
import { DAY_MS, PROVIDER_LAG_MS } from '../../scheduling/durations.js';
import type { Slot } from '../../protocol/availability.js';
import { maxAge } from '../../scheduling/freshness.js';
import type { Span } from '../../scheduling/local-days.js';
import type { Store } from '../store/store.js';
import type { FetchedSpan } from '../upstreams/upstream.js';
import { CLOCK_STEP } from '../upstreams/clock-step.js';
import { dayNumber, type AvailabilityTables } from './schema.js';

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
const EXPIRED = DAY_MS;

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
        // An answer of the same millisecond may be older than the booking.
        forgotten: forgottenAt >= fetchedAt,
      },
    ]),
  );
}

/** A span that was booked at a moment, milliseconds since 1970. */
interface TakenSpan extends Span {
  readonly at: number;
}

const readTaken = (text: string | undefined): readonly TakenSpan[] =>
  text ? (JSON.parse(text) as TakenSpan[]) : [];

/** Whether a slot is within a span. One without an end is an instant. */
export const overlaps = ({ start, end }: Slot, { from, to }: Span): boolean =>
  Date.parse(start) < to && (end === undefined ? Date.parse(start) + 1 : Date.parse(end)) > from;

/**
 * Stores an answer day by day, so that every zone and every range finds it. A day on which something was booked after the
 * request was sent (`asked`) keeps what it has, and what was booked just before is left out of the answer.
 */
export async function writeDays(
  store: Store,
  event: string,
  answers: readonly FetchedSpan[],
  asked: number,
): Promise<void> {
  const read = answers.flatMap((answer) => {
    if ('failure' in answer) return [];
    const { from, to, slots, at } = answer;
    const byDay = new Map<number, Slot[]>();
    for (let day = dayNumber(from); day * DAY_MS < to; day++) byDay.set(day, []);
    for (const slot of slots) byDay.get(dayNumber(Date.parse(slot.start)))?.push(slot);
    return [...byDay].map(([day, ofDay]) => ({ day, ofDay, at, count: slots.length }));
  });
  if (read.length === 0) return;
  const db = store.tables<AvailabilityTables>();
  const guarded = await db
    .selectFrom('availability_day')
    .select(['day', 'taken'])
    .where('event', '=', event)
    .where(
      'day',
      'in',
      read.map(({ day }) => day),
    )
    .where('taken', '<>', '')
    .execute();
  const takenOn = new Map(
    guarded.map(({ day, taken }) => [day, readTaken(taken).filter(({ at }) => at > asked - PROVIDER_LAG_MS)]),
  );
  await db
    .insertInto('availability_day')
    .values(
      read.map(({ day, ofDay, at, count }) => ({
        event,
        day,
        slots: JSON.stringify(
          ofDay.filter((slot) => !(takenOn.get(day) ?? []).some((span) => overlaps(slot, span))),
        ),
        fetched_at: at,
        fresh_until: at + maxAge(count, day * DAY_MS, at),
        forgotten_at: 0,
        taken: '',
      })),
    )
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

/** What a booking does to days: its slot is `taken`, `freed`, or the upstream has to say which. */
export type Effect = 'taken' | 'freed' | 'ask';

/** The span of a booking, and the days of event types that it concerns. */
export interface ForgottenDays {
  readonly events: readonly string[];
  readonly days: readonly number[];
  readonly span: Span;
  readonly effect: Effect;
}

/**
 * Marks days of event types as in need of confirmation, and takes the spans that are certainly booked out of them. Gives
 * the slots that these days had, by `event day`.
 */
export async function forgetDays(
  store: Store,
  forgotten: readonly ForgottenDays[],
): Promise<ReadonlyMap<string, readonly Slot[]>> {
  const concerned = new Map<string, { event: string; day: number; effects: [Span, Effect][] }>();
  for (const { events, days, span, effect } of forgotten)
    for (const event of events)
      for (const day of days) {
        const key = `${event} ${day}`;
        const known = concerned.get(key);
        if (known) known.effects.push([span, effect]);
        else concerned.set(key, { event, day, effects: [[span, effect]] });
      }
  if (concerned.size === 0) return new Map();
  const all = [...concerned.values()];
  return store.exclusive('forget', async (trx: Transaction<AvailabilityTables>) => {
    const now = store.now();
    const rows = await trx
      .selectFrom('availability_day')
      .selectAll()
      .where('event', 'in', [...new Set(all.map(({ event }) => event))])
      .where('day', 'in', [...new Set(all.map(({ day }) => day))])
      .execute();
    const known = new Map(rows.map((row) => [`${row.event} ${row.day}`, row]));
    const before = new Map<string, readonly Slot[]>();
    const values = all.map(({ event, day, effects }) => {
      const row = known.get(`${event} ${day}`);
      let taken = readTaken(row?.taken).filter(({ at }) => at > now - PROVIDER_LAG_MS);
      let slots = row?.slots == null ? null : (JSON.parse(row.slots) as Slot[]);
      if (slots) before.set(`${event} ${day}`, slots);
      for (const [span, effect] of effects) {
        if (effect === 'ask') continue;
        taken = taken.filter(({ from, to }) => from >= span.to || to <= span.from);
        if (effect === 'freed') continue;
        taken = [...taken, { ...span, at: now }];
        slots = slots?.filter((slot) => !overlaps(slot, span)) ?? null;
      }
      return {
        event,
        day,
        slots: slots && JSON.stringify(slots),
        fetched_at: row?.fetched_at ?? 0,
        fresh_until: Math.min(row?.fresh_until ?? 0, now),
        forgotten_at: now,
        taken: taken.length > 0 ? JSON.stringify(taken) : '',
      };
    });
    await trx
      .insertInto('availability_day')
      .values(values)
      .onConflict((conflict) =>
        conflict.columns(['event', 'day']).doUpdateSet(({ ref }) => ({
          slots: ref('excluded.slots'),
          fresh_until: ref('excluded.fresh_until'),
          forgotten_at: now,
          taken: ref('excluded.taken'),
        })),
      )
      .execute();
    return before;
  });
}
