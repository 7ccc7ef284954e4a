import type { MiddlewareHandler } from 'hono';
import type { Env } from './env.js';

/** What scripts of other origins may read besides the body. */
const EXPOSED = 'Retry-After, ETag, Cache-Status';

/**
 * The headers that let a page read an answer: pages of all origins, or of the listed ones. Never with cookies. A plain
 * object, because that is the only form of headers that costs nothing on the way to the socket.
 */
export function corsHeaders(
  origins: readonly string[],
): (origin: string | undefined) => Readonly<Record<string, string>> {
  const open = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': EXPOSED };
  if (origins.includes('*')) return () => open;
  const listed = new Set(origins);
  return (origin) => ({
    Vary: 'Origin',
    ...(origin !== undefined &&
      listed.has(origin) && {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Expose-Headers': EXPOSED,
      }),
  });
}

/** For routes that pages with widgets call; answers their preflights. */
export function allowOrigins(origins: readonly string[]): MiddlewareHandler<Env> {
  const headersFor = corsHeaders(origins);
  return async (c, next) => {
    const headers = headersFor(c.req.header('origin'));
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    if (c.req.method !== 'OPTIONS') return next();
    if ('Access-Control-Allow-Origin' in headers) {
      c.header('Access-Control-Allow-Methods', 'GET, HEAD, POST');
      c.header('Access-Control-Max-Age', '86400');
      const asked = c.req.header('access-control-request-headers');
      if (asked !== undefined) c.header('Access-Control-Allow-Headers', asked);
    }
    return c.body(null, 204);
  };
}
