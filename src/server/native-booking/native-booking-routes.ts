import { Hono, type Context as Call } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { MINUTE_MS } from '../../scheduling/durations.js';
import type { BookingAnswer, BookingRequest } from '../../protocol/booking.js';
import { eventAtPage, type Addressed } from '../availability/availability-query.js';
import type { Confirmations } from '../availability/confirm.js';
import { forgetAll } from '../availability/forget.js';
import { BOOKINGS } from '../bookings/bookings-routes.js';
import type { Context, Feature } from '../feature.js';
import { hourlyRemoval } from '../hourly-removal.js';
import { callerOf, clientOf } from '../http/client.js';
import { allowOrigins } from '../http/cors.js';
import type { Env } from '../http/env.js';
import { Problem, retryAfter } from '../http/problem.js';
import { UpstreamFailure, type BookingOutcome, type TakesBookings } from '../upstreams/upstream.js';
import { answerOf, problemOf } from './booking-answer.js';
import { keyOf, mayBook, readRequest } from './read-request.js';
import {
  claimRequest,
  findRequest,
  forgetRequests,
  hashOf,
  settledRequest,
  settleRequest,
  type RequestRow,
  type Wanted,
} from './requests.js';

const MOST_BYTES = 65_536;

/** Requests of one client in so many seconds, repetitions included; counted in this process. */
const CLIENT_LIMIT = { points: 10, duration: 600 };

/** All bookings share one share of the budget. */
const WHO = { who: 'native bookings', patient: true };

const tooLarge = (): never => {
  throw new Problem({
    status: 413,
    code: 'too-large',
    detail: `A booking may have ${MOST_BYTES} bytes at most.`,
  });
};

const notOffered = (): Problem =>
  new Problem({
    status: 404,
    code: 'booking-not-offered',
    detail: 'This companion takes no bookings of this event type; they are made on its page.',
  });

interface Prepared extends Addressed {
  readonly bookings: TakesBookings;
  readonly send: () => Promise<BookingOutcome>;
}

/**
 * `POST /v1/bookings`: books at a service whose API wants a secret, where the owner has turned that on. One key is one
 * booking, however often and wherever it arrives.
 */
export function nativeBookingFeature(
  context: Context,
  confirmations: Pick<Confirmations, 'add'> = { add: () => undefined },
): Feature {
  const { store, settings, upstreams, now, log, closing } = context;
  const clients = new RateLimiterMemory(CLIENT_LIMIT);
  const routes = new Hono<Env>();

  async function admit(c: Call<Env>): Promise<void> {
    if (!mayBook(c, settings.origins))
      throw new Problem({
        status: 403,
        code: 'origin-not-allowed',
        detail: 'Pages of this origin are not among the `origins` of this companion.',
      });
    try {
      await clients.consume(clientOf(callerOf(c), settings.proxies));
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw new Problem({
        status: 429,
        code: 'too-many-requests',
        detail: `No client may send more than ${CLIENT_LIMIT.points} bookings in ten minutes. Nothing was booked.`,
        headers: retryAfter(refused.msBeforeNext),
      });
    }
  }

  /** Finds the event type and judges the answers; nothing is booked yet. */
  async function prepare(request: BookingRequest): Promise<Prepared> {
    try {
      const { upstream, event } = await eventAtPage(request.src, upstreams.all);
      const { bookings } = upstream;
      if (!bookings) throw notOffered();
      const send = await bookings.prepare(event, request, WHO);
      if (typeof send === 'string')
        throw new Problem({
          status: 400,
          code: 'bad-answer',
          detail: `The answer \`${send.slice(0, 100)}\` is missing, or does not fit.`,
        });
      return { upstream, event, bookings, send };
    } catch (cause) {
      if (!(cause instanceof UpstreamFailure)) throw cause;
      if (cause.code === 'not-found') throw notOffered();
      log.info({ code: cause.code }, 'a booking cannot be prepared');
      throw problemOf('not-sent');
    }
  }

  /** The slot leaves every page, as after a delivery. */
  async function announce({ upstream, event }: Prepared, start: number, end: number): Promise<void> {
    const { provider } = upstream;
    if (provider !== 'cal' && provider !== 'calendly') return;
    const { hosting } = event;
    const booked = {
      ...{ provider, eventType: event.id, slug: event.slug, start, end },
      ...(hosting && { team: hosting.team, isShared: hosting.isShared }),
    };
    try {
      confirmations.add(await forgetAll(context, [booked]));
    } catch (cause) {
      log.warn({ err: cause }, 'a booked slot cannot be announced');
    }
  }

  async function sendAndSettle(prepared: Prepared, { key, startsAt }: Wanted): Promise<BookingOutcome> {
    const { account } = prepared.upstream;
    const outcome = await prepared.send();
    if (outcome.is !== 'booked') {
      const { code, status } = outcome.cause ?? {};
      const level = outcome.is === 'taken' ? 'info' : 'warn';
      log[level]({ account, outcome: outcome.is, code, status }, 'a booking was not confirmed');
    }
    // Without the row a repetition finds the outcome unknown: nothing is sent twice.
    await settleRequest(store, key, outcome).catch((cause: unknown) =>
      log.warn({ err: cause, account }, 'the outcome of a booking cannot be stored'),
    );
    if (outcome.is === 'booked') await announce(prepared, startsAt, Date.parse(outcome.booking.end));
    // How long the other booking is, nobody knows: its first minute is enough.
    if (outcome.is === 'taken') await announce(prepared, startsAt, startsAt + MINUTE_MS);
    return outcome;
  }

  async function repeated(row: RequestRow, { event, startsAt }: Wanted): Promise<BookingAnswer> {
    if (row.event !== event || row.starts_at !== startsAt)
      throw new Problem({
        status: 422,
        code: 'key-reused',
        detail: 'This `Idempotency-Key` belongs to another booking.',
      });
    const settled = await settledRequest(store, row, closing).catch((cause: unknown) => {
      log.info({ err: cause }, 'nobody can say what came of a booking');
      throw problemOf('unknown');
    });
    return answerOf(settled);
  }

  async function book(key: string, request: BookingRequest): Promise<BookingAnswer> {
    const startsAt = Date.parse(request.start);
    const wanted = { key: await hashOf(key), account: '', event: await hashOf(request.src), startsAt };
    const known = await findRequest(store, wanted.key);
    if (known) return repeated(known, wanted);
    if (startsAt < now()) throw problemOf('taken');
    const prepared = await prepare(request);
    const mine = { ...wanted, account: prepared.upstream.account };
    const claim = await claimRequest(store, mine, prepared.bookings.limits);
    if (claim.is === 'theirs') return repeated(claim.row, mine);
    if (claim.is === 'quota') {
      log.warn({ account: mine.account }, 'the quota of bookings is used up: visitors book on the page');
      throw new Problem({
        status: 429,
        code: 'booking-quota',
        detail: 'This companion has sent as many bookings as it may for now. Nothing was booked.',
        headers: retryAfter(claim.wait),
      });
    }
    const outcome = await sendAndSettle(prepared, mine);
    if (outcome.is === 'booked') return { v: 1, ...outcome.booking };
    throw problemOf(outcome.is);
  }

  const cors = allowOrigins(settings.origins);
  routes.options(BOOKINGS, cors);
  routes.post(BOOKINGS, cors, bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge }), async (c) => {
    await admit(c);
    const key = keyOf(c);
    const answer = await book(key, await readRequest(c));
    return c.json(answer, 201, { 'Cache-Control': 'no-store' });
  });

  return {
    name: 'native bookings',
    routes,
    ...hourlyRemoval(
      () => forgetRequests(store),
      (cause) => log.warn({ err: cause }, 'old requests for bookings cannot be removed'),
    ),
  };
}
