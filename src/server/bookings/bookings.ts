import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Store } from '../store/store.js';
import type { ProviderName } from '../upstreams/upstream.js';
import type { BookedSpan, Booking, BookingState, Observation, Word } from './booking.js';
import { merge, standingOf } from './merge.js';
import type { BookingTables } from './schema.js';

type Row = Selectable<BookingTables['booking']>;

const word = (state: BookingState | null, at: number | null): Word | null =>
  state === null || at === null ? null : { state, at };

const span = (start: number | null, end: number | null, at: number | null): BookedSpan | null =>
  start === null || end === null || at === null ? null : { start, end, at };

const fromRow = (row: Row): Booking => ({
  provider: row.provider,
  id: row.id,
  account: row.account,
  eventType: row.event_type,
  slug: row.slug,
  bookedAt: row.booked_at,
  movedTo: row.moved_to,
  movedFrom: row.moved_from,
  heard: word(row.heard_state, row.heard_at),
  seen: word(row.seen_state, row.seen_at),
  span: span(row.starts_at, row.ends_at, row.span_at),
});

const toRow = (booking: Booking): Row => ({
  provider: booking.provider,
  id: booking.id,
  account: booking.account,
  event_type: booking.eventType,
  slug: booking.slug,
  state: standingOf(booking).state,
  starts_at: booking.span?.start ?? null,
  ends_at: booking.span?.end ?? null,
  span_at: booking.span?.at ?? null,
  booked_at: booking.bookedAt,
  moved_to: booking.movedTo,
  moved_from: booking.movedFrom,
  heard_state: booking.heard?.state ?? null,
  heard_at: booking.heard?.at ?? null,
  seen_state: booking.seen?.state ?? null,
  seen_at: booking.seen?.at ?? null,
});

const keyOf = ({ provider, id }: Pick<Booking, 'provider' | 'id'>): string => `${provider} ${id}`;

async function readFrom(
  db: Kysely<BookingTables>,
  wanted: readonly Pick<Booking, 'provider' | 'id'>[],
): Promise<Map<string, Booking>> {
  const found = new Map<string, Booking>();
  for (const provider of new Set(wanted.map((one) => one.provider))) {
    const ids = wanted.filter((one) => one.provider === provider).map(({ id }) => id);
    const rows = await db
      .selectFrom('booking')
      .selectAll()
      .where('provider', '=', provider)
      .where('id', 'in', [...new Set(ids)])
      .execute();
    for (const row of rows) found.set(keyOf(row), fromRow(row));
  }
  return found;
}

/** A booking before observations of it and with them. */
export interface Change {
  readonly before: Booking | null;
  readonly after: Booking;
}

/** What these observations would make of what is known, a change for each booking they are about. */
async function changesOf(db: Kysely<BookingTables>, observations: readonly Observation[]): Promise<Change[]> {
  const known = await readFrom(db, observations);
  const after = new Map<string, Booking>();
  for (const observation of observations) {
    const key = keyOf(observation);
    after.set(key, merge(after.get(key) ?? known.get(key) ?? null, observation));
  }
  return [...after].map(([key, booking]) => ({ before: known.get(key) ?? null, after: booking }));
}

/** What would change, without changing it. */
export const foresee = (store: Store, observations: readonly Observation[]): Promise<Change[]> =>
  changesOf(store.tables<BookingTables>(), observations);

/**
 * Writes what was observed, one row for each booking, in whatever order it comes and however often. `alongside` is
 * written in the same transaction: both or neither.
 */
export async function record<Tables>(
  store: Store,
  observations: readonly Observation[],
  alongside: (trx: Transaction<Tables>) => Promise<void> = () => Promise.resolve(),
): Promise<Change[]> {
  return store.exclusive<BookingTables & Tables, Change[]>('bookings', async (both) => {
    const trx = both as unknown as Transaction<BookingTables>;
    const changes = await changesOf(trx, observations);
    if (changes.length > 0)
      await trx
        .insertInto('booking')
        .values(changes.map(({ after }) => toRow(after)))
        .onConflict((conflict) =>
          conflict.columns(['provider', 'id']).doUpdateSet(({ ref }) => ({
            account: ref('excluded.account'),
            event_type: ref('excluded.event_type'),
            slug: ref('excluded.slug'),
            state: ref('excluded.state'),
            starts_at: ref('excluded.starts_at'),
            ends_at: ref('excluded.ends_at'),
            span_at: ref('excluded.span_at'),
            booked_at: ref('excluded.booked_at'),
            moved_to: ref('excluded.moved_to'),
            moved_from: ref('excluded.moved_from'),
            heard_state: ref('excluded.heard_state'),
            heard_at: ref('excluded.heard_at'),
            seen_state: ref('excluded.seen_state'),
            seen_at: ref('excluded.seen_at'),
          })),
        )
        .execute();
    await alongside(both as unknown as Transaction<Tables>);
    return changes;
  });
}

/** What is known of one booking. */
export async function findBooking(store: Store, provider: ProviderName, id: string): Promise<Booking | null> {
  const wanted = { provider, id };
  return (await readFrom(store.tables<BookingTables>(), [wanted])).get(keyOf(wanted)) ?? null;
}

/** An event type and how often it was booked. */
export interface BookedEventType {
  readonly provider: ProviderName;
  /** The provider's id and the last part of the address, as `Upstream.eventById` and pages have them; or empty. */
  readonly eventType: string;
  readonly slug: string;
  readonly bookings: number;
}

/** Event types that were booked since a moment (milliseconds since 1970), the most often booked first. */
export async function bookedEventTypes(store: Store, since: number, limit = 100): Promise<BookedEventType[]> {
  const rows = await store
    .tables<BookingTables>()
    .selectFrom('booking')
    .select(({ fn }) => ['provider', 'event_type', 'slug', fn.countAll<number>().as('bookings')])
    .where('booked_at', '>=', since)
    .where((where) => where.or([where('event_type', '<>', ''), where('slug', '<>', '')]))
    .groupBy(['provider', 'event_type', 'slug'])
    .orderBy('bookings', 'desc')
    .orderBy('event_type')
    .limit(limit)
    .execute();
  return rows.map(({ event_type: eventType, ...row }) => ({ ...row, eventType }));
}
