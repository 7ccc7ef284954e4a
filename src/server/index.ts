import { Hono, type Context as Call } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { stopAll } from './deadline.js';
import type { Feature, Context } from './feature.js';
import { alertsFeature } from './alerts/alerts-routes.js';
import { answersFeature } from './availability/answers-feature.js';
import { availabilityFeature } from './availability/availability-routes.js';
import { eventFeature } from './availability/event-routes.js';
import { openConfirmations } from './availability/confirm.js';
import { purgeFeature } from './availability/purge-routes.js';
import { Times } from './availability/times.js';
import { bookingsFeature } from './bookings/bookings-routes.js';
import { bookingRecordFeature } from './bookings/booking-record-routes.js';
import { cdnFeature } from './cdn/cdn-feature.js';
import { dashboardFeature } from './dashboard/dashboard-routes.js';
import { embedFeature } from './embed/embed-routes.js';
import { healthRoutes } from './health.js';
import { logAnswered, tellAnswered, type Answered } from './http/answered.js';
import { callerOf, limitClients } from './http/client.js';
import { corsHeaders } from './http/cors.js';
import { endedSessions } from './http/ended-sessions.js';
import type { Env } from './http/env.js';
import { headerOf, type PlainAnswer, type PlainRequest } from './http/plain.js';
import { Problem, problemResponse } from './http/problem.js';
import { proxyNotice } from './http/proxy-notice.js';
import { isStorableUrl } from './http/storable-text.js';
import { metricsFeature } from './metrics/metrics-routes.js';
import { nativeBookingFeature } from './native-booking/native-booking-routes.js';
import { openContext } from './open-context.js';
import { openApiFeature } from './openapi/openapi-routes.js';
import { liveFeature } from './live/live-routes.js';
import type { CompanionOptions } from './options.js';
import type { Runtime } from './runtime.js';
import { openQueue } from './queue/queue-routes.js';
import { storeFailureOf, storeUnavailable } from './store-failure.js';
import { statusFeature } from './status.js';
import { storeWritesFeature } from './store-writes.js';
import { settlingFeature } from './sync/settle-bookings.js';
import { syncFeature } from './sync/sync-routes.js';
import { telemetryFeature } from './telemetry/telemetry-routes.js';
import { openTelemetry } from './telemetry/telemetry.js';
import { warmFeature } from './warm/warm-routes.js';
import { callsFeature } from './upstreams/calls-feature.js';
import { WEBHOOK, webhookJobs } from './webhooks/webhook-jobs.js';
import { webhooksFeature } from './webhooks/webhooks-routes.js';

export type { CompanionOptions } from './options.js';
export type { ErrorContext, OnError } from './report-errors.js';
export { BadOptions } from './options.js';
export type { Runtime } from './runtime.js';

/** What the caller knows of a request that the request does not say. */
export interface RequestInfo {
  /** The client's address, for limits per client; kept nowhere. */
  readonly address?: string | undefined;
}

/** A running companion: a function from a request to its answer. It needs no socket. */
export interface Companion {
  readonly fetch: (request: Request, info?: RequestInfo) => Promise<Response>;
  /**
   * For adapters that can write to a socket: what `fetch` would answer where that lies ready, at a fraction of the cost, with
   * the same limits. Undefined, at once or later, where `fetch` has to be asked.
   */
  readonly ready: (request: PlainRequest) => Promise<PlainAnswer | undefined> | undefined;
  /** Which requests it answers; paths as Hono writes them. The OpenAPI document describes each. */
  readonly routes: readonly { readonly method: string; readonly path: string }[];
  /** To be stopped soon: `/readyz` says so and streams end, while requests are still answered. */
  drain(): void;
  /** Ends what goes on without being asked and closes the store. Twice is fine. */
  close(): Promise<void>;
}

/** All features, in the order in which they start. A line for each. */
async function openFeatures(context: Context): Promise<Feature[]> {
  const times = new Times(context);
  const confirmations = openConfirmations(context, times);
  const settling = settlingFeature(context);
  const queue = openQueue(context, {
    [WEBHOOK]: webhookJobs(context, { confirmations, onUnsettled: settling.look }),
  });
  const telemetry = await openTelemetry(context);
  const sync = syncFeature(context);
  return [
    storeWritesFeature(context),
    callsFeature(context),
    telemetryFeature(context, telemetry),
    answersFeature(context),
    availabilityFeature(context, times, (kind, ms) => {
      telemetry.times(kind, ms);
      context.answers.add(kind, ms);
    }),
    purgeFeature(context),
    cdnFeature(context),
    eventFeature(context),
    liveFeature(context),
    embedFeature(context),
    warmFeature(context, times),
    { stop: () => confirmations.settled() },
    settling,
    queue,
    webhooksFeature(context, queue),
    sync,
    bookingsFeature(context),
    bookingRecordFeature(context),
    nativeBookingFeature(context, confirmations),
    metricsFeature(context, { loads: telemetry.loads, refused: telemetry.refusedReport }),
    statusFeature(context),
    alertsFeature(context),
    openApiFeature(),
    dashboardFeature(context, sync),
  ];
}

/** Bodies larger than this are refused, unless a route says otherwise for itself. */
const MAX_BODY = 1_048_576;

const tooLarge = (): never => {
  throw new Problem({
    status: 413,
    code: 'too-large',
    detail: `A request may have ${MAX_BODY} bytes at most.`,
  });
};

const nothingHere = (): Problem =>
  new Problem({ status: 404, code: 'no-such-route', detail: 'There is nothing at this address.' });

const badText = (): Problem =>
  new Problem({
    status: 400,
    code: 'bad-text',
    detail: 'The address has a null character or half a character in it.',
  });

/** Milliseconds in which one feature, and all together, have to stop. */
const STOP = { each: 1000, all: 1500 };

/** What went wrong, as the client may know it. */
function asProblem(cause: unknown, { log, storeMonitor }: Context): Problem {
  if (cause instanceof Problem) {
    if (cause.cause !== undefined) log.warn({ err: cause.cause, code: cause.code }, cause.message);
    if (storeFailureOf(cause.cause)) void storeMonitor.check();
    return cause;
  }
  if (cause instanceof HTTPException && cause.status < 500)
    return new Problem({
      status: 400,
      code: 'bad-request',
      detail: cause.message || 'The request is malformed.',
    });
  const failure = storeFailureOf(cause);
  if (failure) {
    log.warn({ failure, err: cause }, 'the store cannot be used');
    void storeMonitor.check(); // `/readyz` says so from now on
    return storeUnavailable();
  }
  log.error({ err: cause }, 'a request failed');
  return new Problem({ status: 500, code: 'internal', detail: 'The companion failed; its log says why.' });
}

/** What is registered for one method; middleware is for all, and preflights are for browsers. */
const handlersOf = ({ routes }: Hono<Env>): Companion['routes'] =>
  routes.flatMap(({ method, path }) =>
    method === 'ALL' || method === 'OPTIONS' || path.endsWith('*') ? [] : [{ method, path }],
  );

/**
 * Starts a companion. Throws `BadOptions`, or what the store says, when it cannot work as configured.
 *
 * @param runtime what it runs on; Node where none is given. Of other runtimes, `booking-widget-companion/edge` has one.
 */
export async function createCompanion(options: CompanionOptions = {}, runtime?: Runtime): Promise<Companion> {
  const context = await openContext(options, runtime);
  const { settings, log } = context;
  if (settings.upstreams.some(({ provider, pages }) => provider === 'cal' && pages.length === 0))
    log.warn(
      '`pages` is not set: this companion answers for every page of Cal.com, and anybody can use up its budget',
    );
  const features = await openFeatures(context);
  let isReady = false;

  const limits = limitClients({ perMinute: settings.clientLimit, proxies: settings.proxies });
  const listeners = features.flatMap(({ answered }) => answered ?? []);
  if (log.isLevelEnabled('debug')) listeners.push(logAnswered(log));
  const notify = (answered: Answered): void => listeners.forEach((listener) => listener(answered));

  const sessions = endedSessions(context.store);
  const proxies = proxyNotice(context);

  // A refusal that a page may not read looks like a broken network to it.
  const cors = corsHeaders(settings.origins);
  const refuse = (c: Call<Env>, problem: Problem): Response =>
    problemResponse(c, problem, cors(c.req.header('origin')));

  // A slash at the end is no other address.
  const app = new Hono<Env>({ strict: false });
  app.use(async (c, next) => {
    if (!isStorableUrl(c.req.url)) return refuse(c, badText());
    proxies.look({ path: c.req.path, ...callerOf(c) });
    c.set('endedSessions', sessions);
    await next();
  });
  if (listeners.length > 0) app.use(tellAnswered(notify));
  app.route('/', healthRoutes({ context, features, isReady: () => isReady, store: context.storeMonitor }));
  for (const { ownLimits } of features) if (ownLimits) app.route('/', ownLimits);
  app.use(limits.middleware);
  // Looking for a body is expensive, and other methods have none.
  app.on(['POST', 'PUT', 'PATCH', 'DELETE'], '*', bodyLimit({ maxSize: MAX_BODY, onError: tooLarge }));
  for (const { routes } of features) if (routes) app.route('/', routes);
  app.notFound((c) => refuse(c, nothingHere()));
  app.onError((cause, c) => refuse(c, asProblem(cause, context)));

  const prepared = features.flatMap((feature) => feature.ready ?? []);
  async function give(
    request: PlainRequest,
    answer: PlainAnswer,
    route: string,
  ): Promise<PlainAnswer | undefined> {
    const { address } = request;
    const wait = await limits.admit({ address, forwarded: headerOf(request, 'x-forwarded-for') });
    if (wait !== undefined) return undefined; // the way that everybody else goes says so in words
    if (listeners.length > 0)
      notify({ method: request.method, route, status: answer.status, ms: 0, isReady: true });
    return answer;
  }
  function ready(request: PlainRequest): Promise<PlainAnswer | undefined> | undefined {
    for (const { route, answer } of prepared) {
      const found = answer(request);
      if (found) return give(request, found, route);
    }
    return undefined;
  }

  const drain = (): void => {
    isReady = false;
    context.drain();
  };
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    drain();
    await stopAll(
      [...features.toReversed(), { name: 'proxy notice', ...proxies }].map((feature) => ({
        name: feature.name ?? 'feature',
        stop: () => feature.stop?.(),
      })),
      {
        ...STOP,
        warn: (name, cause) => log.warn({ part: name, err: cause }, 'a part could not be stopped'),
      },
    );
    await context.close();
  };
  try {
    for (const feature of features) await feature.start?.();
  } catch (cause) {
    await close();
    throw cause;
  }
  context.storeMonitor.start();
  isReady = true;
  return {
    fetch: (request, info = {}) => Promise.resolve(app.fetch(request, info)),
    ready,
    routes: handlersOf(app),
    drain,
    close: () => (closed ??= close()),
  };
}
