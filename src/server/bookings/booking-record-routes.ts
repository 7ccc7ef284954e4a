import { Hono } from 'hono';
import type { Feature, Context } from '../feature.js';
import { hourlyRemoval } from '../hourly-removal.js';
import type { Env } from '../http/env.js';
import { Problem } from '../http/problem.js';
import { requireToken } from '../http/token.js';
import { deleteBooking, exportBooking, forgetBookings, type BookingName } from './booking-records.js';

const RECORD = '/v1/bookings/record';

function nameOf(query: URLSearchParams): BookingName {
  const [provider, id] = [query.get('provider'), query.get('id')];
  if ((provider !== 'cal' && provider !== 'calendly') || id === null || id === '' || id.length > 500)
    throw new Problem({
      status: 400,
      code: 'bad-booking',
      detail: 'Name one booking: `provider` (cal or calendly) and `id`, the provider’s own.',
    });
  return { provider, id };
}

const unknown = (): Problem =>
  new Problem({ status: 404, code: 'no-such-booking', detail: 'Nothing is stored of this booking.' });

/**
 * `GET /v1/bookings/record?provider=…&id=…` (token): all that is stored of one booking; `DELETE` (token) removes it. Old
 * ones are removed without being asked.
 */
export function bookingRecordFeature({ store, settings, log }: Context): Feature {
  const routes = new Hono<Env>();
  routes.use(RECORD, requireToken(settings.token));
  routes.get(RECORD, async (c) => {
    const booking = await exportBooking(store, nameOf(new URL(c.req.url).searchParams));
    if (!booking) throw unknown();
    return c.json({ v: 1, booking });
  });
  routes.delete(RECORD, async (c) => {
    if (!(await deleteBooking(store, nameOf(new URL(c.req.url).searchParams)))) throw unknown();
    return c.body(null, 204);
  });

  return {
    name: 'booking records',
    routes,
    ...hourlyRemoval(
      () => forgetBookings(store, settings.bookingsDays),
      (cause) => log.warn({ err: cause }, 'old bookings cannot be removed'),
    ),
  };
}
