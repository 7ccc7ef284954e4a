import { Hono } from 'hono';
import { createHash } from 'node:crypto';
import type { Availability } from '../../protocol/availability.js';
import { alternatives, type Alternative } from '../../times/alternatives.js';
import * as calendar from '../../times/local-days.js';
import type { Area, Context } from '../area.js';
import { allowOrigins, corsHeaders } from '../http/cors.js';
import type { Env } from '../http/env.js';
import { Problem, retryAfter } from '../http/problem.js';
import { UpstreamFailure, type FailureName } from '../upstreams/upstream.js';
import { TIMES_GONE, type TimesGone } from './forget.js';
import { readQuestion, type AvailabilityQuestion } from './question.js';
import { etagOf, pack, ReadyAnswers, type ReadyAnswer } from './ready-answers.js';
import { DAY, dayNumber, type AvailabilityTables } from './tables.js';
import { REVALIDATE, type Found, type Times } from './times.js';

/** Where times are asked for. */
export const AVAILABILITY = '/v1/availability';

/** An answer with times that could not be confirmed is kept ready for so long, in milliseconds. */
const STALE_READY = 1000;

/** How often what nobody needs any more is removed, and after how long, in milliseconds. */
const SWEEP = 3_600_000;
const UNUSED = 30 * DAY;

const iso = (instant: number): string => new Date(instant).toISOString();

/** With `preferred`, the times nearest to it, and why each. */
type Answer = Availability & {
  readonly alternatives?: readonly (Alternative['slot'] & { readonly reason: Alternative['reason'] })[];
};

function answerOf({ wanted, timeZone, preferred }: AvailabilityQuestion, found: Found, now: number): Answer {
  return {
    v: 1,
    from: iso(wanted.from),
    to: iso(found.to),
    fetchedAt: found.fetchedAt,
    slots: found.slots,
    ...(preferred !== undefined && {
      alternatives: alternatives(found.slots, preferred, { now, timeZone, calendar }).map(
        ({ slot, reason }) => ({
          ...slot,
          reason,
        }),
      ),
    }),
  };
}

/** A name for content networks that can forget by name; the same for all ranges and zones of an event type. */
export const tagOf = (event: string): string =>
  `times-${createHash('sha256').update(event).digest('hex').slice(0, 16)}`;

/** How long others may keep an answer, and how old it is (RFC 9111, 5861 and 9211). */
function headersOf(event: string, { freshUntil, failure }: Found, now: number): Record<string, string> {
  const ttl = Math.floor((freshUntil - now) / 1000);
  const shared = failure ? 5 : Math.max(1, Math.min(ttl, 600));
  return {
    'Content-Type': 'application/json',
    // A browser asks each time; a content network may answer for us while times are fresh.
    'Cache-Control': `public, max-age=0, s-maxage=${shared}, stale-while-revalidate=${REVALIDATE / 1000}, stale-if-error=86400`,
    'Cache-Tag': tagOf(event),
    'Surrogate-Key': tagOf(event),
    'Cache-Status': `booking-widget; hit; ttl=${ttl}${failure ? `; detail=${failure.code}` : ''}`,
  };
}

const STATUS: Readonly<Record<FailureName, 404 | 502 | 503 | 504>> = {
  'not-found': 404,
  refused: 502,
  'rate-limited': 503,
  budget: 503,
  open: 503,
  busy: 503,
  timeout: 504,
  unreachable: 502,
  status: 502,
  'not-understood': 502,
};

function problemOf(failure: UpstreamFailure): Problem {
  const { code, message, wait } = failure;
  const isMissing = code === 'not-found';
  return new Problem({
    status: STATUS[code],
    code: isMissing ? 'unknown-event-type' : `upstream-${code}`,
    detail: isMissing ? 'The scheduling service knows no such event type.' : `No times: ${message}.`,
    headers: isMissing ? { 'Cache-Control': 'public, max-age=30' } : retryAfter(wait || 2000),
    ...(failure.cause !== undefined && { cause: failure.cause }),
  });
}

/** `GET /v1/availability`: bookable times, asked for once for everybody. */
export function availabilityArea(context: Context, times: Times): Area {
  const { store, bus, settings, upstreams, now, log } = context;
  const ready = new ReadyAnswers();

  async function make(search: string, query: URLSearchParams): Promise<[ReadyAnswer, Found]> {
    const moment = ready.moment();
    try {
      const question = await readQuestion(query, upstreams.all, now());
      const { upstream, event, wanted } = question;
      const found = await times.find(upstream, event, wanted);
      if (found.failure)
        log.info({ code: found.failure.code, account: upstream.account }, 'stale times given out');
      const body = JSON.stringify(answerOf(question, found, now()));
      const answer = {
        body,
        etag: etagOf(body),
        headers: headersOf(event.key, found, now()),
        event: event.key,
        until: found.failure || found.freshUntil <= now() ? now() + STALE_READY : found.freshUntil,
        packed: {},
      };
      ready.set(search, answer, moment);
      return [answer, found];
    } catch (cause) {
      throw cause instanceof UpstreamFailure ? problemOf(cause) : cause;
    }
  }

  const cors = corsHeaders(settings.origins);
  const vary = settings.origins.includes('*') ? 'Accept-Encoding' : 'Accept-Encoding, Origin';
  const routes = new Hono<Env>();
  routes.options(AVAILABILITY, allowOrigins(settings.origins));
  routes.get(AVAILABILITY, async (c) => {
    const { url } = c.req;
    const search = url.slice(url.indexOf('?') + 1 || url.length);
    const open = cors(c.req.header('origin'));
    const kept = ready.get(search, now());
    const [answer, found] = kept
      ? [kept]
      : await make(search, new URLSearchParams(search)).catch((cause: unknown) => {
          for (const [name, value] of Object.entries(open)) c.header(name, value);
          throw cause;
        });
    // Headers as a plain object go to the socket as they are: in any other form they cost as much as all the rest.
    const headers: Record<string, string> = { ...answer.headers, ...open, ETag: answer.etag, Vary: vary };
    if (found && !found.known && !found.failure) headers['Cache-Status'] = 'booking-widget; fwd=miss';
    if (matches(c.req.header('if-none-match'), answer.etag))
      return new Response(null, { status: 304, headers });
    const { encoding, body } = pack(answer, c.req.header('accept-encoding') ?? '');
    if (encoding) headers['Content-Encoding'] = encoding;
    return new Response(body, { status: 200, headers });
  });

  let unsubscribe = (): void => undefined;
  let sweeping: NodeJS.Timeout | undefined;

  async function sweep(): Promise<void> {
    const db = store.tables<AvailabilityTables>();
    await db
      .deleteFrom('availability_day')
      .where('day', '<', dayNumber(now()) - 2)
      .execute();
    await db
      .deleteFrom('availability_event')
      .where('asked_at', '<', now() - UNUSED)
      .execute();
  }

  return {
    routes,
    start() {
      unsubscribe = bus.subscribe(TIMES_GONE, ({ data }) => ready.drop((data as TimesGone).keys));
      sweeping = setInterval(() => {
        sweep().catch((cause: unknown) => log.warn({ err: cause }, 'old times cannot be removed'));
      }, SWEEP);
      sweeping.unref();
    },
    stop() {
      clearInterval(sweeping);
      unsubscribe();
    },
  };
}

/** Whether the client has this very answer. */
const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^(W\/)?/, 'W/') === etag);
