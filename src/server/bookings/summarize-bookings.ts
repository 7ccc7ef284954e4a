import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { DAY_MS } from '../../scheduling/durations.js';
import { localStarts } from '../metrics/steps-of-time.js';
import type { Store } from '../store/store.js';
import type { ProviderName } from '../upstreams/upstream.js';
import type { BookingTables } from './schema.js';

/** Rows are counted by quarters of an hour, on which every zone's days begin. */
const QUARTER = 900_000;

/** What became of bookings. */
export interface BookingCounts {
  /** New ones; one that replaces another is not new. */
  readonly booked: number;
  readonly moved: number;
  /** Cancelled or rejected, and not moved. */
  readonly cancelled: number;
}

export interface BookingSummary {
  readonly v: 1;
  /** ISO 8601, as are the days. */
  readonly from: string;
  readonly to: string;
  /** IANA name of the zone of the days. */
  readonly timeZone: string;
  readonly total: BookingCounts;
  /** Of the new ones: those that a delivery named, and those that only a synchronisation did. */
  readonly delivered: number;
  readonly synchronised: number;
  readonly days: readonly (BookingCounts & { readonly at: string })[];
  /** The most often booked first. */
  readonly eventTypes: readonly (BookingCounts & {
    readonly provider: ProviderName;
    readonly eventType: string;
    readonly slug: string;
    readonly hosts: readonly string[];
  })[];
}

interface SummaryOptions {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly provider?: ProviderName | undefined;
  /** Maximum number of event types. */
  readonly limit: number;
}

type Kind = keyof BookingCounts;

interface Counted {
  readonly provider: ProviderName;
  readonly event_type: string;
  readonly slug: string;
  readonly hosts: string;
  readonly quarter: number;
  readonly count: number;
  readonly delivered: number;
}

type Where = (where: ExpressionBuilder<BookingTables, 'booking'>) => Expression<SqlBool>;

/** By which moment bookings of a kind are counted, and which they are. */
const KINDS: Readonly<Record<Kind, readonly [moment: 'booked_at' | 'over_at', where: Where]>> = {
  booked: ['booked_at', (where) => where('moved_from', '=', '')],
  moved: ['over_at', (where) => where.and([where('state', '=', 'cancelled'), where('moved_to', '<>', '')])],
  cancelled: [
    'over_at',
    (where) => where.and([where('state', 'in', ['cancelled', 'rejected']), where('moved_to', '=', '')]),
  ],
};

function count(store: Store, kind: Kind, { from, to, provider }: SummaryOptions): Promise<Counted[]> {
  const [moment, where] = KINDS[kind];
  const names = ['provider', 'event_type', 'slug', 'hosts'] as const;
  // Both engines divide whole numbers to a whole one.
  const quarter = sql<number>`${sql.ref(moment)} / ${sql.lit(QUARTER)}`;
  return store
    .tables<BookingTables>()
    .selectFrom('booking')
    .select(({ fn }) => [
      ...names,
      quarter.as('quarter'),
      fn.countAll<number>().as('count'),
      fn.count<number>('heard_at').as('delivered'),
    ])
    .where(moment, '>=', from)
    .where(moment, '<', to)
    .where(where)
    .$if(provider !== undefined, (query) => query.where('provider', '=', provider as ProviderName))
    .groupBy([...names, quarter])
    .execute();
}

type Counts = Record<Kind, number>;

interface TypeCounts extends Counts {
  readonly provider: ProviderName;
  readonly eventType: string;
  slug: string;
  readonly hosts: Set<string>;
}

const none = (): Counts => ({ booked: 0, moved: 0, cancelled: 0 });

/** What became of bookings within a window, by day and by event type. */
export async function summarizeBookings(store: Store, options: SummaryOptions): Promise<BookingSummary> {
  const { from, to, timeZone, limit } = options;
  const starts = localStarts({ from, to }, DAY_MS, timeZone);
  const days = starts.map((at) => ({ at: new Date(at).toISOString(), ...none() }));
  const types = new Map<string, TypeCounts>();
  const total = none();
  let delivered = 0;
  for (const kind of ['booked', 'moved', 'cancelled'] as const)
    for (const row of await count(store, kind, options)) {
      const at = Math.max(from, row.quarter * QUARTER);
      const day = days[starts.findLastIndex((start) => start <= at)] ?? days[0];
      if (day) day[kind] += row.count;
      total[kind] += row.count;
      if (kind === 'booked') delivered += row.delivered;
      const { provider, event_type: eventType, slug, hosts } = row;
      const key = JSON.stringify([provider, eventType || [slug, hosts]]);
      const known = types.get(key) ?? { provider, eventType, slug, hosts: new Set<string>(), ...none() };
      known[kind] += row.count;
      known.slug ||= slug;
      for (const host of hosts.split(' ')) if (host) known.hosts.add(host);
      types.set(key, known);
    }
  return {
    v: 1,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    timeZone,
    total,
    delivered,
    synchronised: total.booked - delivered,
    days,
    eventTypes: [...types.values()]
      .sort((a, b) => b.booked - a.booked || b.cancelled + b.moved - a.cancelled - a.moved)
      .slice(0, limit)
      .map(({ hosts, ...type }) => ({ ...type, hosts: [...hosts].sort() })),
  };
}
