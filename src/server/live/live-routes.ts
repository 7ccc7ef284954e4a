import { Hono, type Context as Call } from 'hono';
import { LIVE_FULL_MS, LIVE_RECONNECT_MS } from '../durations.js';
import type { Feature, Context } from '../feature.js';
import { problemOf } from '../availability/availability-routes.js';
import { TIMES_GONE } from '../availability/forget.js';
import { eventAtPage, eventWithId } from '../availability/availability-query.js';
import { clientOf } from '../http/client.js';
import { allowOrigins, corsHeaders } from '../http/cors.js';
import type { Env } from '../http/env.js';
import { Problem, retryAfter } from '../http/problem.js';
import type { Settings } from '../options.js';
import { UpstreamFailure, type Upstream } from '../upstreams/upstream.js';
import { eventPiece, openStream, retryPiece, STREAM_HEADERS } from './event-stream.js';
import { GoneTimes, readGone, type Gone } from './gone-times.js';
import { eventId, numberIn, readLife } from './life.js';
import { Listeners, type Wanted } from './listeners.js';
import { unref } from '../timers.js';

/** Where pages listen. */
export const LIVE = '/v1/live';

/** Maximum number of event types of one connection. */
const MAX_EVENTS = 50;

/** The words that a page has for the event types of a `times-gone`. */
const namesFor = (wanted: Wanted, { keys }: Gone): string[] => keys.flatMap((key) => wanted.get(key) ?? []);

/** Pages of before `pages` was there ask for everything again, which is right, too. */
const askPiece = (id: string, pages?: readonly string[]): Uint8Array =>
  eventPiece('ask-anew', id, { v: 1, ...(pages && { pages }) });

const gonePiece = (id: string, { start, end, freed = false }: Gone, src: readonly string[]): Uint8Array =>
  eventPiece(TIMES_GONE, id, {
    v: 1,
    src,
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
    taken: !freed,
  });

/** A moment in milliseconds since 1970; undefined for anything else. */
const momentIn = (text: string | null): number | undefined =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/** The event types of a request. Unknown ones are left out, as long as one is left. */
async function wantedBy(query: URLSearchParams, upstreams: readonly Upstream[]): Promise<Wanted> {
  const pages = [...new Set(query.getAll('src'))];
  if (pages.length > MAX_EVENTS)
    throw new Problem({
      status: 400,
      code: 'too-many-event-types',
      detail: `A page may listen for ${MAX_EVENTS} event types at most, not ${pages.length}.`,
    });
  const id = query.get('eventType');
  const found = await Promise.allSettled(
    pages.length > 0
      ? pages.map((src) => eventAtPage(src, upstreams))
      : [eventWithId(id, query.get('provider'), upstreams)],
  );
  const wanted = new Map<string, string[]>();
  let refused: unknown;
  found.forEach((one, index) => {
    if (one.status === 'rejected') refused ??= one.reason;
    else {
      const { key } = one.value.event;
      wanted.set(key, [...(wanted.get(key) ?? []), pages[index] ?? id ?? '']);
    }
  });
  if (wanted.size === 0) throw refused instanceof UpstreamFailure ? problemOf(refused) : refused;
  return wanted;
}

function full(limit: 'connections' | 'perClient', live: Settings['live']): Problem {
  const isAll = limit === 'connections';
  return new Problem({
    status: isAll ? 503 : 429,
    code: 'too-many-listeners',
    detail: isAll
      ? `As many pages listen as may (${live.connections}).`
      : `No client may listen more than ${live.perClient} times at once.`,
    headers: retryAfter(LIVE_FULL_MS),
  });
}

/**
 * `GET /v1/live`: server-sent events for open pages: which times are gone. Every instance sends its own pages the events of
 * all instances.
 */
export function liveFeature(context: Context): Feature {
  const { bus, store, settings, upstreams, draining, log } = context;
  const listeners = new Listeners(settings.live);
  let recent = new GoneTimes(0);
  let life = '';
  const idOf = ({ id }: Gone): string => eventId(life, id);
  const newest = (): string => eventId(life, bus.newest());

  function send(gone: Gone): void {
    recent.add(gone);
    // Most pages name the same event type in the same way.
    const pieces = new Map<string, Uint8Array>();
    for (const listener of listeners.of(gone.keys)) {
      const words = namesFor(listener.wanted, gone);
      const name = words.join('\n');
      const piece =
        pieces.get(name) ?? (gone.ask ? askPiece(idOf(gone), words) : gonePiece(idOf(gone), gone, words));
      pieces.set(name, piece);
      if (!listener.send(piece)) listener.end();
    }
  }

  const here = (): Uint8Array => eventPiece('here', newest(), { v: 1 });

  function beat(): void {
    const piece = here();
    for (const listener of listeners.beat()) if (!listener.send(piece)) listener.end();
  }

  /** What a page that comes back has missed; null when that is too long ago. */
  function missed(query: URLSearchParams, lastId: string | undefined): readonly Gone[] | null {
    const id = numberIn(lastId ?? query.get('lastEventId'), life);
    // An id of another life, or of the future: which events came after it is not known.
    if (id === null || (id !== undefined && id > bus.newest())) return null;
    if (id !== undefined) return recent.since(id);
    const moment = momentIn(query.get('since'));
    return moment === undefined ? [] : recent.sinceMoment(moment);
  }

  function refuseMore(client: string): void {
    if (draining.aborted)
      throw new Problem({
        status: 503,
        code: 'stopping',
        detail: 'This companion is about to stop.',
        headers: retryAfter(LIVE_RECONNECT_MS),
      });
    const limit = listeners.objection(client);
    if (limit) throw full(limit, settings.live);
  }

  const headersFor = corsHeaders(settings.origins);

  async function answer(c: Call<Env>): Promise<Response> {
    const query = new URL(c.req.url).searchParams;
    const client = clientOf(
      {
        address: (c.env as Env['Bindings'] | undefined)?.address,
        forwarded: c.req.header('x-forwarded-for'),
      },
      settings.proxies,
    );
    refuseMore(client);
    const wanted = await wantedBy(query, upstreams.all);
    // Others may have come while the event types were looked up. From here on nothing is waited for.
    refuseMore(client);
    const headers = { ...STREAM_HEADERS, ...headersFor(c.req.header('origin')) };
    if (c.req.method === 'HEAD') return new Response(null, { headers });
    const old = missed(query, c.req.header('last-event-id'));
    const ours = (old ?? [])
      .map((gone) => ({ gone, words: namesFor(wanted, gone) }))
      .filter(({ words }) => words.length > 0);
    const asks = ours.filter(({ gone }) => gone.ask);
    const begin = [
      retryPiece(LIVE_RECONNECT_MS * (1 + Math.random())),
      ...(old ? [] : [askPiece(newest())]),
      ...ours.filter(({ gone }) => !gone.ask).map(({ gone, words }) => gonePiece(idOf(gone), gone, words)),
      ...(asks.length > 0
        ? [
            askPiece(eventId(life, asks.at(-1)?.gone.id ?? 0), [
              ...new Set(asks.flatMap(({ words }) => words)),
            ]),
          ]
        : []),
      here(),
    ];
    return new Response(openStream(listeners, { wanted, client }, begin), { headers });
  }

  const routes = new Hono<Env>();
  routes.use(LIVE, allowOrigins(settings.origins));
  routes.get(LIVE, answer);

  let unsubscribe = (): void => undefined;
  let beating: NodeJS.Timeout | undefined;
  const endAll = (): void => {
    if (listeners.count > 0) log.debug({ pages: listeners.count }, 'listening pages are sent away');
    listeners.endAll();
  };

  return {
    routes,
    async start() {
      life = await readLife(store);
      const early: Gone[] = [];
      let handle = (gone: Gone): void => void early.push(gone);
      unsubscribe = bus.subscribe(TIMES_GONE, (event) => handle(readGone(event)));
      const { after, events } = await bus.kept(TIMES_GONE);
      recent = new GoneTimes(after);
      for (const event of events) recent.add(readGone(event));
      handle = send;
      early.forEach(send);
      beating = setInterval(beat, 1000);
      unref(beating);
      draining.addEventListener('abort', endAll);
    },
    stop() {
      unsubscribe();
      clearInterval(beating);
      draining.removeEventListener('abort', endAll);
      endAll();
    },
  };
}
