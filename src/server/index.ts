import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { randomUUID } from 'node:crypto';
import type { Area, Context } from './area.js';
import { availabilityArea } from './availability/area.js';
import { availabilityMigrations } from './availability/tables.js';
import { healthRoutes } from './health.js';
import { limitClients } from './http/client.js';
import type { Env } from './http/env.js';
import { Problem, problemResponse } from './http/problem.js';
import { logRequests } from './http/request-log.js';
import { openLog } from './log.js';
import { readOptions, type CompanionOptions } from './options.js';
import { busMigrations, openBus } from './store/bus.js';
import { leaseMigrations } from './store/leases.js';
import { migrate, type Migrations } from './store/migrate.js';
import { openStore } from './store/open-store.js';
import { budgetMigrations } from './upstreams/budget.js';
import { openUpstreams, upstreamMigrations } from './upstreams/open-upstreams.js';

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
  /** To be stopped soon: `/readyz` says so and streams end, while requests are still answered. */
  drain(): void;
  /** Ends what goes on without being asked and closes the store. Twice is fine. */
  close(): Promise<void>;
}

/** The tables of all areas. A line for each area that has some. */
const MIGRATIONS: Migrations = {
  ...busMigrations,
  ...leaseMigrations,
  ...budgetMigrations,
  ...upstreamMigrations,
  ...availabilityMigrations,
};

/** All areas, in the order in which they start. A line for each. */
function openAreas(context: Context): Area[] {
  const upstreams = openUpstreams(context, context.settings.upstreams);
  return [availabilityArea(context, upstreams)];
}

/** Bodies larger than this are refused, unless a route says otherwise for itself. */
const MAX_BODY = 1_048_576;

/** Starts a companion. Throws `BadOptions`, or what the store says, when it cannot work as configured. */
export async function createCompanion(options: CompanionOptions = {}): Promise<Companion> {
  const settings = readOptions(options);
  const log = openLog(settings.log);
  const warn = (what: string, cause: unknown): void => log.warn({ err: cause }, what);
  const store = await openStore(settings, warn);
  try {
    await migrate(store, MIGRATIONS);
    const bus = await openBus(store, warn);
    const draining = new AbortController();
    const closing = new AbortController();
    const context: Context = {
      settings,
      store,
      bus,
      log,
      instance: randomUUID(),
      now: () => store.now(),
      draining: draining.signal,
      closing: closing.signal,
    };
    const areas = openAreas(context);
    let ready = false;

    const app = new Hono<Env>();
    app.use(logRequests(log));
    app.route('/', healthRoutes({ context, areas, isReady: () => ready }));
    app.use(limitClients({ perMinute: settings.clientLimit, proxies: settings.proxies }));
    app.use(
      bodyLimit({
        maxSize: MAX_BODY,
        onError: () => {
          throw new Problem({
            status: 413,
            code: 'too-large',
            detail: `A request may have ${MAX_BODY} bytes at most.`,
          });
        },
      }),
    );
    for (const { routes } of areas) if (routes) app.route('/', routes);
    app.notFound((c) =>
      problemResponse(
        c,
        new Problem({ status: 404, code: 'no-such-route', detail: 'There is nothing at this address.' }),
      ),
    );
    app.onError((cause, c) => {
      if (cause instanceof Problem) {
        if (cause.cause !== undefined) log.warn({ err: cause.cause, code: cause.code }, cause.message);
        return problemResponse(c, cause);
      }
      if (cause instanceof HTTPException && cause.status < 500)
        return problemResponse(
          c,
          new Problem({
            status: 400,
            code: 'bad-request',
            detail: cause.message || 'The request is malformed.',
          }),
        );
      log.error({ err: cause }, 'a request failed');
      return problemResponse(
        c,
        new Problem({ status: 500, code: 'internal', detail: 'The companion failed; its log says why.' }),
      );
    });

    for (const area of areas) await area.start?.();
    ready = true;
    const drain = (): void => {
      ready = false;
      draining.abort();
    };
    let closed: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      drain();
      closing.abort();
      for (const area of areas.toReversed()) await area.stop?.();
      bus.close();
      await store.close();
    };
    return {
      fetch: async (request, info = {}) => app.fetch(request, info),
      drain,
      close: () => (closed ??= close()),
    };
  } catch (cause) {
    await store.close();
    throw cause;
  }
}
