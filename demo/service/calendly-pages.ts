import { bookingCard, eventCard, hostCard } from './cards.js';
import type { Catalogue } from './catalogue.js';
import type { EventType, Host } from './event-type.js';
import { firstBookable } from './slots.js';
import type { PageView } from './page/page-data.js';
import { errorPage, type ProviderPages } from './page-routes.js';
import { hostsOf, type Service } from './service.js';

const partsOf = (path: string): string[] =>
  path
    .split('/')
    .filter(Boolean)
    .map((part) => decodeURIComponent(part));

/** Calendly does not tell people and teams apart in its addresses. */
export const ownerNamed = (catalogue: Catalogue, slug: string): Host | null =>
  catalogue.host(slug) ?? catalogue.host(slug, { team: true });

/** The event type at `/profile/event`; a `/team/…` in front does no harm. */
export function eventAt(catalogue: Catalogue, parts: readonly string[]): EventType | null {
  const [first = '', second = '', third = ''] = parts;
  if (first === 'team') return catalogue.byKey(`team/${second}/${third}`);
  const owner = ownerNamed(catalogue, first);
  return owner && catalogue.eventType(owner, second);
}

const BOOKING_PATHS = ['invitees', 'reschedulings', 'cancellations'];
const GONE = 'This time is no longer available';
const INACTIVE = 'This calendar is currently unavailable';

/** Calendly's addresses: `/profile`, `/profile/event`, `/profile/event/<ISO start>`, and those of a booking. */
export function calendlyPages(service: Service): ProviderPages {
  const { catalogue, bookings } = service;

  const bookingAt = (kind: string, uid: string): PageView => {
    const booking = bookings.get(uid);
    const card = booking && bookingCard(service, booking, 'calendly');
    if (!card) return errorPage(404);
    const moving = kind === 'reschedulings' && card.status !== 'CANCELLED';
    if (moving) return { view: 'event', event: card.event, moving: card, start: null };
    return { view: 'booking', booking: card, cancelling: kind === 'cancellations' };
  };

  const timeAt = (event: EventType, written: string): PageView => {
    const start = Date.parse(written);
    if (Number.isNaN(start)) return errorPage(404);
    const card = eventCard(event, 'calendly');
    const span = { from: start, to: start + event.durations[0] * 60_000 };
    const now = service.slotsFrom(service.board.of(event.key, 'api', new URLSearchParams()));
    const free = firstBookable(event, now) <= start && bookings.isFree(hostsOf(event), span);
    if (!free) return { view: 'unavailable', event: card, message: GONE };
    return { view: 'event', event: card, moving: null, start: new Date(start).toISOString() };
  };

  const view = (path: string): PageView => {
    const parts = partsOf(path);
    const [first = '', second = '', third] = parts;
    if (BOOKING_PATHS.includes(first)) return bookingAt(first, second);
    const owner = ownerNamed(catalogue, first);
    if (!owner || parts.length > 3) return errorPage(404);
    if (second === '') {
      const events = catalogue.eventTypes(owner).map((event) => eventCard(event, 'calendly'));
      return { view: 'profile', host: hostCard(owner), events };
    }
    if (second === 'inactive') return { view: 'unavailable', event: null, message: INACTIVE };
    const event = catalogue.eventType(owner, second);
    if (!event) return errorPage(404);
    if (third !== undefined) return timeAt(event, third);
    return { view: 'event', event: eventCard(event, 'calendly'), moving: null, start: null };
  };

  return {
    provider: 'calendly',
    view,
    key(path) {
      const parts = partsOf(path);
      const [first = '', uid = ''] = parts;
      if (BOOKING_PATHS.includes(first)) return bookings.get(uid)?.key ?? '';
      return eventAt(catalogue, parts)?.key ?? parts.slice(0, 2).join('/');
    },
    embedded: (url) => url.searchParams.has('embed_domain'),
    // As on the real service: a value that no browser knows, so that every browser ignores it.
    headers: () => ({ 'X-Frame-Options': 'ALLOWALL' }),
  };
}
