import { Hono, type Context as Call, type MiddlewareHandler } from 'hono';
import { csrf } from 'hono/csrf';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Feature, Context } from '../feature.js';
import { callerOf, clientOf } from '../http/client.js';
import type { Env } from '../http/env.js';
import { isKnownToClient } from '../http/known-to-client.js';
import { isSignedIn, signIn, signOut } from '../http/owner-session.js';
import { Problem } from '../http/problem.js';
import { isSame } from '../http/same.js';
import type { Sync } from '../sync/sync-routes.js';
import { CONTENT_SECURITY_POLICY, dashboardPage, signInPage, type SignInState } from './pages.js';

/** Tries of one client in a minute. */
const TRIES = 10;

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

const html = (c: Call<Env>, body: string, status: 200 | 401 | 403 | 429 = 200): Response =>
  c.html(body, status, { ...HEADERS, 'Cache-Control': 'private, no-store' });

const STATUS: Readonly<Record<SignInState, 200 | 401 | 403 | 429>> = {
  none: 200,
  wrong: 401,
  'too-often': 429,
  'no-token-set': 403,
};

const TYPES: Readonly<Record<string, string>> = {
  'dashboard.js': 'text/javascript; charset=utf-8',
  'dashboard.css': 'text/css; charset=utf-8',
};

/**
 * Whether a form comes from the companion's own pages. Where a proxy in front ends TLS, the request came by http and the page
 * by https; Safari before 16.4 says no more than the page's origin (https://caniuse.com/mdn-http_headers_sec-fetch-site).
 */
const isOwnOrigin = (origin: string, c: Call): boolean => {
  const { host, protocol } = new URL(c.req.url);
  return origin === `${protocol}//${host}` || origin === `https://${host}`;
};

const isOwnForm: MiddlewareHandler<Env> = csrf({ origin: isOwnOrigin });

/** For the owner, whose proxy may have written another `Host` into the request than the browser has in its address bar. */
const foreignForm = (): Problem =>
  new Problem({
    status: 400,
    code: 'foreign-form',
    detail:
      'This form was sent from another site than the one that the request names. If it was the dashboard’s own form, a proxy in front ' +
      'changes the header Host: have it pass on the one that browsers send (nginx: proxy_set_header Host $http_host).',
  });

const ownFormsOnly: MiddlewareHandler<Env> = async (c, next) => {
  await isOwnForm(c, () => Promise.resolve()).catch(() => {
    throw foreignForm();
  });
  await next();
};

/** `/dashboard`: what visitors felt and the companion's status, for the owner of the token. */
export function dashboardFeature({ settings, runtime, log }: Context, sync: Pick<Sync, 'begin'>): Feature {
  const { token, proxies } = settings;
  const tries = new RateLimiterMemory({ points: TRIES, duration: 60 });
  const routes = new Hono<Env>();
  const signInAgain = (c: Call<Env>, state: SignInState): Response =>
    html(c, signInPage(state), STATUS[state]);

  // Who opens the address that the companion printed gets the page that is for people. Relative: there may be a prefix before it.
  routes.get('/', (c) => c.redirect('dashboard', 302));
  routes.get('/dashboard', async (c) => {
    if (token === undefined) return signInAgain(c, 'no-token-set');
    return (await isSignedIn(c, token)) ? html(c, dashboardPage) : signInAgain(c, 'none');
  });
  routes.get('/dashboard/', (c) => c.redirect('../dashboard', 308));

  // Another site must not sign anybody in or out.
  routes.use('/dashboard/*', ownFormsOnly);
  routes.post('/dashboard', async (c) => {
    if (token === undefined) return signInAgain(c, 'no-token-set');
    const mayTry = await tries.consume(clientOf(callerOf(c), proxies)).then(
      () => true,
      () => false,
    );
    if (!mayTry) return signInAgain(c, 'too-often');
    const { token: given } = await c.req.parseBody();
    if (typeof given !== 'string' || !(await isSame(given.trim(), token))) return signInAgain(c, 'wrong');
    await signIn(c, token, proxies);
    // To the view that was asked for; browsers keep the panel: https://fetch.spec.whatwg.org/#http-redirect-fetch
    return c.redirect(`dashboard${new URL(c.req.url).search}`, 303);
  });
  routes.post('/dashboard/sign-out', async (c) => {
    await signOut(c, token);
    return c.redirect('../dashboard', 303);
  });

  // The only thing that a signed-in browser may start: it reads, and sends nothing to anybody.
  routes.post('/dashboard/sync', async (c) => {
    if (token === undefined || !(await isSignedIn(c, token)))
      throw new Problem({ status: 401, code: 'signed-out', detail: 'Sign in to the dashboard again.' });
    return c.json({ started: await sync.begin(c.req.raw) }, 202, { 'Cache-Control': 'no-store' });
  });

  routes.get('/dashboard/:file', async (c) => {
    const name = c.req.param('file');
    const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
    if (type === undefined) return c.notFound();
    const file = await runtime.dashboardFile(name).catch((cause: unknown) => {
      log.error({ err: cause }, 'a file of the dashboard is missing: npm run build');
      throw new Problem({ status: 503, code: 'not-built', detail: 'The dashboard was not built.' });
    });
    const headers = { ...HEADERS, ETag: file.etag, 'Cache-Control': 'no-cache' };
    if (isKnownToClient(c.req.header('if-none-match'), file.etag)) return c.body(null, 304, headers);
    return c.body(file.body, 200, { ...headers, 'Content-Type': type });
  });
  return { name: 'dashboard', routes };
}
