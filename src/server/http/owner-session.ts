import type { Context } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import { base64UrlOf, randomBytes } from '../sha256.js';
import type { Env } from './env.js';

const NAME = 'booking-owner';

/** A browser stays signed in for so long, in seconds. */
const LENGTH = 7 * 86_400;

/** Another token makes another key, so changing the token signs everybody out. */
const keyOf = (token: string): string => `session ${token}`;

/** Whether a reverse proxy or the address says that the way to the browser is encrypted. */
const isSecure = (c: Context, proxies: number): boolean =>
  c.req.url.startsWith('https:') || (proxies > 0 && c.req.header('x-forwarded-proto') === 'https');

/**
 * Signs a browser in: a cookie that no script can read, that no other site can make it send, and that holds no token but
 * the moment at which it ends and a name of the session, signed with it.
 */
export async function signIn(c: Context, token: string, proxies: number): Promise<void> {
  const until = Date.now() + LENGTH * 1000;
  await setSignedCookie(c, NAME, `${until}.${base64UrlOf(randomBytes(16))}`, keyOf(token), {
    httpOnly: true,
    sameSite: 'Strict',
    secure: isSecure(c, proxies),
    path: '/',
    maxAge: LENGTH,
  });
}

interface Session {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** The session of a signed cookie that has not run out; whether it was ended is not looked at. */
async function sessionOf(c: Context, token: string): Promise<Session | undefined> {
  if (!c.req.header('cookie')) return undefined;
  const id = await getSignedCookie(c, keyOf(token), NAME);
  if (typeof id !== 'string') return undefined;
  const until = Number(id.split('.', 1)[0]);
  return until > Date.now() ? { id, until } : undefined;
}

/** Ends the session in this browser and on the server: a copy of the cookie opens nothing any more. */
export async function signOut(c: Context<Env>, token: string | undefined): Promise<void> {
  const session = token === undefined ? undefined : await sessionOf(c, token);
  if (session) await c.get('endedSessions')?.end(session.id, session.until);
  deleteCookie(c, NAME, { path: '/' });
}

export async function isSignedIn(c: Context<Env>, token: string): Promise<boolean> {
  const session = await sessionOf(c, token);
  if (!session) return false;
  return !(await c.get('endedSessions')?.has(session.id));
}
