import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Store } from '../store/store.js';
import type { ProviderName } from '../upstreams/upstream.js';
import type {
  BookedEventType,
  BookedSpan,
  Booking,
  BookingState,
  DatedState,
  Observation,
} from './booking.js';
import { isUnsettled, merge, statusOf } from './merge.js';
import type { BookingTables } from './schema.js';

type Row = Selectable<BookingTables['booking']>;

const dated = (state: BookingState | null, at: number | null): DatedState | null =>
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
  overAt: row.over_at,
  movedTo: row.moved_to,
  movedFrom: row.moved_from,
  hosts: row.hosts.split(' ').filter(Boolean),
  organization: row.organization,
  team: row.team,
  isShared: row.shared === 1,
  unsureAt: row.unsure_at,
  delivered: dated(row.heard_state, row.heard_at),
  seen: dated(row.seen_state, row.seen_at),
  span: span(row.starts_at, row.ends_at, row.span_at),
});

const toRow = (booking: Booking): Row => ({
  provider: booking.provider,
  id: booking.id,
  account: booking.account,
  event_type: booking.eventType,
  slug: booking.slug,
  state: statusOf(booking).state,
  starts_at: booking.span?.start ?? null,
  ends_at: booking.span?.end ?? null,
  span_at: booking.span?.at ?? null,
  booked_at: booking.bookedAt,
  over_at: booking.overAt,
  moved_to: booking.movedTo,
  moved_from: booking.movedFrom,
  heard_state: booking.delivered?.state ?? null,
  heard_at: booking.delivered?.at ?? null,
  seen_state: booking.seen?.state ?? null,
  seen_at: booking.seen?.at ?? null,
  hosts: booking.hosts.join(' '),
  organization: booking.organization,
  team: booking.team,
  shared: booking.isShared ? 1 : 0,
  unsure_at: booking.unsureAt,
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

/** What these observations would change; nothing is written. */
export const foresee = (store: Store, observations: readonly Observation[]): Promise<Change[]> =>
  changesOf(store.tables<BookingTables>(), observations);

/**
 * Writes what was observed, one row for each booking, in any order and any number of times. `alongside` is
 * written in the same transaction: both or neither.
 */
export async function record<Tables>(
  store: Store,
  observations: readonly Observation[],
  alongside: (trx: Transaction<Tables>, changes: readonly Change[]) => Promise<void> = () =>
    Promise.resolve(),
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
            over_at: ref('excluded.over_at'),
            moved_to: ref('excluded.moved_to'),
            moved_from: ref('excluded.moved_from'),
            heard_state: ref('excluded.heard_state'),
            heard_at: ref('excluded.heard_at'),
            seen_state: ref('excluded.seen_state'),
            seen_at: ref('excluded.seen_at'),
            hosts: ref('excluded.hosts'),
            organization: ref('excluded.organization'),
            team: ref('excluded.team'),
            shared: ref('excluded.shared'),
            unsure_at: ref('excluded.unsure_at'),
          })),
        )
        .execute();
    await alongside(both as unknown as Transaction<Tables>, changes);
    return changes;
  });
}

/** What is known of one booking. */
export async function findBooking(store: Store, provider: ProviderName, id: string): Promise<Booking | null> {
  const wanted = { provider, id };
  return (await readFrom(store.tables<BookingTables>(), [wanted])).get(keyOf(wanted)) ?? null;
}

/** An event type and how often it was booked. */
export interface BookingCount extends BookedEventType {
  readonly bookings: number;
}

interface CountOptions {
  /** Bookings that were made since then; milliseconds since 1970. */
  readonly since: number;
  /** Event types with fewer bookings are left out. */
  readonly least?: number;
  readonly limit?: number;
}

/** Event types by their bookings that were kept (not cancelled, rejected or moved away), the most often booked first. */
export async function countBookings(
  store: Store,
  { since, least = 1, limit = 100 }: CountOptions,
): Promise<BookingCount[]> {
  const names = ['provider', 'event_type', 'slug', 'hosts', 'organization', 'team'] as const;
  const rows = await store
    .tables<BookingTables>()
    .selectFrom('booking')
    .select(({ fn }) => [...names, fn.countAll<number>().as('bookings')])
    .where('booked_at', '>=', since)
    .where('state', 'in', ['accepted', 'pending'])
    .where((where) => where.or([where('event_type', '<>', ''), where('slug', '<>', '')]))
    .groupBy([...names])
    .execute();
  // An event type of several hosts comes in a group for each of them.
  const counts = new Map<string, BookingCount>();
  for (const { event_type: eventType, hosts, ...row } of rows) {
    const key = [row.provider, eventType || `${row.slug} ${row.organization} ${hosts}`].join(' ');
    const known = counts.get(key);
    counts.set(key, {
      ...row,
      eventType,
      hosts: [...new Set([...(known?.hosts ?? []), ...hosts.split(' ').filter(Boolean)])].sort(),
      bookings: row.bookings + (known?.bookings ?? 0),
    });
  }
  return [...counts.values()]
    .filter(({ bookings }) => bookings >= least)
    .sort((a, b) => b.bookings - a.bookings || (a.eventType < b.eventType ? -1 : 1))
    .slice(0, limit);
}

/** Bookings whose state no delivery said, that are not over yet, and that the API has not shown since; oldest first. */
export async function findUnsettled(store: Store, limit = 20): Promise<Booking[]> {
  const rows = await store
    .tables<BookingTables>()
    .selectFrom('booking')
    .selectAll()
    .where('unsure_at', 'is not', null)
    .where((where) =>
      where.or([where('seen_at', 'is', null), where('seen_at', '<=', where.ref('unsure_at'))]),
    )
    .where((where) => where.or([where('ends_at', 'is', null), where('ends_at', '>', store.now())]))
    .orderBy('unsure_at')
    .limit(limit)
    .execute();
  return rows.map(fromRow).filter(isUnsettled);
}

/** No account knows the booking: it stays as it was delivered. */
export async function leaveUnsettled(
  store: Store,
  { provider, id, unsureAt }: Pick<Booking, 'provider' | 'id' | 'unsureAt'>,
): Promise<void> {
  await store
    .tables<BookingTables>()
    .updateTable('booking')
    .set({ unsure_at: null })
    .where('provider', '=', provider)
    .where('id', '=', id)
    .where('unsure_at', '=', unsureAt)
    .execute();
}

/** Bookings of an event type that begin at one of these moments (milliseconds since 1970). */
export async function findAtTimes(
  store: Store,
  { provider, eventType }: Pick<BookedEventType, 'provider' | 'eventType'>,
  starts: readonly number[],
): Promise<Booking[]> {
  if (eventType === '' || starts.length === 0) return [];
  const rows = await store
    .tables<BookingTables>()
    .selectFrom('booking')
    .selectAll()
    .where('provider', '=', provider)
    .where('event_type', '=', eventType)
    .where('starts_at', 'in', [...starts])
    .execute();
  return rows.map(fromRow);
}
