import { DAY_MS } from '../../scheduling/durations.js';
import type { Context } from '../feature.js';
import { eventTypeOf, knownEvent, relationOf } from '../availability/known-events.js';
import { type AvailabilityTables } from '../availability/schema.js';
import { countBookings } from '../bookings/bookings.js';
import type { EventType, Upstream } from '../upstreams/upstream.js';

/** How many days bookings count for, and how many an event type needs. */
const DAYS = 30;
const MIN_BOOKINGS = 1;

export interface PopularOptions {
  readonly days?: number;
  readonly minBookings?: number;
}

export interface PopularEventType {
  readonly upstream: Upstream;
  readonly event: EventType;
}

/**
 * Event types by their bookings of the last days that were kept, the most often booked first, as pages request them: one
 * that no page has requested yet is left out.
 */
export async function popularEventTypes(
  { store, upstreams, now }: Pick<Context, 'store' | 'upstreams' | 'now'>,
  { days = DAYS, minBookings = MIN_BOOKINGS }: PopularOptions = {},
): Promise<PopularEventType[]> {
  const booked = await countBookings(store, { since: now() - days * DAY_MS, least: minBookings });
  const rows = await store
    .tables<AvailabilityTables>()
    .selectFrom('availability_event')
    .selectAll()
    .where('proven', '=', 1)
    .where('query', '<>', '')
    .execute();
  const asked = rows.map(knownEvent);
  const popular = new Map<string, PopularEventType>();
  for (const one of booked)
    for (const known of asked) {
      const upstream = upstreams.all.find(({ account }) => account === known.account);
      const event = eventTypeOf(known);
      if (upstream && event && !popular.has(known.event) && relationOf(known, one) === 'same')
        popular.set(known.event, { upstream, event });
    }
  return [...popular.values()];
}
