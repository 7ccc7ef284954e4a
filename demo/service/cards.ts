import type { Booking } from './booking.js';
import type { EventType, Host } from './event-type.js';
import type { BookingCard, EventCard, ProviderName, HostCard } from './page/page-data.js';
import type { Service } from './service.js';

/** What a page gets to see of a host, an event type, a booking. */

export const hostCard = ({ slug, name, about, zone }: Host): HostCard => ({ slug, name, about, zone });

export function eventCard(event: EventType, provider: ProviderName): EventCard {
  const { key, id, slug, title, description, durations, needsConfirmation } = event;
  const [host] = event.hosts;
  const path = provider === 'cal' ? `/${key}` : `/${host.slug}/${slug}`;
  return { key, id, slug, title, description, durations, needsConfirmation, host: hostCard(host), path };
}

const pathsOf = (uid: string, provider: ProviderName): BookingCard['paths'] =>
  provider === 'calendly'
    ? { view: `/invitees/${uid}`, move: `/reschedulings/${uid}`, cancel: `/cancellations/${uid}` }
    : { view: `/booking/${uid}`, move: `/reschedule/${uid}`, cancel: `/booking/${uid}?cancel=true` };

export function bookingCard(service: Service, booking: Booking, provider: ProviderName): BookingCard | null {
  const event = service.catalogue.byKey(booking.key);
  if (!event) return null;
  const { uid, title, start, end, duration, status, attendee, notes } = booking;
  const paths = pathsOf(uid, provider);
  return {
    uid,
    title,
    start,
    end,
    duration,
    status,
    attendee,
    notes,
    event: eventCard(event, provider),
    paths,
  };
}
