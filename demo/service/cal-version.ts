import type { MiddlewareHandler } from 'hono';
import { calError } from './cal-answers.js';
import type { Env } from './http.js';

/** Routes exist in one version of the API; without the header the answer comes from a version that lacks them. */
export const version =
  (...known: readonly string[]): MiddlewareHandler<Env> =>
  async (c, next) => {
    if (known.includes(c.req.header('cal-api-version') ?? '')) return next();
    return calError(c, 404, `Cannot ${c.req.method} ${new URL(c.req.url).pathname}`);
  };
