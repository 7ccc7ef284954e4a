import { bookingCard, eventCard, hostCard } from './cards.js';
import { RENAMED } from './catalogue.js';
import type { EventType } from './event-type.js';
import type { PageView } from './page/page-data.js';
import { errorPage, type ProviderPages } from './page-routes.js';
import type { Service } from './service.js';

const partsOf = (path: string): string[] => path.split('/').filter(Boolean);

/** A path without the segment that selects the embedded version of its page. */
const plainParts = (path: string): string[] => {
  const parts = partsOf(path);
  const plain = parts.at(-1) === 'embed' ? parts.slice(0, -1) : parts;
  // A private link, `/d/<hash>/<event>`: here the hash is the host's name.
  return plain[0] === 'd' ? plain.slice(1) : plain;
};

/** Cal.com's addresses: `/user`, `/user/event`, `/team/slug/event`, `/booking/uid`, `/reschedule/uid`, all also with `/embed`. */
export function calPages(service: Service): ProviderPages {
  const { catalogue, bookings } = service;

  const eventAt = (parts: readonly string[]): EventType | null => catalogue.byKey(parts.join('/'));

  const eventView = (event: EventType, moving: string | null): PageView => {
    const old = moving === null ? null : bookings.get(moving);
    const card = old && old.status !== 'CANCELLED' ? bookingCard(service, old, 'cal') : null;
    return { view: 'event', event: eventCard(event, 'cal'), moving: card, start: null };
  };

  const view = (path: string, query: URLSearchParams): PageView => {
    const parts = plainParts(path);
    const [first = '', second = ''] = parts;
    if (first === 'booking' || first === 'reschedule') {
      const booking = bookings.get(second);
      const card = booking && bookingCard(service, booking, 'cal');
      if (!card) return errorPage(404);
      const event = first === 'reschedule' ? catalogue.byKey(card.event.key) : null;
      if (event) return eventView(event, second);
      return { view: 'booking', booking: card, cancelling: query.get('cancel') === 'true' };
    }
    const team = first === 'team';
    const owner = catalogue.host(team ? second : first, { team });
    if (owner && parts.length === (team ? 2 : 1)) {
      const events = catalogue.eventTypes(owner).map((event) => eventCard(event, 'cal'));
      return { view: 'profile', host: hostCard(owner), events };
    }
    const event = parts.length === (team ? 3 : 2) ? eventAt(parts) : null;
    return event ? eventView(event, query.get('rescheduleUid')) : errorPage(404);
  };

  return {
    provider: 'cal',
    view,
    key(path) {
      const parts = plainParts(path);
      const [first, uid = ''] = parts;
      if (first === 'booking' || first === 'reschedule') return bookings.get(uid)?.key ?? '';
      return parts.join('/');
    },
    embedded: ({ pathname }) => pathname.endsWith('/embed'),
    headers: (url): Readonly<Record<string, string>> => ({
      ...(url.pathname.endsWith('/embed') && { 'Cross-Origin-Resource-Policy': 'cross-origin' }),
      ...(url.searchParams.get('flag.coep') === 'true' && { 'Cross-Origin-Embedder-Policy': 'require-corp' }),
    }),
    /** Of an embedded page's query only `layout` and `embed` survive a redirect, an absent layout as a word. */
    redirect(url) {
      const parts = plainParts(url.pathname);
      const [first = '', second = ''] = parts;
      const moving = first === 'reschedule' ? bookings.get(second) : null;
      const renamed = RENAMED[first];
      if (!moving && renamed === undefined) return null;
      const target = moving ? moving.key : [renamed, ...parts.slice(1)].join('/');
      const query = new URLSearchParams(moving ? { rescheduleUid: moving.uid } : {});
      if (!url.pathname.endsWith('/embed'))
        return `/${target}${moving ? `?${query.toString()}` : url.search}`;
      query.set('layout', url.searchParams.get('layout') ?? 'undefined');
      const namespace = url.searchParams.get('embed');
      if (namespace !== null) query.set('embed', namespace);
      return `/${target}/embed?${query.toString()}`;
    },
  };
}
