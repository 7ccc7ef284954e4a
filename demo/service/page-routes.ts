import { Hono, type Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { BrowserFiles, fileResponse } from './browser-files.js';
import { bookingCard } from './cards.js';
import { book, cancel, move } from './booking-actions.js';
import { configured } from './event-settings.js';
import { addressOf, jsonOf, queryOf, type Env } from './http.js';
import { isOn, numberOf, type Knobs } from './knobs.js';
import type { ProviderName, PageData, PageSlots, PageView } from './page/page-data.js';
import { isZone } from './page/zone-time.js';
import { pageScript } from './page-scripts.js';
import { PAGE_DIR, PAGE_POLICY, pageShell } from './page-shell.js';
import type { Service } from './service.js';
import { fault, isFailingStatus } from './slots-faults.js';

/** The URLs of one provider's pages. */
export interface ProviderPages {
  readonly provider: ProviderName;
  /** The view at a path; an error view where the path is unknown. */
  view(path: string, query: URLSearchParams): PageView;
  /** Event type or host that a path is about; empty for none. */
  key(path: string): string;
  /** Whether this request is for a page inside a frame. */
  embedded(url: URL, request: Request): boolean;
  /** Headers of every page document of this provider. */
  readonly headers: (url: URL) => Readonly<Record<string, string>>;
  /** Where a document really is, when it is not here. */
  redirect?(url: URL): string | null;
}

const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)));

const bookingSchema = z.object({
  key: z.string(),
  start: instant,
  duration: z.int().min(1),
  name: z.string().min(1).max(200),
  email: z.email(),
  timeZone: z.string().refine(isZone),
  notes: z.string().max(5000),
  guests: z.array(z.email()).max(20),
  metadata: z.record(z.string(), z.string()),
  moving: z.string().nullable(),
});

const titleOf = (page: PageView): string => {
  if (page.view === 'event') return page.event.title;
  if (page.view === 'profile') return page.host.name;
  return page.view === 'booking'
    ? page.booking.title
    : page.view === 'error'
      ? page.message
      : 'Not available';
};

const MESSAGES: Readonly<Record<number, string>> = {
  403: 'You may not see this page',
  404: 'This page could not be found',
  500: 'Something went wrong on our side',
};

export const errorPage = (status: number): PageView => ({
  view: 'error',
  status,
  message: MESSAGES[status] ?? 'This page is not available',
});

const MAX_DAYS = 800;

/** Where the knob `redirect` leads; null where it does not hold. A sibling is not redirected, because that would be endless. */
function redirectTarget(url: URL, knobs: Knobs, plain: string): string | null {
  const wanted = knobs.redirect ?? '';
  if (wanted === 'stranger') return `${plain}/book/30min`;
  if (wanted === 'sibling') {
    if (url.searchParams.has('redirected')) return null;
    const sibling = new URL(url);
    sibling.hostname = url.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
    sibling.searchParams.set('redirected', '1');
    return sibling.href;
  }
  return URL.canParse(wanted) ? wanted : null;
}

/** A provider's pages, their static files, and the requests the pages make to their own server. */
export function pageRoutes(service: Service, routes: ProviderPages): Hono<Env> {
  const { provider } = routes;
  const files = new BrowserFiles(PAGE_DIR);
  const app = new Hono<Env>();

  const note = (c: Context<Env>, key: string, address = addressOf(c)): void => {
    const { pathname: path } = new URL(c.req.url);
    const origin = c.req.header('origin') ?? c.req.header('referer') ?? '';
    const { method } = c.req;
    service.requests.add({
      time: service.clock(),
      provider,
      method,
      path,
      query: queryOf(c),
      key,
      address,
      origin,
    });
  };

  app.get('/__page/view', (c) => {
    const url = new URL(queryOf(c).get('path') ?? '/', c.req.url);
    return c.json(routes.view(url.pathname, url.searchParams));
  });

  app.get('/__page/slots', async (c) => {
    const query = queryOf(c);
    const key = query.get('key') ?? '';
    const knobs = service.board.of(key, 'api', query);
    note(c, key, knobs.address);
    const pause = numberOf(knobs, 'page-slots-delay');
    if (pause !== null) await wait(pause);
    const event = service.catalogue.byKey(key);
    const from = Date.parse(query.get('from') ?? '');
    const to = Date.parse(query.get('to') ?? '');
    const duration = Number(query.get('duration'));
    if (!event || !(to - from < MAX_DAYS * 86_400_000) || !event.durations.includes(duration)) {
      return c.json({ error: 'bad question' }, 400);
    }
    const moving = query.get('moving') ?? undefined;
    const check = query.get('check');
    // A reserved slot is not listed, but can be booked by its URL: the visitor may hold the reservation.
    const slots = service.slots(event, { from, to, duration }, knobs, { booking: moving });
    const next = slots.length > 0 ? null : service.nextSlot(event, { from: to, duration }, knobs);
    const answer: PageSlots = {
      slots: slots.map((start) => new Date(start).toISOString()),
      next: next === null ? null : new Date(next).toISOString(),
      free: check === null ? null : service.isBookable(event, Date.parse(check), duration, knobs, moving),
    };
    return c.json(answer);
  });

  app.post('/__page/bookings', async (c) => {
    const asked = bookingSchema.safeParse(await jsonOf(c));
    if (!asked.success) return c.json({ error: z.prettifyError(asked.error) }, 400);
    const { key, start, duration, moving, name, email, timeZone, notes, guests, metadata } = asked.data;
    note(c, key);
    const knobs = service.board.of(key, 'api', queryOf(c));
    const known = service.catalogue.byKey(key);
    if (!known?.durations.includes(duration)) return c.json({ error: 'no such event type' }, 404);
    const event = configured(known, knobs);
    const attendee = { name, email, timeZone };
    const request = { event, start: Date.parse(start), duration, attendee, notes, guests, metadata };
    const old = moving === null ? null : service.bookings.get(moving);
    if (moving !== null && (old?.status ?? 'CANCELLED') === 'CANCELLED') {
      return c.json({ error: 'the booking to move is gone' }, 404);
    }
    const booking = old ? await move(service, old, request, knobs) : await book(service, request, knobs);
    if (typeof booking !== 'object') return c.json({ taken: true }, 409);
    return c.json({ booking: bookingCard(service, booking, provider) }, 201);
  });

  app.post('/__page/bookings/:uid/cancel', async (c) => {
    const booking = service.bookings.get(c.req.param('uid'));
    if (!booking) return c.json({ error: 'no such booking' }, 404);
    note(c, booking.key);
    const asked = z.object({ reason: z.string().max(5000) }).safeParse(await jsonOf(c));
    const cancelled = await cancel(service, booking, asked.success ? asked.data.reason : '');
    return c.json(bookingCard(service, cancelled, provider));
  });

  app.get('/__page/:file', async (c) => {
    const name = c.req.param('file');
    const file = (await pageScript(name)) ?? (await files.read(name));
    return file ? fileResponse(file, c.req.raw) : c.text('Not found', 404);
  });

  /** A document of this origin that posts forged messages. */
  app.get('/__noise', (c) => {
    c.header('Content-Security-Policy', PAGE_POLICY);
    return c.html(
      '<!doctype html><html lang="en"><meta charset="utf-8"><title>Noise</title><link rel="icon" href="data:,">' +
        '<script type="module" src="/__page/noise-page.js"></script></html>',
    );
  });

  app.get('/favicon.ico', (c) => c.body(null, 204));

  app.get('*', async (c) => {
    const url = new URL(c.req.url);
    const key = routes.key(url.pathname);
    const knobs = service.board.of(key, 'page', url.searchParams);
    note(c, key, knobs.address);
    const stopped = await fault(c, knobs);
    if (stopped) return stopped;
    if (knobs.status === '204') return c.body(null, 204);
    const target = redirectTarget(url, knobs, service.origins.plain);
    if (target !== null) return c.redirect(target, 302);
    const elsewhere = routes.redirect?.(url) ?? null;
    if (elsewhere !== null) return c.redirect(elsewhere, 307);

    const forced = numberOf(knobs, 'status');
    const page = isFailingStatus(forced) ? errorPage(forced) : routes.view(url.pathname, url.searchParams);
    const data: PageData = {
      provider,
      page,
      now: service.slotsFrom(knobs),
      knobs,
      embed: routes.embedded(url, c.req.raw),
    };
    const ancestors = knobs['frame-ancestors'];
    const policy = ancestors === undefined ? PAGE_POLICY : `${PAGE_POLICY}; frame-ancestors ${ancestors}`;
    c.header('Content-Security-Policy', policy);
    c.header('Cache-Control', 'no-store');
    if (knobs.xfo !== undefined) c.header('X-Frame-Options', knobs.xfo);
    if (isOn(knobs, 'download')) c.header('Content-Disposition', 'attachment; filename="page.html"');
    if (isOn(knobs, 'coep')) c.header('Cross-Origin-Embedder-Policy', 'require-corp');
    for (const [name, value] of Object.entries(routes.headers(url))) c.header(name, value);
    const status: ContentfulStatusCode =
      page.view === 'error' && isFailingStatus(page.status) ? page.status : 200;
    return c.html(
      pageShell({ data, theme: url.searchParams.get('theme') ?? '', title: titleOf(page) }),
      status,
    );
  });
  return app;
}
