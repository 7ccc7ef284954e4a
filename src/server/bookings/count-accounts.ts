import type { Store } from '../store/store.js';
import type { ProviderName } from '../upstreams/upstream.js';
import type { BookingTables } from './schema.js';

/** How the bookings of an account are. Moments are milliseconds since 1970; null where there was none. */
export interface AccountBookings {
  /** Accepted or pending, and not over. */
  readonly active: number;
  /** Cancelled, rejected or moved. */
  readonly gone: number;
  /** Those that a delivery named. */
  readonly delivered: number;
  /** The latest of each kind. */
  readonly last: {
    readonly booked: number | null;
    readonly moved: number | null;
    readonly cancelled: number | null;
    readonly delivered: number | null;
  };
}

interface Account {
  readonly account: string;
  readonly provider: ProviderName;
}

const NONE: AccountBookings = {
  active: 0,
  gone: 0,
  delivered: 0,
  last: { booked: null, moved: null, cancelled: null, delivered: null },
};

const later = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

const sum = (a: AccountBookings, b: AccountBookings): AccountBookings => ({
  active: a.active + b.active,
  gone: a.gone + b.gone,
  delivered: a.delivered + b.delivered,
  last: {
    booked: later(a.last.booked, b.last.booked),
    moved: later(a.last.moved, b.last.moved),
    cancelled: later(a.last.cancelled, b.last.cancelled),
    delivered: later(a.last.delivered, b.last.delivered),
  },
});

/**
 * Counts the bookings of every account. A delivery names no account: until a synchronisation finds its booking, it counts for
 * the provider's account where there is a single one.
 */
export async function countAccounts(
  store: Store,
  accounts: readonly Account[],
): Promise<ReadonlyMap<string, AccountBookings>> {
  const now = store.now();
  const rows = await store
    .tables<BookingTables>()
    .selectFrom('booking')
    .select(({ fn, eb, case: when }) => {
      const isGone = eb('state', 'in', ['cancelled', 'rejected']);
      const isMoved = eb('moved_to', '<>', '');
      const latest = (moment: 'booked_at' | 'over_at', is = eb('id', '<>', '')) =>
        fn.max<number | null>(when().when(is).then(eb.ref(moment)).else(null).end());
      return [
        'provider',
        'account',
        fn
          .count<number>(
            when()
              .when(eb.and([eb.not(isGone), eb('ends_at', '>', now)]))
              .then(1)
              .else(null)
              .end(),
          )
          .as('active'),
        fn.count<number>(when().when(isGone).then(1).else(null).end()).as('gone'),
        fn.count<number>('heard_at').as('delivered'),
        latest('booked_at').as('booked_at'),
        latest('over_at', eb.and([isGone, isMoved])).as('moved_at'),
        latest('over_at', eb.and([isGone, eb.not(isMoved)])).as('cancelled_at'),
        fn.max<number | null>('heard_at').as('delivered_at'),
      ];
    })
    .groupBy(['provider', 'account'])
    .execute();
  const counts = new Map<string, AccountBookings>(accounts.map(({ account }) => [account, NONE]));
  for (const row of rows) {
    const ofProvider = accounts.filter(({ provider }) => provider === row.provider);
    const account = row.account || (ofProvider.length === 1 ? ofProvider[0]?.account : undefined);
    const known = account === undefined ? undefined : counts.get(account);
    if (account === undefined || !known) continue;
    const { active, gone, delivered, booked_at: booked, moved_at: moved, cancelled_at: cancelled } = row;
    const last = { booked, moved, cancelled, delivered: row.delivered_at };
    counts.set(account, sum(known, { active, gone, delivered, last }));
  }
  return counts;
}
