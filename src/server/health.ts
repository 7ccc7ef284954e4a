import { Hono } from 'hono';
import type { Area, Context } from './area.js';
import type { Env } from './http/env.js';

interface HealthOptions {
  readonly context: Context;
  readonly areas: readonly Area[];
  readonly isReady: () => boolean;
}

/** A check that takes longer has failed, in milliseconds. */
const PATIENCE = 3000;

const within = (work: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), PATIENCE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/**
 * `/healthz`: whether the companion can do its work (store and areas reachable); 503 if not. `/readyz`: whether requests
 * should be sent to it. What exactly is wrong goes to the log: these addresses are open to everybody.
 */
export function healthRoutes({ context: { store, log }, areas, isReady }: HealthOptions): Hono<Env> {
  const app = new Hono<Env>();
  async function check(): Promise<boolean> {
    const checks = [store.ping(), ...areas.map((area) => area.check?.() ?? Promise.resolve())];
    const results = await Promise.allSettled(checks.map(within));
    const failed = results.filter((result) => result.status === 'rejected');
    for (const { reason } of failed) log.error({ err: reason as unknown }, 'not healthy');
    return failed.length === 0;
  }
  /** Anybody may ask, and no limit holds them back: however many ask, the store is asked once at a time. */
  let checking: Promise<boolean> | undefined;

  app.get('/healthz', async (c) => {
    const healthy = await (checking ??= check().finally(() => (checking = undefined)));
    c.header('Cache-Control', 'no-store');
    return c.json({ healthy }, healthy ? 200 : 503);
  });
  app.get('/readyz', (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json({ ready: isReady() }, isReady() ? 200 : 503);
  });
  return app;
}
