import { Hono } from 'hono';
import { BACKLOG } from '../alerts/alert-options.js';
import type { Feature, Context } from '../feature.js';
import { hourlyRemoval } from '../hourly-removal.js';
import type { Env } from '../http/env.js';
import { requireToken } from '../http/token.js';
import { enqueue, failedJobs, queueDepth, removeOldJobs, retryFailed, type NewJob } from './jobs.js';
import { openWorker, type JobKind } from './worker.js';

/** The queue as other features use it. */
export interface Queue extends Feature {
  /** As `enqueue`, and this instance's worker looks at once. */
  add(jobs: readonly NewJob[]): Promise<number>;
}

/**
 * Does what is to be done later, and surely. `GET /v1/queue` (token): its depth and the jobs that were given up; `POST
 * /v1/queue/retry` (token) tries these once more.
 */
export function openQueue(context: Context, kinds: Readonly<Record<string, JobKind>>): Queue {
  const { store, settings, log } = context;
  const worker = openWorker(context, kinds);
  const routes = new Hono<Env>();
  routes.use('/v1/queue/*', requireToken(settings.token));
  routes.get('/v1/queue', async (c) =>
    c.json({ ...(await queueDepth(store)), jobs: await failedJobs(store) }),
  );
  routes.post('/v1/queue/retry', async (c) => {
    const retried = await retryFailed(store);
    worker.wake();
    return c.json({ retried });
  });

  const removal = hourlyRemoval(
    () => removeOldJobs(store),
    (cause) => log.warn({ err: cause }, 'old jobs cannot be removed'),
  );
  return {
    name: 'queue',
    routes,
    async add(jobs) {
      const added = await enqueue(store, jobs);
      if (added > 0) worker.wake();
      return added;
    },
    start() {
      worker.start();
      removal.start();
    },
    async stop() {
      removal.stop();
      await worker.stop();
    },
    health: {
      part: 'queue',
      async check() {
        await queueDepth(store);
      },
      async warnings() {
        const { waiting } = await queueDepth(store);
        return waiting >= (settings.alerts?.backlog ?? BACKLOG) ? ['backlog'] : [];
      },
    },
  };
}
