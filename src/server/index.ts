import { Hono, type Context as Call } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { Area, Context } from './feature.js';
import { alertsArea } from './alerts/alerts-routes.js';
import { availabilityArea } from './availability/availability-routes.js';
import { eventArea } from './availability/event-routes.js';
import { openConfirmations } from './availability/confirm.js';
import { Times } from './availability/times.js';
import { dashboardArea } from './dashboard/dashboard-routes.js';
import { embedArea } from './embed/embed-routes.js';
import { healthRoutes } from './health.js';
import { logAnswered, tellAnswered, type Answered } from './http/answered.js';
import { limitClients } from './http/client.js';
import { corsHeaders } from './http/cors.js';
import type { Env } from './http/env.js';
import { headerOf, type PlainAnswer, type PlainRequest } from './http/plain.js';
import { Problem, problemResponse } from './http/problem.js';
import { metricsArea } from './metrics/metrics-routes.js';
import { openContext } from './open-context.js';
import { liveArea } from './live/live-routes.js';
import type { CompanionOptions } from './options.js';
import { openQueue } from './queue/queue-routes.js';
import { statusArea } from './status.js';
import { isStoreFailure, storeUnavailable } from './store/store-failure.js';
import { storeWritesArea } from './store/store-writes.js';
import { settlingArea } from './sync/settle-bookings.js';
import { syncArea } from './sync/sync-routes.js';
import { telemetryArea } from './telemetry/telemetry-routes.js';
import { openTelemetry } from './telemetry/telemetry.js';
import { warmArea } from './warm/warm-routes.js';
import { WEBHOOK, webhookJobs } from './webhooks/webhook-jobs.js';
import { webhooksArea } from './webhooks/webhooks-routes.js';

export type { CompanionOptions } from './options.js';
export { BadOptions } from './options.js';

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
  /** To be stopped soon: `/readyz` says so and streams end, while requests are still answered. */
  drain(): void;
  /** Ends what goes on without being asked and closes the store. Twice is fine. */
  close(): Promise<void>;
}

/** All areas, in the order in which they start. A line for each. */
async function openAreas(context: Context): Promise<Area[]> {
  const times = new Times(context);
  const confirmations = openConfirmations(context, times);
  const settling = settlingArea(context);
  const queue = openQueue(context, {
    [WEBHOOK]: webhookJobs(context, { confirmations, onUnsettled: settling.look }),
  });
  const telemetry = await openTelemetry(context);
  return [
    storeWritesArea(context),
    telemetryArea(context, telemetry),
    availabilityArea(context, times, telemetry.times),
    eventArea(context),
    liveArea(context),
    embedArea(context),
    warmArea(context, times),
    { stop: () => confirmations.settled() },
    settling,
    queue,
    webhooksArea(context, queue),
    syncArea(context),
    metricsArea(context, { loads: telemetry.loads, refused: telemetry.refusedReport }),
    statusArea(context),
    alertsArea(context),
    dashboardArea(context),
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

/** What went wrong, as whoever asked may know it. */
function asProblem(cause: unknown, { log }: Context): Problem {
  if (cause instanceof Problem) {
    if (cause.cause !== undefined) log.warn({ err: cause.cause, code: cause.code }, cause.message);
    return cause;
  }
  if (cause instanceof HTTPException && cause.status < 500)
    return new Problem({
      status: 400,
      code: 'bad-request',
      detail: cause.message || 'The request is malformed.',
    });
  if (isStoreFailure(cause)) {
    log.error({ err: cause }, 'the store cannot be used');
    return storeUnavailable();
  }
  log.error({ err: cause }, 'a request failed');
  return new Problem({ status: 500, code: 'internal', detail: 'The companion failed; its log says why.' });
}

/** Starts a companion. Throws `BadOptions`, or what the store says, when it cannot work as configured. */
export async function createCompanion(options: CompanionOptions = {}): Promise<Companion> {
  const context = await openContext(options);
  const { settings, log } = context;
  if (settings.upstreams.some(({ provider, pages }) => provider === 'cal' && pages.length === 0))
    log.warn(
      '`pages` is not set: this companion answers for every page of Cal.com, and anybody can use up its budget',
    );
  const areas = await openAreas(context);
  let isReady = false;

  const limits = limitClients({ perMinute: settings.clientLimit, proxies: settings.proxies });
  const hearers = areas.flatMap(({ answered }) => answered ?? []);
  if (log.isLevelEnabled('debug')) hearers.push(logAnswered(log));
  const tell = (answered: Answered): void => hearers.forEach((hear) => hear(answered));

  // A slash at the end is no other address.
  const app = new Hono<Env>({ strict: false });
  if (hearers.length > 0) app.use(tellAnswered(tell));
  app.route('/', healthRoutes({ context, areas, isReady: () => isReady }));
  for (const { ownLimits } of areas) if (ownLimits) app.route('/', ownLimits);
  app.use(limits.middleware);
  // Asking whether there is a body is dear, and these have none.
  app.on(['POST', 'PUT', 'PATCH', 'DELETE'], '*', bodyLimit({ maxSize: MAX_BODY, onError: tooLarge }));
  for (const { routes } of areas) if (routes) app.route('/', routes);
  // A refusal that a page may not read looks like a broken network to it.
  const cors = corsHeaders(settings.origins);
  const refuse = (c: Call<Env>, problem: Problem): Response =>
    problemResponse(c, problem, cors(c.req.header('origin')));
  app.notFound((c) => refuse(c, nothingHere()));
  app.onError((cause, c) => refuse(c, asProblem(cause, context)));

  const prepared = areas.flatMap((area) => area.ready ?? []);
  async function give(
    request: PlainRequest,
    answer: PlainAnswer,
    route: string,
  ): Promise<PlainAnswer | undefined> {
    const { address } = request;
    const wait = await limits.admit({ address, forwarded: headerOf(request, 'x-forwarded-for') });
    if (wait !== undefined) return undefined; // the way that everybody else goes says so in words
    if (hearers.length > 0)
      tell({ method: request.method, route, status: answer.status, ms: 0, isReady: true });
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
    for (const area of areas.toReversed()) await area.stop?.();
    await context.close();
  };
  try {
    for (const area of areas) await area.start?.();
  } catch (cause) {
    await close();
    throw cause;
  }
  isReady = true;
  return {
    fetch: (request, info = {}) => Promise.resolve(app.fetch(request, info)),
    ready,
    drain,
    close: () => (closed ??= close()),
  };
}
