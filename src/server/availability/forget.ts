import type { Context } from '../feature.js';
import type { ProviderName } from '../upstreams/upstream.js';
import { forgetDays } from './known-days.js';
import { DAY, dayNumber, type AvailabilityTables } from './schema.js';

/** A time that is not free any more, or free again, as a webhook or a synchronisation tells it. */
export interface Booked {
  readonly provider: ProviderName;
  /** The provider's id of the event type: Cal.com's number, Calendly's URI. */
  readonly eventType?: string;
  /** The last part of the event type's address. One of both has to be there. */
  readonly slug?: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  /** It was cancelled or moved away: nobody has to take it off the screen. */
  readonly freed?: boolean;
}

/** What `times-gone` tells all instances: these event types, within this stretch, and which time exactly. */
export interface TimesGone {
  readonly keys: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  /** The time is free again, where it is said. */
  readonly freed?: boolean;
}

export const TIMES_GONE = 'times-gone';

type EventRow = Pick<AvailabilityTables['availability_event'], 'event' | 'provider' | 'type_id' | 'slug'>;

/** A Calendly event type always has its id; Cal.com's are mostly known by their address. */
const isMeant = (
  row: EventRow,
  { provider, eventType = '', slug = '' }: Pick<Booked, 'provider' | 'eventType' | 'slug'>,
): boolean =>
  row.provider === provider &&
  ((eventType !== '' && row.type_id === eventType) ||
    (slug !== '' && row.slug === slug && row.type_id === ''));

/** Event types that somebody asked for and that one of these is about. */
async function findEvents({ store }: Pick<Context, 'store'>, all: readonly Booked[]): Promise<EventRow[]> {
  const idsOf = (provider: ProviderName): string[] =>
    all.flatMap((one) => (one.provider === provider && one.eventType ? [one.eventType] : []));
  const slugsOf = (provider: ProviderName): string[] =>
    all.flatMap((one) => (one.provider === provider && one.slug ? [one.slug] : []));
  return store
    .tables<AvailabilityTables>()
    .selectFrom('availability_event')
    .select(['event', 'provider', 'type_id', 'slug'])
    .where((where) =>
      where.or(
        [...new Set(all.map(({ provider }) => provider))].flatMap((provider) => {
          const [ids, slugs] = [idsOf(provider), slugsOf(provider)];
          const is = where('provider', '=', provider);
          return [
            ...(ids.length > 0 ? [where.and([is, where('type_id', 'in', [...new Set(ids)])])] : []),
            ...(slugs.length > 0 ? [where.and([is, where('slug', 'in', [...new Set(slugs)])])] : []),
          ];
        }),
      ),
    )
    .execute();
}

/**
 * Forgets that day and its neighbours for that event type alone, in every instance. The booked time is never given out
 * again, whatever happens; what else was known of these days is confirmed before it is, as long as the upstream answers.
 */
export const forget = (context: Pick<Context, 'store' | 'bus'>, booked: Booked): Promise<void> =>
  forgetAll(context, [booked]);

/** The same for many at once, which costs hardly more than one. */
export async function forgetAll(
  { store, bus }: Pick<Context, 'store' | 'bus'>,
  all: readonly Booked[],
): Promise<void> {
  const named = all.filter(({ eventType, slug }) => eventType || slug);
  if (named.length === 0) return;
  const rows = await findEvents({ store }, named);
  const forgotten = named.flatMap((booked) => {
    const events = rows.filter((row) => isMeant(row, booked)).map(({ event }) => event);
    const { start, end, freed } = booked;
    const days: number[] = [];
    for (let day = dayNumber(start) - 1; day <= dayNumber(end - 1) + 1 && days.length < 40; day++)
      days.push(day);
    return events.length > 0 ? [{ events, days, taken: { from: start, to: end }, freed }] : [];
  });
  await forgetDays(store, forgotten);
  await bus.publishAll(
    TIMES_GONE,
    forgotten.map(({ events, days, taken, freed }): TimesGone => ({
      keys: events,
      from: (days[0] ?? 0) * DAY,
      to: ((days.at(-1) ?? 0) + 1) * DAY,
      start: taken.from,
      end: taken.to,
      ...(freed && { freed }),
    })),
  );
}
