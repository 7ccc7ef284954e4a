import type { Selectable } from 'kysely';
import type { BookedEventType } from '../bookings/booking.js';
import type { Store } from '../store/store.js';
import { ANY_HOST, type EventType, type Hosting } from '../upstreams/upstream.js';
import type { AvailabilityTables } from './schema.js';

/** An event type that was requested, as the store has it. */
export interface KnownEvent {
  /** `EventType.key` */
  readonly event: string;
  readonly account: string;
  readonly provider: string;
  readonly typeId: string;
  readonly slug: string;
  /** `EventType.query` as JSON; empty in rows from before it was kept. */
  readonly query: string;
  readonly hosting: Hosting | null;
}

type Row = Pick<
  Selectable<AvailabilityTables['availability_event']>,
  'event' | 'account' | 'provider' | 'type_id' | 'slug' | 'query' | 'hosting'
>;

export const knownEvent = ({ type_id: typeId, hosting, ...row }: Row): KnownEvent => ({
  event: row.event,
  account: row.account,
  provider: row.provider,
  slug: row.slug,
  query: row.query,
  typeId,
  hosting: hosting === '' ? null : (JSON.parse(hosting) as Hosting),
});

/** The event type as its upstream wants it; null for a row from before the query was kept. */
export const eventTypeOf = ({
  event: key,
  typeId: id,
  slug,
  query,
  hosting,
}: KnownEvent): EventType | null =>
  query === ''
    ? null
    : { key, id, slug, query: JSON.parse(query) as EventType['query'], ...(hosting && { hosting }) };

/**
 * What a booking has to do with an event type: it is `same`, another one of the `same-host`, or `null` nothing. Names that
 * are missing exclude nothing, so the match is as narrow as what is named.
 */
export function relationOf(known: KnownEvent, booked: BookedEventType): 'same' | 'same-host' | null {
  const { hosting, typeId, slug } = known;
  if (known.provider !== booked.provider) return null;
  const isSameOrganization =
    !hosting?.organization || !booked.organization || hosting.organization === booked.organization;
  const sharesHost =
    isSameOrganization &&
    (hosting?.hosts ?? []).some((host) => host === ANY_HOST || booked.hosts.includes(host));
  const otherwise = sharesHost ? 'same-host' : null;
  if (typeId !== '' && booked.eventType !== '') return typeId === booked.eventType ? 'same' : otherwise;
  if (slug === '' || slug !== booked.slug || !isSameOrganization) return otherwise;
  if (!hosting) return 'same';
  if (hosting.team === 'yes') return booked.team === 'no' ? otherwise : 'same';
  if (booked.team === 'yes') return otherwise;
  return booked.hosts.length === 0 || sharesHost ? 'same' : null;
}

const COLUMNS = ['event', 'account', 'provider', 'type_id', 'slug', 'query', 'hosting'] as const;

interface Looked {
  readonly hosts: readonly string[];
  readonly ids: readonly string[];
  /** `teams`: which values of the column `team` count; all where it is missing. */
  readonly slugs: readonly { readonly slugs: readonly string[]; readonly teams?: readonly string[] }[];
}

/** All in one query: a booking is forgotten within milliseconds, and each query is a way to the database and back. */
async function look(store: Store, provider: string, { hosts, ids, slugs }: Looked): Promise<KnownEvent[]> {
  const db = store.tables<AvailabilityTables>();
  const ofProvider = () =>
    db.selectFrom('availability_event').select(COLUMNS).where('provider', '=', provider);
  const parts = [
    ...(hosts.length > 0
      ? [
          db
            .selectFrom('availability_host as host')
            .innerJoin('availability_event as one', 'one.event', 'host.event')
            .select(COLUMNS.map((column) => `one.${column}` as const))
            .where('host.provider', '=', provider)
            .where('host.host', 'in', [...hosts]) as unknown as ReturnType<typeof ofProvider>, // the same columns, of a table by another name
        ]
      : []),
    ...(ids.length > 0 ? [ofProvider().where('type_id', 'in', [...ids])] : []),
    ...slugs
      .filter((one) => one.slugs.length > 0)
      .map(({ slugs: named, teams }) => {
        const query = ofProvider().where('slug', 'in', [...named]);
        return teams ? query.where('team', 'in', [...teams]) : query;
      }),
  ];
  const [first, ...others] = parts;
  if (!first) return [];
  const rows = await others.reduce((all, part) => all.unionAll(part), first).execute();
  return rows.map(knownEvent);
}

/** Requested event types that one of these bookings may concern: `relationOf` decides. */
export async function findEvents(store: Store, all: readonly BookedEventType[]): Promise<KnownEvent[]> {
  const found = new Map<string, KnownEvent>();
  const keep = (events: readonly KnownEvent[]): void => {
    for (const one of events) found.set(one.event, one);
  };
  for (const provider of new Set(all.map((one) => one.provider))) {
    const booked = all.filter((one) => one.provider === provider);
    const named = new Set([ANY_HOST, ...booked.flatMap((one) => one.hosts)]);
    const slugsOf = (fits: (one: BookedEventType) => boolean): string[] => [
      ...new Set(booked.filter(fits).flatMap(({ slug }) => slug || [])),
    ];
    keep(
      await look(store, provider, {
        hosts: [...named],
        ids: [...new Set(booked.flatMap(({ eventType }) => eventType || []))],
        slugs: [
          { slugs: slugsOf(({ hosts }) => hosts.length === 0) },
          // Rows from before hosts were kept say nothing of a team.
          { slugs: slugsOf(({ hosts, team }) => hosts.length > 0 && team === 'no'), teams: [''] },
          { slugs: slugsOf(({ hosts, team }) => hosts.length > 0 && team !== 'no'), teams: ['', 'yes'] },
        ],
      }),
    );
    // A delivery that names no host still names one by the id of the event type.
    const known = booked
      .filter(({ hosts }) => hosts.length === 0)
      .flatMap(({ eventType }) =>
        [...found.values()].filter(({ typeId }) => typeId !== '' && typeId === eventType),
      )
      .flatMap(({ hosting }) => hosting?.hosts ?? []);
    const hosts = [...new Set(known)].filter((host) => !named.has(host));
    keep(await look(store, provider, { hosts, ids: [], slugs: [] }));
  }
  return [...found.values()];
}
