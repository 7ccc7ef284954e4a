import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { calBookingRoutes } from './cal-api-bookings.js';
import { calReservationRoutes } from './cal-api-reservations.js';
import { calError, calInvalid, calSuccess } from './cal-answers.js';
import { describeEventType } from './cal-event-type-answer.js';
import { findEventType } from './cal-event-type.js';
import { readSlotsQuery } from './cal-slots-query.js';
import { version } from './cal-version.js';
import { isTestName, ownerOf } from './catalogue.js';
import { configured } from './event-settings.js';
import { addressOf, fieldOf, jsonOf, queryOf, type Env } from './http.js';
import { isOn, numberOf, type RequestKind } from './knobs.js';
import { dayAt, isoInZone } from './page/zone-time.js';
import type { Service } from './service.js';
import { fault, isFailingStatus, slotsFault } from './slots-faults.js';

const CORS = {
  'Access-Control-Allow-Origin': '*',
};

const PREFLIGHT = {
  ...CORS,
  'Access-Control-Allow-Methods': 'GET,PATCH,DELETE,HEAD,POST,PUT,OPTIONS',
  'Access-Control-Allow-Headers':
    'cal-api-version,x-cal-client-id,x-cal-secret-key,x-cal-platform-embed,Accept,Authorization,Content-Type,Origin',
  'Access-Control-Max-Age': '86400',
};

const KINDS: Readonly<Record<string, RequestKind>> = {
  '/v2/slots': 'slots',
  '/v2/event-types': 'event-type',
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Whose event type a call is about, as far as that is known before validation. */
function subjectOf(service: Service, c: Context<Env>, body: unknown): string {
  const query = queryOf(c);
  const said = (name: string): string => query.get(name) ?? text(fieldOf(body, name));
  const id = Number(query.get('eventTypeId') ?? fieldOf(body, 'eventTypeId') ?? Number.NaN);
  const byId = service.catalogue.byId(id);
  if (byId) return byId.key;
  const slug = said('eventTypeSlug') || said('eventSlug');
  const user = said('username') || (said('usernames').split(',')[0] ?? '');
  const team = said('teamSlug');
  if (team) return `team/${team}${slug && `/${slug}`}`;
  if (user) return slug ? `${user}/${slug}` : user;
  // `/v2/bookings/{uid}/…` and `/v2/slots/reservations/{uid}`.
  const [, , , booking = '', reservation = ''] = new URL(c.req.url).pathname.split('/');
  return (
    service.bookings.get(booking)?.key ??
    service.reservations.get(reservation, service.clock())?.event.key ??
    ''
  );
}

/** The parts of Cal.com's API v2 that need no key. */
export function calApi(service: Service): Hono<Env> {
  const app = new Hono<Env>();

  const kindOf = ({ req }: Context<Env>): RequestKind => {
    const { pathname } = new URL(req.url);
    if (req.method === 'GET') return KINDS[pathname] ?? 'api';
    return req.method === 'POST' && /^\/v2\/bookings(\/[^/]+\/(reschedule|cancel))?$/.test(pathname)
      ? 'booking'
      : 'api';
  };

  /** Everything a call meets before its handler: knobs, the log, CORS, the rate limit. */
  const admit: MiddlewareHandler<Env> = async (c, next) => {
    const { method } = c.req;
    const query = queryOf(c);
    const body = method === 'POST' || method === 'PATCH' ? await jsonOf(c) : null;
    const key = subjectOf(service, c, body);
    const preflight = method === 'OPTIONS';
    const knobs = preflight ? service.board.of(key, 'api', query) : service.board.of(key, kindOf(c), query);
    const address = knobs.address ?? addressOf(c);
    const { pathname: path } = new URL(c.req.url);
    const origin = c.req.header('origin') ?? '';
    service.requests.add({
      time: service.clock(),
      provider: 'cal-api',
      method,
      path,
      query,
      key,
      address,
      origin,
    });
    c.set('key', key);
    c.set('knobs', knobs);
    c.set('body', body);
    if (preflight) return c.body(null, 204, isOn(knobs, 'no-cors') ? {} : PREFLIGHT);

    const stopped = await fault(c, knobs);
    if (stopped) return stopped;
    if (!isOn(knobs, 'no-cors')) for (const [name, value] of Object.entries(CORS)) c.header(name, value);
    const owner = ownerOf(key);
    const bucket = `${address} ${isTestName(owner) ? owner : 'everybody'}`;
    const allowance = service.limits.take(bucket, service.clock(), numberOf(knobs, 'rate-limit') ?? 120);
    c.header('X-RateLimit-Limit-Default', String(allowance.limit));
    c.header('X-RateLimit-Remaining-Default', String(allowance.remaining));
    c.header('X-RateLimit-Reset-Default', String(allowance.reset));
    if (!allowance.allowed) return calError(c, 429, 'Too many requests. Please try again later.');
    const authorization = c.req.header('authorization');
    // Slots are unguarded; elsewhere a key is optional, but a wrong one is refused.
    if (!path.startsWith('/v2/slots') && authorization !== undefined && !/^Bearer cal_/.test(authorization))
      return calError(c, 401, 'Invalid API key');
    return next();
  };
  app.use('*', admit);

  app.get('/slots', version('2024-09-04'), async (c) => {
    const knobs = c.get('knobs');
    const stopped = await slotsFault(c, knobs, (status, message) => calError(c, status, message));
    if (stopped) return stopped;
    const asked = readSlotsQuery(queryOf(c));
    if ('complaints' in asked) return calInvalid(c, asked.complaints);
    const event = findEventType(service, asked.address);
    if (typeof event === 'string') return calError(c, 404, event);
    const duration = asked.duration ?? event.durations[0];
    if (event.durations.length > 1 && !event.durations.includes(duration)) {
      return calError(c, 400, `duration should be one of ${event.durations.join(', ')}`);
    }
    const zone = asked.timeZone ?? 'UTC';
    const write = (instant: number): string =>
      asked.timeZone === null ? new Date(instant).toISOString() : isoInZone(instant, zone);
    const except = asked.bookingUid === null ? {} : { booking: asked.bookingUid };
    const days: Record<string, { start: string; end?: string }[]> = {};
    for (const start of service.slots(event, { from: asked.start, to: asked.end, duration }, knobs, except)) {
      const end = asked.format === 'range' ? { end: write(start + duration * 60_000) } : {};
      (days[dayAt(start, zone)] ??= []).push({ start: write(start), ...end });
    }
    return calSuccess(c, days);
  });

  app.get('/event-types', version('2024-06-14'), (c) => {
    const query = queryOf(c);
    const knobs = c.get('knobs');
    const status = numberOf(knobs, 'event-type-status');
    if (isFailingStatus(status)) return calError(c, status, 'Something went wrong');
    const { origin } = new URL(c.req.url);
    const organization = query.get('orgSlug');
    const owner = service.catalogue.host(
      query.get('username') ?? '',
      organization === null ? {} : { organization },
    );
    if (!owner) return calSuccess(c, []);
    const slug = query.get('eventSlug');
    const found = service.catalogue
      .eventTypes(owner)
      .filter((event) => slug === null || event.slug === slug)
      .map((event) => ({ event, knobs: { ...service.board.of(event.key, 'api', query), ...knobs } }))
      .filter(({ knobs: own }) => !isOn(own, 'hidden'));
    return calSuccess(
      c,
      found.map(({ event, knobs: own }) => describeEventType(configured(event, own), origin, own)),
    );
  });
  app.get('/event-types/:id', version('2024-06-14'), (c) =>
    calError(c, 401, 'ApiAuthStrategy - no authentication'),
  );

  app.route('/slots/reservations', calReservationRoutes(service));
  app.route('/bookings', calBookingRoutes(service));
  app.notFound((c) => calError(c, 404, `Cannot ${c.req.method} ${new URL(c.req.url).pathname}`));
  return app;
}
