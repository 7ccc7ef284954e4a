import { Hono } from 'hono';
import type { Feature, Context } from './feature.js';
import type { Env } from './http/env.js';
import { requireToken } from './http/token.js';
import { queueDepth, type QueueDepth } from './queue/jobs.js';
import type { UpstreamStatus } from './upstreams/upstreams.js';
import type { AnswerSummary } from './availability/answer-tallies.js';
import { webhookHealth, type WebhookHealth } from './webhooks/arrivals.js';

/** How the companion stands, all instances together. */
export interface Status {
  readonly v: 1;
  /** ISO 8601 */
  readonly at: string;
  readonly upstreams: readonly UpstreamStatus[];
  readonly queue: QueueDepth;
  /** How requests for slots were answered in the last hour. */
  readonly answers: AnswerSummary;
  /** By provider, once a delivery has arrived. */
  readonly webhooks: readonly WebhookHealth[];
}

export async function readStatus({
  upstreams,
  store,
  answers: tallies,
  now,
}: Pick<Context, 'upstreams' | 'store' | 'answers' | 'now'>): Promise<Status> {
  const [accounts, queue, webhooks, answers] = await Promise.all([
    upstreams.status(),
    queueDepth(store),
    webhookHealth(store),
    tallies.summary(),
  ]);
  return { v: 1, at: new Date(now()).toISOString(), upstreams: accounts, queue, answers, webhooks };
}

/** `GET /v1/status`: budgets, breakers and the queue. */
export function statusFeature(context: Context): Feature {
  const routes = new Hono<Env>();
  routes.get('/v1/status', requireToken(context.settings.token), async (c) =>
    c.json(await readStatus(context)),
  );
  return { routes };
}
