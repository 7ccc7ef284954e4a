import { Hono } from 'hono';
import { HEALTH_RETRY_MS, HEALTH_TIMEOUT_MS } from './durations.js';
import { within } from './deadline.js';
import type { Feature, Context } from './feature.js';
import { retryAfter } from './http/problem.js';
import type { Env } from './http/env.js';
import type { StoreMonitor } from './store/store-monitor.js';

interface HealthOptions {
  readonly context: Context;
  readonly features: readonly Feature[];
  readonly isReady: () => boolean;
  /** Without one, only `isReady` counts. */
  readonly store?: Pick<StoreMonitor, 'state'>;
}

const HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

/**
 * `/healthz`: whether the companion can do its work; 503 if not, with the parts that cannot; `warnings` names what works and
 * needs attention. `/readyz`: whether requests
 * should be sent to it. What exactly is wrong goes to the log: these addresses are open to everybody.
 */
export function healthRoutes({
  context: { store, log },
  features,
  isReady,
  store: monitor,
}: HealthOptions): Hono<Env> {
  const app = new Hono<Env>();
  const parts = [
    { part: 'store', check: () => store.ping() },
    ...features.flatMap(({ health }) => health ?? []),
  ];

  /** Names what works and needs attention; a restart would not help it. */
  async function warnings(): Promise<readonly string[]> {
    const found = await Promise.all(
      features.map(({ health }) =>
        within(HEALTH_TIMEOUT_MS, health?.warnings?.() ?? Promise.resolve([])).catch(
          (): readonly string[] => [],
        ),
      ),
    );
    return found.flat();
  }

  /** Names the parts that cannot do their work. */
  async function check(): Promise<string[]> {
    const failed = await Promise.all(
      parts.map(async (one) => {
        try {
          await within(HEALTH_TIMEOUT_MS, one.check());
          return [];
        } catch (cause) {
          log.error({ part: one.part, err: cause }, 'not healthy');
          return [one.part];
        }
      }),
    );
    return failed.flat();
  }
  /** Anybody may ask, and no limit holds them back: however many ask, the store is asked once at a time. */
  let checking: Promise<readonly [failed: string[], warnings: readonly string[]]> | undefined;

  app.get('/healthz', async (c) => {
    const [failed, attention] = await (checking ??= Promise.all([check(), warnings()]).finally(
      () => (checking = undefined),
    ));
    const healthy = failed.length === 0;
    return c.json(
      { healthy, ...(!healthy && { failed }), ...(attention.length > 0 && { warnings: attention }) },
      healthy ? 200 : 503,
      HEADERS,
    );
  });
  app.get('/readyz', (c) => {
    const canStore = monitor?.state().isUsable ?? true;
    const ready = isReady() && canStore;
    return c.json(
      canStore ? { ready } : { ready, failed: ['store'] },
      ready ? 200 : 503,
      ready ? HEADERS : { ...HEADERS, ...retryAfter(HEALTH_RETRY_MS) },
    );
  });
  return app;
}
