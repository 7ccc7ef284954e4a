import { Hono, type Context as Call } from 'hono';
import { accepts } from 'hono/accepts';
import { VERSION } from '../../version.js';
import type { Feature, Context } from '../feature.js';
import type { Env } from '../http/env.js';
import { isKnownToClient } from '../http/known-to-client.js';
import { Problem } from '../http/problem.js';
import { isShared, isWithin, prefixOf } from '../upstreams/pages.js';
import { EMBED_CSS, embedPage, policyFor, refusalPage } from './embed-page.js';

const MAX_SRC = 2048;
const HOUR = 'public, max-age=3600';
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Options that the companion decides, not the author of the link. */
const OWN = ['src', 'lang', 'api', 'companion', 'metrics-endpoint'];

const LANGUAGE = /^[a-z]{2,3}(-[a-z\d]{2,8}){0,3}$/i;

/** What the link asks for, else what the browser prefers. */
const languageOf = (c: Call<Env>): string =>
  [c.req.query('lang'), c.req.header('accept-language')?.split(/[,;]/, 1)[0]].find(
    (written) => written !== undefined && LANGUAGE.test(written),
  ) ?? 'en';

const shown = (text: string): string => JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);

/** `GET /embed?src=…`: a page with one widget, for places that take only an address; and the widget's own files. */
export function embedFeature({ settings, upstreams, runtime }: Context): Feature {
  const { pages } = settings.embed;
  const allowed = pages.filter((page) => page !== '*').map(prefixOf);
  // Unless the owner lists pages, an account may serve all pages of a service; those are not shown as the owner's.
  const own = settings.upstreams
    .flatMap((one) => one.pages.map(prefixOf))
    .filter((prefix) => !isShared(prefix));
  const isOpen = (page: URL): boolean =>
    pages.includes('*') ||
    isWithin(page, allowed) ||
    (isWithin(page, own) && upstreams.all.some((upstream) => upstream.serves(page)));

  /** The page to show, or why there is none to be shown. */
  function pageOf(src: string | undefined): URL | string {
    if (src === undefined || src === '')
      return 'The address of this page has to name a scheduling page: /embed?src=https://cal.com/you/30min';
    if (src.length > MAX_SRC || !URL.canParse(src) || !/^https?:$/.test(new URL(src).protocol))
      return `src must be the http(s) address of a scheduling page, not ${shown(src)}.`;
    const page = new URL(src);
    return isOpen(page)
      ? page
      : `This companion does not show pages of ${page.host}, or not this one. Its owner can allow it with the option embed.pages.`;
  }

  const routes = new Hono<Env>();

  routes.get('/embed', (c) => {
    // The page's addresses are relative: below `/embed/` they would lead to nothing.
    const { pathname, search } = new URL(c.req.url);
    if (pathname.endsWith('/')) return c.redirect(`../embed${search}`, 308);
    const page = pageOf(c.req.query('src'));
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'strict-origin-when-cross-origin');
    if (typeof page === 'string') {
      c.header('Content-Security-Policy', policyFor(null));
      c.header('Cache-Control', 'no-store');
      return c.html(refusalPage(page), 400);
    }
    const options = new URL(c.req.url).searchParams;
    for (const name of OWN) options.delete(name);
    options.set('companion', '.');
    c.header('Content-Security-Policy', policyFor(page));
    c.header('Cache-Control', 'public, max-age=300');
    c.header('Vary', 'Accept-Language');
    return c.html(
      embedPage(languageOf(c), { src: page.href, label: options.get('label') || 'Book a time', options }),
    );
  });

  routes.get('/embed.css', (c) =>
    c.body(EMBED_CSS, 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': HOUR,
      'X-Content-Type-Options': 'nosniff',
    }),
  );

  async function file(c: Call<Env>, path: string, cacheControl: string): Promise<Response> {
    const built = await runtime.widgetFile(path);
    if (!built)
      throw new Problem({
        status: 404,
        code: 'no-such-file',
        detail: `The widget that came with this companion has no file ${path}.`,
      });
    const headers = {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': cacheControl,
      ETag: built.etag,
      Vary: 'Accept-Encoding',
      'X-Content-Type-Options': 'nosniff',
      // Other sites may take the widget from here as well.
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    };
    if (isKnownToClient(c.req.header('if-none-match'), built.etag))
      return new Response(null, { status: 304, headers });
    const isPacked = accepts(c, { header: 'Accept-Encoding', supports: ['br'], default: '' }) === 'br';
    return isPacked && built.brotli
      ? new Response(built.brotli, { headers: { ...headers, 'Content-Encoding': 'br' } })
      : new Response(built.body, { headers });
  }

  routes.get('/:name{booking-widget(\\.all)?\\.m?js}', (c) => file(c, c.req.param('name'), HOUR));
  routes.get('/:version{v[\\w.-]+}/:name{[\\w-]+\\.js}', (c) => {
    const { version, name } = c.req.param();
    // What is in a version's folder never changes; of other versions there is nothing here.
    return file(c, version === `v${VERSION}` ? `${version}/${name}` : 'another version', FOR_EVER);
  });

  return { routes };
}
