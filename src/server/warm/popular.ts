import type { Context } from '../feature.js';
import { DAY, type AvailabilityTables } from '../availability/schema.js';
import { bookedEventTypes } from '../bookings/bookings.js';
import type { EventType, Upstream } from '../upstreams/upstream.js';

/** Bookings count for so long. */
const COUNTED = 30 * DAY;

export interface PopularEventType {
  readonly upstream: Upstream;
  readonly event: EventType;
}

/**
 * Event types that were booked in the last 30 days, the most often booked first, as pages ask for them: one that no page
 * has asked for yet is of no use to anybody.
 */
export async function popularEventTypes({
  store,
  upstreams,
  now,
}: Pick<Context, 'store' | 'upstreams' | 'now'>): Promise<PopularEventType[]> {
  const booked = await bookedEventTypes(store, now() - COUNTED);
  const asked = await store
    .tables<AvailabilityTables>()
    .selectFrom('availability_event')
    .selectAll()
    .where('proven', '=', 1)
    .where('query', '<>', '')
    .execute();
  const popular = new Map<string, PopularEventType>();
  for (const { provider, eventType, slug } of booked)
    for (const row of asked) {
      const isIt =
        row.provider === provider &&
        (row.type_id === '' ? slug !== '' && row.slug === slug : row.type_id === eventType);
      const upstream = upstreams.all.find(({ account }) => account === row.account);
      if (isIt && upstream && !popular.has(row.event))
        popular.set(row.event, {
          upstream,
          event: {
            key: row.event,
            id: row.type_id,
            slug: row.slug,
            query: JSON.parse(row.query) as EventType['query'],
          },
        });
    }
  return [...popular.values()];
}
