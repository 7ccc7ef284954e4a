import { bookingCard, eventCard, hostCard } from './cards.js';
import { eventAt, ownerNamed } from './calendly-pages.js';
import type { PageView } from './page/page-data.js';
import { errorPage, type ProviderPages } from './page-routes.js';
import type { Service } from './service.js';

const partsOf = (path: string): string[] => path.split('/').filter(Boolean);

/** A scheduling page that can be framed and sends no messages: `/book/30min`. */
export function plainPages(service: Service): ProviderPages {
  const { catalogue, bookings } = service;
  const view = (path: string, query: URLSearchParams): PageView => {
    const parts = partsOf(path);
    const [first = '', second = ''] = parts;
    if (first === 'booking' || first === 'reschedule') {
      const booking = bookings.get(second);
      const card = booking && bookingCard(service, booking, 'plain');
      if (!card) return errorPage(404);
      const moving = first === 'reschedule' && card.status !== 'CANCELLED';
      if (moving) return { view: 'event', event: card.event, moving: card, start: null };
      return { view: 'booking', booking: card, cancelling: query.get('cancel') === 'true' };
    }
    const owner = ownerNamed(catalogue, first);
    if (owner && second === '') {
      const events = catalogue.eventTypes(owner).map((event) => eventCard(event, 'plain'));
      return { view: 'profile', host: hostCard(owner), events };
    }
    const event = eventAt(catalogue, parts);
    if (!event) return errorPage(404);
    return { view: 'event', event: eventCard(event, 'plain'), moving: null, start: null };
  };
  return {
    provider: 'plain',
    view,
    key: (path) => eventAt(catalogue, partsOf(path))?.key ?? partsOf(path).slice(0, 2).join('/'),
    embedded: (_, request) => request.headers.get('sec-fetch-dest') === 'iframe',
    headers: () => ({}),
  };
}
