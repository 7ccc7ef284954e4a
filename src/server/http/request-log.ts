import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Logger } from 'pino';

/** One line per request: which route, how it ended, how long it took. No address, no query, no page. */
export const logRequests =
  (log: Logger): MiddlewareHandler =>
  async (c, next) => {
    const started = performance.now();
    await next();
    const ms = Math.round((performance.now() - started) * 10) / 10;
    log.debug({ method: c.req.method, route: routePath(c, -1), status: c.res.status, ms }, 'answered');
  };
