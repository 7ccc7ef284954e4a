import type { Selectable, SelectQueryBuilder } from 'kysely';
import type { Store } from '../store/store.js';
import type { ProviderName } from '../upstreams/upstream.js';
import type { BookingState } from './booking.js';
import type { BookingTables } from './schema.js';

/** Which bookings are listed; milliseconds since 1970, and names as the provider writes them. */
export interface BookingFilter {
  /** They begin at `from` or later, and before `to`. */
  readonly from: number;
  readonly to: number;
  readonly status?: BookingState | undefined;
  readonly provider?: ProviderName | undefined;
  readonly eventType?: string | undefined;
}

/** The last booking of a page of the list. */
export interface BookingCursor {
  readonly start: number;
  readonly provider: ProviderName;
  readonly id: string;
}

/** One booking for its owner: nothing of the attendee is stored. Moments are ISO 8601. */
export interface ListedBooking {
  readonly provider: ProviderName;
  /** The provider's own. */
  readonly id: string;
  readonly account: string;
  readonly eventType: string;
  readonly slug: string;
  readonly hosts: readonly string[];
  readonly start: string;
  readonly end: string | null;
  readonly status: BookingState;
  readonly bookedAt: string | null;
  /** When it was cancelled, rejected or moved. */
  readonly overAt: string | null;
  readonly movedTo: string;
  readonly movedFrom: string;
  /** Whether a delivery named it, and whether a synchronisation did. */
  readonly delivered: boolean;
  readonly synchronised: boolean;
}

type Row = Selectable<BookingTables['booking']>;

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const listed = (row: Row, start: number): ListedBooking => ({
  provider: row.provider,
  id: row.id,
  account: row.account,
  eventType: row.event_type,
  slug: row.slug,
  hosts: row.hosts.split(' ').filter(Boolean),
  start: new Date(start).toISOString(),
  end: iso(row.ends_at),
  status: row.state,
  bookedAt: iso(row.booked_at),
  overAt: iso(row.over_at),
  movedTo: row.moved_to,
  movedFrom: row.moved_from,
  delivered: row.heard_at !== null,
  synchronised: row.seen_at !== null,
});

/** The query of one page, in the order of an index whatever the filter. */
export function listQuery(
  store: Store,
  { from, to, status, provider, eventType }: BookingFilter,
  after: BookingCursor | undefined,
  limit: number,
): SelectQueryBuilder<BookingTables, 'booking', Row> {
  return store
    .tables<BookingTables>()
    .selectFrom('booking')
    .selectAll()
    .where('starts_at', '>=', after ? after.start : from)
    .where('starts_at', '<', to)
    .$if(status !== undefined, (query) => query.where('state', '=', status as BookingState))
    .$if(provider !== undefined, (query) => query.where('provider', '=', provider as ProviderName))
    .$if(eventType !== undefined, (query) => query.where('event_type', '=', eventType as string))
    .$if(after !== undefined, (query) =>
      query.where(({ or, and, eb }) => {
        const { start, provider: last, id } = after as BookingCursor;
        return or([
          eb('starts_at', '>', start),
          eb('provider', '>', last),
          and([eb('provider', '=', last), eb('id', '>', id)]),
        ]);
      }),
    )
    .orderBy('starts_at')
    .orderBy('provider')
    .orderBy('id')
    .limit(limit);
}

/** Bookings by their beginning, and where the next page begins; null after the last. */
export async function listBookings(
  store: Store,
  filter: BookingFilter,
  { after, limit }: { readonly after: BookingCursor | undefined; readonly limit: number },
): Promise<{ readonly bookings: ListedBooking[]; readonly next: BookingCursor | null }> {
  const rows = await listQuery(store, filter, after, limit + 1).execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    bookings: page.flatMap((row) => (row.starts_at === null ? [] : [listed(row, row.starts_at)])),
    next:
      rows.length > limit && last?.starts_at != null
        ? { start: last.starts_at, provider: last.provider, id: last.id }
        : null,
  };
}
