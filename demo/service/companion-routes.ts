import { Hono, type MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { Availability } from '../../src/protocol/availability.js';
import type { EventDetails } from '../../src/protocol/event-details.js';
import { eventAt } from './calendly-pages.js';
import { addressOf, pathOf, queryOf, type Env } from './http.js';
import { isOn } from './knobs.js';
import { isZone } from './page/zone-time.js';
import { liveRoutes } from './live-routes.js';
import type { Service } from './service.js';
import { fault, slotsFault } from './slots-faults.js';

const MAX_DAYS = 100;

export interface CompanionOptions {
  /** Origin whose times have addresses of their own, as Calendly's have; known once the service listens. */
  readonly calendly: () => string;
}

/**
 * `GET /v1/availability?src=&start=&end=&timeZone=` and `GET /v1/event?src=`: the responses of a companion server. `end` is
 * exclusive.
 */
export function companionRoutes(service: Service, { calendly }: CompanionOptions): Hono<Env> {
  const app = new Hono<Env>();
  const open = cors({ origin: '*', exposeHeaders: ['Retry-After'] });

  const allow: MiddlewareHandler<Env> = async (c, next) => {
    const knobs = service.board.of('', 'api', queryOf(c));
    return isOn(knobs, 'no-cors') ? next() : open(c, next);
  };
  app.use('*', allow);

  app.get('/availability', async (c) => {
    const query = queryOf(c);
    const src = query.get('src') ?? '';
    const parts = pathOf(src);
    const event = parts && eventAt(service.catalogue, parts);
    const key = event?.key ?? parts?.slice(0, 2).join('/') ?? '';
    const knobs = service.board.of(key, 'slots', query);
    const address = knobs.address ?? addressOf(c);
    const { pathname: path } = new URL(c.req.url);
    const origin = c.req.header('origin') ?? '';
    service.requests.add({
      time: service.clock(),
      provider: 'companion',
      method: 'GET',
      path,
      query,
      key,
      address,
      origin,
    });

    const stopped =
      (await fault(c, knobs)) ??
      (await slotsFault(c, knobs, (status, message) =>
        c.json({ error: { code: 'upstream', message } }, status),
      ));
    if (stopped) return stopped;
    const from = Date.parse(query.get('start') ?? '');
    const to = Date.parse(query.get('end') ?? '');
    const timeZone = query.get('timeZone');
    if (
      !parts ||
      !(from < to) ||
      to - from > MAX_DAYS * 86_400_000 ||
      (timeZone !== null && !isZone(timeZone))
    ) {
      return c.json(
        { error: { code: 'bad-request', message: 'src, start, end and timeZone must make sense' } },
        400,
      );
    }
    if (!event)
      return c.json(
        { error: { code: 'not-found', message: 'There is nothing to book at this address' } },
        404,
      );

    const [duration] = event.durations;
    const { origin: asked, port } = new URL(src);
    // Both names of this machine are the same host; the address keeps the name of the request.
    const own = port === new URL(calendly()).port;
    const write = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');
    const availability: Availability = {
      v: 1,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      fetchedAt: service.nowFor(knobs),
      slots: service.slots(event, { from, to: to - 1, duration }, knobs).map((start) => ({
        start: write(start),
        end: write(start + duration * 60_000),
        ...(own && { url: `${asked}/${event.hosts[0].slug}/${event.slug}/${write(start)}` }),
      })),
    };
    c.header('Cache-Control', 'no-store');
    return c.json(availability);
  });

  app.get('/event', (c) => {
    const query = queryOf(c);
    const parts = pathOf(query.get('src') ?? '');
    const event = parts && eventAt(service.catalogue, parts);
    if (!event)
      return c.json(
        { error: { code: 'not-found', message: 'There is nothing to book at this address' } },
        404,
      );
    const [minutes] = event.durations;
    const details: EventDetails = {
      v: 1,
      title: event.title,
      minutes,
      lengths: event.durations,
      host: { name: event.hosts[0].name },
      fetchedAt: service.nowFor(service.board.of(event.key, 'api', query)),
    };
    return c.json(details);
  });
  app.route('/', liveRoutes(service));
  return app;
}
