import { eventTypeIn, readEventDetails } from '../../booking/event-details.js';
import type { DetailsSource } from '../../booking/native-booking.js';

/** A version of another route is a 404. */
const VERSION = '2024-06-14';

/** Addresses of slots and event types name the same things differently. */
const LOOKUP = { username: 'username', eventTypeSlug: 'eventSlug', organizationSlug: 'orgSlug' } as const;

/** Cal.com's event types, without a key. */
export const eventDetails: DetailsSource = {
  // The API has no keyless reader for the event types of teams and groups.
  request(slotsUrl) {
    const slots = new URL(slotsUrl);
    const query = new URLSearchParams();
    for (const [name, lookup] of Object.entries(LOOKUP)) {
      const value = slots.searchParams.get(name);
      if (value) query.set(lookup, value);
    }
    if (!query.has(LOOKUP.username) || !query.has(LOOKUP.eventTypeSlug)) return null;
    return {
      method: 'GET',
      url: new URL(`event-types?${query.toString()}`, slots).href,
      headers: { 'cal-api-version': VERSION },
    };
  },

  read: ({ status, body }) => (status === 200 ? readEventDetails(eventTypeIn(body)) : null),
};
