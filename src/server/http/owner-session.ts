import type { Context } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';

const NAME = 'booking-owner';

/** A browser stays signed in for so long, in seconds. */
const LENGTH = 7 * 86_400;

/** Another token makes another key: whoever changes the token signs everybody out. */
const keyOf = (token: string): string => `session ${token}`;

/** Whether a reverse proxy or the address says that the way to the browser is encrypted. */
const isSecure = (c: Context, proxies: number): boolean =>
  c.req.url.startsWith('https:') || (proxies > 0 && c.req.header('x-forwarded-proto') === 'https');

/**
 * Signs a browser in: a cookie that no script can read, that no other site can make it send, and that holds no token but
 * the moment at which it ends, signed with it.
 */
export async function signIn(c: Context, token: string, proxies: number): Promise<void> {
  const until = String(Date.now() + LENGTH * 1000);
  await setSignedCookie(c, NAME, until, keyOf(token), {
    httpOnly: true,
    sameSite: 'Strict',
    secure: isSecure(c, proxies),
    path: '/',
    maxAge: LENGTH,
  });
}

export function signOut(c: Context): void {
  deleteCookie(c, NAME, { path: '/' });
}

export async function isSignedIn(c: Context, token: string): Promise<boolean> {
  if (!c.req.header('cookie')) return false;
  const until = await getSignedCookie(c, keyOf(token), NAME);
  return typeof until === 'string' && Number(until) > Date.now();
}
