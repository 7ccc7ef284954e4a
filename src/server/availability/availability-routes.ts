import { Hono } from 'hono';
import { DAY_MS } from '../../scheduling/durations.js';
import { TIMES_SWEEP_MS } from '../durations.js';
import type { Availability } from '../../protocol/availability.js';
import { alternatives, type Alternative } from '../../scheduling/alternatives.js';
import type { Feature, Context } from '../feature.js';
import { allowOrigins } from '../http/cors.js';
import type { Env } from '../http/env.js';
import { headerOf } from '../http/plain.js';
import { Problem, spreadRetryAfter } from '../http/problem.js';
import { storeFailureOf } from '../store-failure.js';
import { UpstreamFailure, type FailureName } from '../upstreams/upstream.js';
import type { AnswerKind } from './answer-kind.js';
import { TIMES_GONE, type TimesGone } from './forget.js';
import { readQuery, type AvailabilityQuery } from './availability-query.js';
import { etagOf, ReadyAnswers, type ReadyAnswer } from './ready-answers.js';
import { removeOldAvailability } from './remove-old.js';
import type { Found, Times } from './times.js';
import { answerWriter, tagOf } from './write-answer.js';
import { unref } from '../timers.js';

/** Where slots are requested. */
export const AVAILABILITY = '/v1/availability';

/** How long a response with unconfirmed times is kept ready, in milliseconds. */
const STALE_READY = 1000;

/** Why times of the memory are older than they should be. */
const STORE = 'store';

/** An answer without times that are over by now. */
function withoutPast(body: string, now: number): string {
  const answer = JSON.parse(body) as Answer;
  const isAhead = ({ start }: { readonly start: string }): boolean => Date.parse(start) > now;
  return JSON.stringify({
    ...answer,
    slots: answer.slots.filter(isAhead),
    ...(answer.alternatives && { alternatives: answer.alternatives.filter(isAhead) }),
  });
}

const iso = (instant: number): string => new Date(instant).toISOString();

/** With `preferred`, the times nearest to it, and why each. */
type Answer = Availability & {
  readonly alternatives?: readonly (Alternative['slot'] & { readonly reason: Alternative['reason'] })[];
};

function answerOf({ wanted, timeZone, preferred }: AvailabilityQuery, found: Found, now: number): Answer {
  return {
    v: 1,
    from: iso(wanted.from),
    to: iso(found.to),
    fetchedAt: found.fetchedAt,
    slots: found.slots,
    ...(preferred !== undefined && {
      alternatives: alternatives(found.slots, preferred, { now, timeZone }).map(({ slot, reason }) => ({
        ...slot,
        reason,
      })),
    }),
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
  store: 503,
};

/** The problem that a failure of the upstream is to the client. */
export function problemOf(failure: UpstreamFailure): Problem {
  const { code, message, wait } = failure;
  const isMissing = code === 'not-found';
  return new Problem({
    status: STATUS[code],
    code: isMissing ? 'unknown-event-type' : code === 'store' ? 'store-unavailable' : `upstream-${code}`,
    detail: isMissing ? 'The scheduling service knows no such event type.' : `No times: ${message}.`,
    headers: isMissing ? { 'Cache-Control': 'public, max-age=30' } : spreadRetryAfter(wait || 2000),
    ...(failure.cause !== undefined && { cause: failure.cause }),
  });
}

/** `GET /v1/availability`: slots, fetched once for all clients. */
export function availabilityFeature(
  context: Context,
  times: Times,
  onAnswer: (kind: AnswerKind, ms?: number) => void = () => undefined,
): Feature {
  const { store, bus, settings, upstreams, now, log } = context;
  const ready = new ReadyAnswers();

  /** What was last answered, marked as not confirmed; undefined where nothing young enough is in memory. */
  async function remembered(search: string): Promise<ReadyAnswer | undefined> {
    const last = ready.last(search);
    if (!last || Math.abs(now() - last.fetchedAt) > DAY_MS) return undefined;
    if (last.failure === STORE && last.until > now()) return last;
    const moment = ready.moment();
    const body = withoutPast(last.body, now());
    const answer: ReadyAnswer = {
      ...last,
      body,
      etag: await etagOf(body),
      failure: STORE,
      until: now() + STALE_READY,
      madeAt: now(),
      packed: {},
      headers: {},
    };
    ready.set(search, answer, moment);
    return answer;
  }

  async function make(search: string, query: URLSearchParams): Promise<[ReadyAnswer] | [ReadyAnswer, Found]> {
    const moment = ready.moment();
    // While the store is out, nobody waits to learn that once more.
    const old = context.storeMonitor.state().isUsable ? undefined : await remembered(search);
    if (old) return [old];
    try {
      const read = await readQuery(query, upstreams.all, now());
      const { upstream, event, wanted } = read;
      const found = await times.find(upstream, event, wanted);
      if (found.failure)
        log.info({ code: found.failure.code, account: upstream.account }, 'stale times given out');
      const body = JSON.stringify(answerOf(read, found, now()));
      const answer: ReadyAnswer = {
        body,
        etag: await etagOf(body),
        event: event.key,
        tag: await tagOf(event.key),
        ...(found.failure && { failure: found.failure.code }),
        freshUntil: found.freshUntil,
        madeAt: now(),
        fetchedAt: found.fetchedAt,
        until: found.failure || found.freshUntil <= now() ? now() + STALE_READY : found.freshUntil,
        packed: {},
        headers: {},
      };
      ready.set(search, answer, moment);
      return [answer, found];
    } catch (cause) {
      if (cause instanceof UpstreamFailure) throw problemOf(cause);
      if (!storeFailureOf(cause)) throw cause;
      void context.storeMonitor.check();
      const last = await remembered(search);
      if (!last) throw cause;
      log.warn({ err: cause }, 'the store cannot be used; times are given out from memory');
      return [last];
    }
  }

  const write = answerWriter(settings.origins, context.runtime.packers);
  const routes = new Hono<Env>();
  routes.options(AVAILABILITY, allowOrigins(settings.origins));
  routes.get(AVAILABILITY, async (c) => {
    const started = performance.now();
    const { url } = c.req;
    const search = url.slice(url.indexOf('?') + 1 || url.length);
    const kept = ready.get(search, now());
    const [answer, found] = kept
      ? [kept]
      : await make(search, new URLSearchParams(search)).catch((cause: unknown) => {
          onAnswer('failed', performance.now() - started);
          throw cause;
        });
    const { status, headers, body } = write(
      answer,
      {
        ifNoneMatch: c.req.header('if-none-match'),
        acceptEncoding: c.req.header('accept-encoding'),
        origin: c.req.header('origin'),
      },
      now(),
    );
    const isMiss = found && !found.known && !found.failure;
    onAnswer(answer.failure ? 'stale' : isMiss ? 'miss' : 'hit', performance.now() - started);
    // Headers as a plain object go to the socket as they are: in any other form they cost as much as all the rest.
    return new Response(body, {
      status,
      headers: isMiss ? { ...headers, 'Cache-Status': 'booking-widget; fwd=miss' } : { ...headers },
    });
  });

  const prefix = `${AVAILABILITY}?`;

  let unsubscribe = (): void => undefined;
  let sweeping: NodeJS.Timeout | undefined;

  return {
    routes,
    ready: {
      route: AVAILABILITY,
      answer(request) {
        if (request.method !== 'GET' || !request.url.startsWith(prefix)) return undefined;
        const kept = ready.get(request.url.slice(prefix.length), now());
        if (!kept) return undefined;
        onAnswer(kept.failure ? 'stale' : 'hit');
        const asked = {
          ifNoneMatch: headerOf(request, 'if-none-match'),
          acceptEncoding: headerOf(request, 'accept-encoding'),
          origin: headerOf(request, 'origin'),
        };
        return write(kept, asked, now());
      },
    },
    start() {
      unsubscribe = bus.subscribe(TIMES_GONE, ({ data }) => ready.drop((data as TimesGone).keys));
      sweeping = setInterval(() => {
        removeOldAvailability(store).catch((cause: unknown) =>
          log.warn({ err: cause }, 'old times cannot be removed'),
        );
      }, TIMES_SWEEP_MS);
      unref(sweeping);
    },
    stop() {
      clearInterval(sweeping);
      unsubscribe();
    },
  };
}
