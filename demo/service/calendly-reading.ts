import { Hono, type Context } from 'hono';
import { calendlyEventType } from './calendly-event-type.js';
import type { EventType } from './event-type.js';
import { configured } from './event-settings.js';
import { addressOf, queryOf, type Env } from './http.js';
import { numberOf } from './knobs.js';
import type { Service } from './service.js';
import { slotsFault } from './slots-faults.js';
import { CALENDLY } from './webhooks.js';

const LONGEST = 31 * 86_400_000;
const ORGANIZATION = `${CALENDLY}/organizations/demo`;

const lastOf = (uri: string | null): string => (uri ?? '').split('/').at(-1) ?? '';

/** What a server reads of Calendly's API before it books: users, event types and their free times. Needs any bearer token. */
export function calendlyReading(service: Service): Hono<Env> {
  const { catalogue } = service;
  const app = new Hono<Env>();

  const missing = (c: Context<Env>): Response =>
    c.json(
      { title: 'Resource Not Found', message: 'The server could not find the requested resource.' },
      404,
    );

  const typeOf = (event: EventType): object =>
    calendlyEventType(
      configured(event, service.board.of(event.key, 'event-type', new URLSearchParams())),
      service.origins.calendly,
    );

  const isAllowed = (c: Context<Env>): boolean => /^Bearer \S+$/.test(c.req.header('authorization') ?? '');
  const refuse = (c: Context<Env>): Response =>
    c.json({ title: 'Unauthenticated', message: 'The access token is invalid' }, 401);

  const note = (c: Context<Env>, key: string): void =>
    service.requests.add({
      time: service.clock(),
      provider: 'calendly-api',
      method: 'GET',
      path: c.req.path,
      query: queryOf(c),
      key,
      address: addressOf(c),
      origin: c.req.header('origin') ?? '',
    });

  app.get('/users/:id', (c) => {
    if (!isAllowed(c)) return refuse(c);
    const id = c.req.param('id');
    const host = catalogue.host(id === 'me' ? 'acme' : id);
    if (!host) return missing(c);
    note(c, host.slug);
    return c.json({
      resource: {
        uri: `${CALENDLY}/users/${host.slug}`,
        name: host.name,
        timezone: host.zone,
        avatar_url: null,
        current_organization: ORGANIZATION,
      },
    });
  });

  // The organisation is Acme's; every other host is asked for as a user.
  app.get('/event_types', (c) => {
    if (!isAllowed(c)) return refuse(c);
    const query = queryOf(c);
    const organization = query.get('organization');
    const host = catalogue.host(organization === ORGANIZATION ? 'acme' : lastOf(query.get('user')));
    if (!host) return missing(c);
    note(c, host.slug);
    return c.json({
      collection: catalogue.eventTypes(host).map(typeOf),
      pagination: { next_page_token: null },
    });
  });

  app.get('/event_types/:id', (c) => {
    if (!isAllowed(c)) return refuse(c);
    const event = catalogue.byId(Number(c.req.param('id')));
    if (!event) return missing(c);
    note(c, event.key);
    const status = numberOf(service.board.of(event.key, 'event-type', queryOf(c)), 'event-type-status');
    if (status === 404) return missing(c);
    return c.json({ resource: typeOf(event) });
  });

  app.get('/event_type_available_times', async (c) => {
    if (!isAllowed(c)) return refuse(c);
    const query = queryOf(c);
    const event = catalogue.byId(Number(lastOf(query.get('event_type'))));
    if (!event) return missing(c);
    note(c, event.key);
    const knobs = service.board.of(event.key, 'slots', query);
    const stopped = await slotsFault(c, knobs, (status, message) =>
      c.json({ title: 'Internal Server Error', message }, status),
    );
    if (stopped) return stopped;
    const [from = NaN, to = NaN] = ['start_time', 'end_time'].map((name) =>
      Date.parse(query.get(name) ?? ''),
    );
    if (!(from < to) || from < service.nowFor(knobs) || to - from > LONGEST)
      return c.json({ title: 'Invalid Argument', message: 'The supplied parameters are invalid.' }, 400);
    const [duration] = event.durations;
    const written = (start: number): string => new Date(start).toISOString().replace('.000Z', 'Z');
    return c.json({
      collection: service.slots(event, { from, to: to - 1, duration }, knobs).map((start) => ({
        status: 'available',
        invitees_remaining: 1,
        start_time: written(start),
        scheduling_url: `${service.origins.calendly}/${event.hosts[0].slug}/${event.slug}/${written(start)}`,
      })),
    });
  });
  return app;
}
