import * as z from 'zod';
import type { AnswerSummary } from '../../availability/answer-tallies.js';
import type { Status } from '../../status.js';
import type { UpstreamStatus } from '../../upstreams/upstreams.js';
import type { CallSummary } from '../../upstreams/call-tallies.js';
import { count, counts, instant, moment, provider, share } from './common.js';

const ms = z.number().min(0).nullable().describe('Milliseconds; null where no request was sent');

const callFigures = {
  sent: count,
  success: share,
  p50: ms,
  p95: ms,
  p99: ms,
  slow: count.describe('Calls that took longer than 5 s'),
  outcomes: counts,
};

const operation = z.enum(['slots', 'event-types', 'event-type', 'profile', 'bookings']);

const calls = z.object({
  ...callFigures,
  operations: z.partialRecord(operation, z.object(callFigures)),
  openMinutes: count.describe('Minutes in which the breaker was open'),
  rateLimitedInDay: count,
}) satisfies z.ZodType<CallSummary>;

const failure = z.enum([
  'not-found',
  'refused',
  'rate-limited',
  'budget',
  'open',
  'busy',
  'timeout',
  'unreachable',
  'status',
  'not-understood',
  'store',
]);

const upstream = z.object({
  account: z.string(),
  provider: z.enum(['cal', 'calendly', 'acuity', 'hubspot', 'easyappointments']),
  budget: count.describe('Calls a minute that the account may make'),
  used: count.describe('Calls of the last minute'),
  breaker: z.enum(['closed', 'open', 'half-open']),
  failures: count.describe('In a row'),
  lastSuccess: z.exactOptional(moment),
  lastFailure: z.exactOptional(z.object({ code: failure, at: moment })),
  pausedUntil: z.exactOptional(moment),
  calls,
}) satisfies z.ZodType<UpstreamStatus>;

export const queueDepth = {
  waiting: count,
  underWay: count,
  failed: count,
  oldest: count.describe('Milliseconds that the oldest waiting job has waited'),
};

const answers = z.object({
  hit: count,
  miss: count,
  stale: count,
  failed: count,
  hitShare: share,
  times: z
    .partialRecord(
      z.enum(['hit', 'miss', 'stale', 'failed']),
      z.object({ p50: count, p95: count, p99: count }),
    )
    .describe('Milliseconds; responses from memory count as 0'),
}) satisfies z.ZodType<AnswerSummary>;

export const statusResponse = z.object({
  v: z.literal(1),
  at: instant,
  upstreams: z.array(upstream),
  queue: z.object(queueDepth),
  answers,
  webhooks: z.array(
    z.object({
      provider,
      lastDelivery: moment,
      unreadable: count,
      lastUnreadable: z.exactOptional(moment),
      why: z.exactOptional(z.string()),
    }),
  ),
}) satisfies z.ZodType<Status>;
