import type { MiddlewareHandler } from 'hono';
import type { Env } from './env.js';
import { isSignedIn } from './owner-session.js';
import { Problem } from './problem.js';
import { isSame } from './same.js';

const READING = ['GET', 'HEAD'];

/**
 * Lets in a client that sends `Authorization: Bearer <token>`, and to read also the browser that is signed in to the dashboard.
 * Without a token to compare with, nobody comes in.
 */
export const requireToken =
  (token: string | undefined): MiddlewareHandler<Env> =>
  async (c, next) => {
    if (token === undefined)
      throw new Problem({
        status: 403,
        code: 'no-token-set',
        detail: 'This companion has no `token`, so what only its owner may read is closed. Set one.',
      });
    const given = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const maySee = READING.includes(c.req.method) && (await isSignedIn(c, token));
    if (given === undefined ? !maySee : !(await isSame(given, token)))
      throw new Problem({
        status: 401,
        code: 'token-needed',
        detail: 'Send the token of this companion: Authorization: Bearer <token>.',
        headers: { 'WWW-Authenticate': 'Bearer realm="companion"' },
      });
    c.header('Cache-Control', 'private, no-store');
    c.header('X-Content-Type-Options', 'nosniff');
    await next();
  };
