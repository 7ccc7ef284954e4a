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

/** Requested event types that one of these bookings may concern: `relationOf` decides. */
export async function findEvents(store: Store, all: readonly BookedEventType[]): Promise<KnownEvent[]> {
  const db = store.tables<AvailabilityTables>();
  const found = new Map<string, KnownEvent>();
  const keep = (rows: readonly Row[]): void => {
    for (const row of rows) found.set(row.event, knownEvent(row));
  };

  async function byHost(provider: string, hosts: readonly string[]): Promise<void> {
    if (hosts.length === 0) return;
    keep(
      await db
        .selectFrom('availability_host as host')
        .innerJoin('availability_event as one', 'one.event', 'host.event')
        .select(COLUMNS.map((column) => `one.${column}` as const))
        .where('host.provider', '=', provider)
        .where('host.host', 'in', [...hosts])
        .execute(),
    );
  }

  /** `teams`: which values of the column `team` count; all where it is missing. */
  async function bySlug(
    provider: string,
    slugs: readonly string[],
    teams?: readonly string[],
  ): Promise<void> {
    if (slugs.length === 0) return;
    let query = db
      .selectFrom('availability_event')
      .select(COLUMNS)
      .where('provider', '=', provider)
      .where('slug', 'in', [...slugs]);
    if (teams) query = query.where('team', 'in', [...teams]);
    keep(await query.execute());
  }

  async function byId(provider: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    keep(
      await db
        .selectFrom('availability_event')
        .select(COLUMNS)
        .where('provider', '=', provider)
        .where('type_id', 'in', [...ids])
        .execute(),
    );
  }

  for (const provider of new Set(all.map((one) => one.provider))) {
    const booked = all.filter((one) => one.provider === provider);
    const named = new Set([ANY_HOST, ...booked.flatMap((one) => one.hosts)]);
    const slugsOf = (fits: (one: BookedEventType) => boolean): string[] => [
      ...new Set(booked.filter(fits).flatMap(({ slug }) => slug || [])),
    ];
    await Promise.all([
      byId(provider, [...new Set(booked.flatMap(({ eventType }) => eventType || []))]),
      byHost(provider, [...named]),
      bySlug(
        provider,
        slugsOf(({ hosts }) => hosts.length === 0),
      ),
      // Rows from before hosts were kept say nothing of a team.
      bySlug(
        provider,
        slugsOf(({ hosts, team }) => hosts.length > 0 && team === 'no'),
        [''],
      ),
      bySlug(
        provider,
        slugsOf(({ hosts, team }) => hosts.length > 0 && team !== 'no'),
        ['', 'yes'],
      ),
    ]);
    // A delivery that names no host still names one by the id of the event type.
    const known = booked
      .filter(({ hosts }) => hosts.length === 0)
      .flatMap(({ eventType }) =>
        [...found.values()].filter(({ typeId }) => typeId !== '' && typeId === eventType),
      )
      .flatMap(({ hosting }) => hosting?.hosts ?? []);
    await byHost(
      provider,
      [...new Set(known)].filter((host) => !named.has(host)),
    );
  }
  return [...found.values()];
}
