import { Hono } from 'hono';
import type { Feature, Context } from '../feature.js';
import type { Env } from '../http/env.js';
import { requireToken } from '../http/token.js';
import { limitOf, timeZoneOf, windowOf } from '../metrics/metrics-query.js';
import { bookingCursorOf, bookingFilterOf, cursorText, providerOf } from './bookings-query.js';
import { listBookings } from './list-bookings.js';
import { summarizeBookings } from './summarize-bookings.js';

/** Where bookings are listed. */
export const BOOKINGS = '/v1/bookings';

/** Event types that are named one by one. */
const EVENT_TYPES = { usual: 20, most: 200 };

/**
 * `GET /v1/bookings` (token): bookings of a range, page by page. `GET /v1/bookings/summary` (token): how many were booked,
 * moved and cancelled, by day and by event type.
 */
export function bookingsFeature({ store, settings, now }: Context): Feature {
  const routes = new Hono<Env>();
  routes.get(BOOKINGS, requireToken(settings.token), async (c) => {
    const query = new URL(c.req.url).searchParams;
    const { bookings, next } = await listBookings(store, bookingFilterOf(query, now()), {
      after: bookingCursorOf(query),
      limit: limitOf(query, { usual: 100, most: 500 }),
    });
    return c.json({ v: 1, bookings, next: next && cursorText(next) });
  });
  routes.get(`${BOOKINGS}/summary`, requireToken(settings.token), async (c) => {
    const query = new URL(c.req.url).searchParams;
    const summary = await summarizeBookings(store, {
      ...windowOf(query, now()),
      timeZone: timeZoneOf(query) ?? 'UTC',
      provider: providerOf(query),
      limit: limitOf(query, EVENT_TYPES),
    });
    return c.json(summary);
  });
  return { name: 'bookings', routes };
}
