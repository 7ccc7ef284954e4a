import { Hono } from 'hono';
import { isbot } from 'isbot';
import { bodyLimit } from 'hono/body-limit';
import { DAY_MS } from '../../scheduling/durations.js';
import { METRICS_LEASE_MS, METRICS_SUM_MS } from '../durations.js';
import type { Feature, Context } from '../feature.js';
import { allowOrigins } from '../http/cors.js';
import type { Env } from '../http/env.js';
import { callerOf, clientOf } from '../http/client.js';
import { Problem, retryAfter } from '../http/problem.js';
import { requireToken } from '../http/token.js';
import { giveLease, takeLease } from '../store/leases.js';
import { clientClass } from './client-class.js';
import { ClientLimits } from './client-limits.js';
import { forgetLoads, trimLoads } from './forget-loads.js';
import { sumHours } from './hours.js';
import { Intake, IntakeFull } from './intake.js';
import { cursorOf, filterOf, limitOf, timeZoneOf, windowOf } from './metrics-query.js';
import { MOST_BYTES, NotAReport, readReport } from './read-report.js';
import { recentLoads } from './recent-loads.js';
import { HourFull, storeReports } from './store-reports.js';
import type { LoadRow } from './schema.js';
import { summarize } from './summary.js';
import { unref } from '../timers.js';

/** Where reports are sent, and read. */
export const METRICS = '/v1/metrics';

const LEASE_NAME = 'metrics';

const tooLarge = (): never => {
  throw new Problem({
    status: 413,
    code: 'too-large',
    detail: `A report may have ${MOST_BYTES} bytes at most.`,
  });
};

/** Somebody has asked not to be counted; the widget honours it too. */
const wantsNoCounting = (header: (name: string) => string | undefined): boolean =>
  header('sec-gpc') === '1' || header('dnt') === '1';

/** Why a report was not kept. */
type Refusal = 'bot' | 'privacy' | 'origin' | 'not-a-report' | 'client' | 'busy' | 'store';

/** `POST /v1/metrics`, `GET /v1/metrics` and `GET /v1/metrics/summary`: what visitors felt. */
export function metricsFeature(
  context: Context,
  {
    loads = () => undefined,
    refused = () => undefined,
  }: {
    /** Called with loads that have come to an end. */
    readonly loads?: (rows: readonly LoadRow[]) => void;
    readonly refused?: (why: Refusal) => void;
  } = {},
): Feature {
  const { store, settings, now, log, instance, closing } = context;
  const { sampleRate, proxies } = settings;
  const clients = new ClientLimits();
  const intake = new Intake({
    write: async (reports) => loads(await storeReports(store, reports, { sampleRate })),
  });
  const mayReport = (origin: string | undefined): boolean =>
    origin === undefined || settings.origins.includes('*') || settings.origins.includes(origin);

  const routes = new Hono<Env>();
  routes.options(METRICS, allowOrigins(settings.origins));
  routes.post(
    METRICS,
    allowOrigins(settings.origins),
    bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge }),
    async (c) => {
      if (!mayReport(c.req.header('origin'))) {
        refused('origin');
        throw new Problem({
          status: 403,
          code: 'origin-not-allowed',
          detail: 'Pages of this origin are not among the `origins` of this companion.',
        });
      }
      // Clients that are not counted get the same response as those that are.
      if (isbot(c.req.header('user-agent') ?? 'bot')) {
        refused('bot');
        return c.body(null, 204);
      }
      if (wantsNoCounting((name) => c.req.header(name))) {
        refused('privacy');
        return c.body(null, 204);
      }
      try {
        const written = readReport(new Uint8Array(await c.req.arrayBuffer()));
        const received = { ...written, ...clientClass((name) => c.req.header(name)) };
        const report = await clients.admit(clientOf(callerOf(c), proxies), received);
        if (!report) {
          refused('client');
          throw new Problem({
            status: 429,
            code: 'too-many-reports',
            detail: 'This client has sent as many reports as one may.',
            headers: retryAfter(60_000),
          });
        }
        await intake.take(report);
      } catch (cause) {
        if (cause instanceof NotAReport) {
          refused('not-a-report');
          throw new Problem({
            status: 400,
            code: 'not-a-report',
            detail: `This is no load report: ${cause.message}.`,
          });
        }
        if (cause instanceof Problem) throw cause;
        const full = cause instanceof IntakeFull || cause instanceof HourFull;
        refused(full ? 'busy' : 'store');
        throw new Problem({
          status: 503,
          code: full ? 'too-many-reports' : 'not-stored',
          detail: 'The report could not be stored now.',
          headers: { 'Retry-After': '5' },
          ...(!full && { cause }),
        });
      }
      return c.body(null, 204);
    },
  );
  routes.get(METRICS, requireToken(settings.token), async (c) => {
    const query = new URL(c.req.url).searchParams;
    const window = windowOf(query, now());
    const limit = limitOf(query, { usual: 100, most: 1000 });
    const found = await recentLoads(store, window, filterOf(query), { limit, after: cursorOf(query) });
    return c.json({ v: 1, ...found });
  });
  routes.get(`${METRICS}/summary`, requireToken(settings.token), async (c) => {
    const query = new URL(c.req.url).searchParams;
    const question = {
      ...windowOf(query, now()),
      filter: filterOf(query),
      limit: limitOf(query, { usual: 20, most: 200 }),
      timeZone: timeZoneOf(query),
    };
    return c.json(await summarize(context, question));
  });

  let summing: NodeJS.Timeout | undefined;
  let atWork: Promise<void> | undefined;

  /** One instance does it for all. */
  async function tidy(): Promise<void> {
    if (!(await takeLease(store, LEASE_NAME, instance, METRICS_LEASE_MS))) return;
    await sumHours(store, closing);
    await forgetLoads(store, now() - settings.metricsDays * DAY_MS);
    await trimLoads(store);
  }

  const tidyOnce = (): Promise<void> =>
    (atWork ??= tidy()
      .catch((cause: unknown) => log.warn({ err: cause }, 'reports cannot be summed up'))
      .finally(() => (atWork = undefined)));

  return {
    name: 'metrics',
    routes,
    start() {
      summing = setInterval(() => void tidyOnce(), METRICS_SUM_MS);
      unref(summing);
    },
    async stop() {
      clearInterval(summing);
      await intake.close();
      await atWork;
      await giveLease(store, LEASE_NAME, instance);
    },
  };
}
