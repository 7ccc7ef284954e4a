import type { MiddlewareHandler } from 'hono';
import { calError, calInvalid } from './cal-answers.js';
import type { Env } from './http.js';

/** Limits routes to versions of the API. Without the header Cal.com answers from a version that lacks these routes. */
export const version =
  (...known: readonly string[]): MiddlewareHandler<Env> =>
  async (c, next) => {
    if (known.includes(c.req.header('cal-api-version') ?? '')) return next();
    return calError(c, 404, `Cannot ${c.req.method} ${new URL(c.req.url).pathname}`);
  };

/** Versions of the API that take part in bookings. */
export const BOOKING_VERSIONS = ['2024-08-13', '2026-02-25', '2026-05-01'] as const;

const OTHER_VERSIONS = ['2024-06-11', '2024-06-14', '2024-09-04'];

/**
 * The version rule of `POST /v2/bookings`: a version of other routes is a 404; a missing or unknown version is answered by
 * the oldest controller, which misses the properties of its own body.
 */
export const bookingVersion: MiddlewareHandler<Env> = async (c, next) => {
  const asked = c.req.header('cal-api-version') ?? '';
  if (BOOKING_VERSIONS.some((known) => known === asked)) return next();
  if (OTHER_VERSIONS.includes(asked)) return calError(c, 404, 'Cannot POST /v2/bookings');
  return calInvalid(c, [
    'start must be a valid ISO 8601 date string',
    'eventTypeId must be a number',
    'timeZone must be a string',
    'language must be a valid language',
    'metadata must be an object',
  ]);
};
