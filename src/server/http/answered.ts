import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Logger } from 'pino';

/** How a request ended. No address, no query, no page. */
export interface Answered {
  readonly method: string;
  /** The route's pattern, not what was asked for. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  /** It lay ready, and took no time worth telling. */
  readonly isReady?: true;
}

export type OnAnswered = (answered: Answered) => void;

/** Milliseconds since `started`, by `performance.now()`. */
export const since = (started: number): number => Math.round((performance.now() - started) * 10) / 10;

export const logAnswered =
  (log: Logger): OnAnswered =>
  (answered) =>
    log.debug(answered, 'answered');

/** The route itself, among those that only stand on the way to it; before or behind it, as limits do. */
const routeOf = (c: Context): string =>
  matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? '/*';

/** Tells of every request that goes through the routes. */
export const tellAnswered =
  (onAnswered: OnAnswered): MiddlewareHandler =>
  async (c, next) => {
    const started = performance.now();
    await next();
    onAnswered({ method: c.req.method, route: routeOf(c), status: c.res.status, ms: since(started) });
  };
