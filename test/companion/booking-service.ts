import { randomUUID } from 'node:crypto';
import { after, before } from 'node:test';
import type { Companion, CompanionOptions } from '../../src/server/index.js';
import type { BookingRequest } from '../../src/protocol/booking.js';
import { runService, setKnobs, type TestService } from '../server/service/running-service.js';
import type { Place } from './places.js';

export const NOW = '2026-03-16T08:00:00Z';
export const START = '2026-03-17T10:00:00.000Z';
export const SHOP = 'https://shop.example';

/** The local scheduling service as Calendly, for the tests of one file. */
export interface BookingService {
  /** A host that no other test uses, and its page. */
  host(): string;
  page(host: string, slug?: string): string;
  turn(host: string, knobs: Parameters<typeof setKnobs>[2]): Promise<void>;
  /** Starts of the host's bookings. */
  booked(host: string): readonly string[];
  /** Requests for bookings that have arrived. */
  requests(host: string): number;
  options(host: string, more?: object): CompanionOptions;
  open(place: Place, host: string, more?: object, options?: CompanionOptions): Promise<Companion>;
}

export function bookingService(): BookingService {
  let running: TestService | undefined;
  let hosts = 0;
  before(async () => {
    running = await runService(NOW);
  });
  after(() => running?.close());
  const service = (): TestService => {
    if (!running) throw new Error('the service has not started');
    return running;
  };
  const own: BookingService = {
    host: () => `test-native-${++hosts}`,
    page: (host, slug = 'always') => `${service().calendly}/${host}/${slug}`,
    async turn(host, knobs) {
      await setKnobs(service(), host, knobs);
    },
    booked: (host) =>
      service()
        .service.bookings.list(({ key }) => key.startsWith(`${host}/`))
        .map(({ start }) => start),
    requests: (host) =>
      service()
        .service.requests.list(host)
        .filter(({ method, path }) => method === 'POST' && path === '/invitees').length,
    options: (host, more = { nativeBooking: true }) => ({
      now: () => Date.parse(NOW),
      syncEvery: 0,
      origins: [SHOP],
      upstreams: [
        {
          provider: 'calendly',
          token: `token-of-${host}`,
          api: service().calendly,
          pages: [service().calendly],
          owner: `https://api.calendly.com/users/${host}`,
          ...more,
        },
      ],
    }),
    open: (place, host, more, options = {}) => place.companion({ ...own.options(host, more), ...options }),
  };
  return own;
}

export interface Sending {
  readonly key?: string;
  readonly origin?: string | null;
  readonly address?: string;
  readonly body?: object | string;
}

export const newKey = (): string => randomUUID();

export const aBooking = (src: string, more: Partial<BookingRequest> = {}): BookingRequest => ({
  v: 1,
  src,
  start: START,
  timeZone: 'Europe/Paris',
  answers: { name: 'Grace Personal', email: 'grace@personal.example' },
  ...more,
});

/** Sends a booking as a widget on a page of `SHOP` does. */
export function send(
  companion: Companion,
  src: string,
  { key = newKey(), origin = SHOP, address = '192.0.2.1', body = aBooking(src) }: Sending = {},
): Promise<Response> {
  return companion.fetch(
    new Request('http://companion.test/v1/bookings', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key && { 'idempotency-key': key }),
        ...(origin !== null && { origin }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
    { address },
  );
}

export const codeOf = async (response: Response): Promise<string> =>
  `${response.status} ${((await response.json()) as { readonly code?: string }).code ?? ''}`.trim();
