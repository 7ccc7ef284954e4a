import type { Context } from '../area.js';
import type { ProviderName } from '../upstreams/upstream.js';
import { forgetDays } from './known-days.js';
import { DAY, dayNumber, type AvailabilityTables } from './tables.js';

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
}

/** What `times-gone` tells all instances: these event types, within this stretch, and which time exactly. */
export interface TimesGone {
  readonly keys: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

export const TIMES_GONE = 'times-gone';

/**
 * Forgets that day and its neighbours for that event type alone, in every instance. The booked time is never given out
 * again, whatever happens; what else was known of these days is confirmed before it is, as long as the upstream answers.
 */
export async function forget(
  { store, bus }: Pick<Context, 'store' | 'bus'>,
  { provider, eventType = '', slug = '', start, end }: Booked,
): Promise<void> {
  const rows = await store
    .tables<AvailabilityTables>()
    .selectFrom('availability_event')
    .select('event')
    .where('provider', '=', provider)
    .where((where) =>
      where.or([
        ...(eventType ? [where('type_id', '=', eventType)] : []),
        // A Calendly event type always has its id; Cal.com's are mostly known by their address.
        ...(slug ? [where.and([where('slug', '=', slug), where('type_id', '=', '')])] : []),
      ]),
    )
    .execute();
  const keys = rows.map(({ event }) => event);
  if (keys.length === 0) return;
  const days: number[] = [];
  for (let day = dayNumber(start) - 1; day <= dayNumber(end - 1) + 1 && days.length < 40; day++)
    days.push(day);
  await forgetDays(store, keys, { days, taken: { from: start, to: end } });
  const gone: TimesGone = {
    keys,
    from: (days[0] ?? 0) * DAY,
    to: ((days.at(-1) ?? 0) + 1) * DAY,
    start,
    end,
  };
  await bus.publish(TIMES_GONE, gone);
}
