import * as z from 'zod';
import type { FailedJob } from '../../queue/jobs.js';
import type { AccountHealth } from '../../sync/account-health.js';
import type { WebhookOverview } from '../../webhooks/overview.js';
import { count, counts, moment, momentOrNull, provider } from './common.js';
import { queueDepth } from './status.js';

const job = z.object({
  id: z.number(),
  kind: z.string(),
  key: z.string(),
  data: z.unknown(),
  attempts: count,
  error: z.string(),
  createdAt: moment,
  failedAt: moment,
}) satisfies z.ZodType<FailedJob>;

export const queueResponse = z.object({ ...queueDepth, jobs: z.array(job) });

const run = z.object({
  kind: z.enum(['full', 'recent']),
  from: moment,
  to: moment,
  pages: count,
  bookings: count,
  new: count,
  changed: count,
  gone: count,
  total: count.nullable(),
  unreadable: count,
  startedAt: moment,
  touchedAt: moment,
  finishedAt: momentOrNull,
  lastSuccess: momentOrNull,
  lastFull: momentOrNull,
  failure: z.string(),
  failures: count,
});

const account = z.object({
  account: z.string(),
  provider: z.string(),
  state: z.enum(['no-key', 'never', 'running', 'interrupted', 'ok', 'failing']),
  run: run.nullable(),
  bookings: z
    .object({
      active: count,
      gone: count,
      delivered: count,
      last: z.object({
        booked: momentOrNull,
        moved: momentOrNull,
        cancelled: momentOrNull,
        delivered: momentOrNull,
      }),
    })
    .nullable(),
}) satisfies z.ZodType<AccountHealth>;

export const syncResponse = z.object({ accounts: z.array(account) });

const webhook = z.object({
  provider,
  path: z.string(),
  hasSecret: z.boolean(),
  lastReceived: momentOrNull,
  lastGood: momentOrNull,
  lastRefused: z.object({ at: moment, code: z.string(), why: z.string() }).nullable(),
  refused: count,
  lastTest: momentOrNull,
  unreadable: count,
  lastUnreadable: z.object({ at: moment, why: z.string() }).nullable(),
  triggers: counts,
}) satisfies z.ZodType<WebhookOverview>;

export const webhooksResponse = z.object({ v: z.literal(1), webhooks: z.array(webhook) });

const part = z.array(z.string());

export const healthResponse = z.object({
  healthy: z.boolean(),
  failed: z.exactOptional(part).describe('Components that do not work'),
  warnings: z.exactOptional(part).describe('What works and needs attention'),
});

export const readyResponse = z.object({ ready: z.boolean(), failed: z.exactOptional(part) });
