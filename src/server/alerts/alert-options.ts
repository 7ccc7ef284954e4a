import * as z from 'zod';

const calls = z.int().min(1).max(10_000);
const milliseconds = z.int().min(1).max(60_000);
const share = z.number().min(0).max(1);
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' });

/** Jobs that wait from which on the queue is a backlog: `/healthz` names it, with alerts or without. */
export const BACKLOG = 100;

/** When and where the owner is notified that something is wrong. Off without it. */
export const alertOptions = z
  .strictObject({
    /** Gets a `POST` with JSON. */
    url: httpUrl,
    /** `generic` has all fields · `slack` one `text`, as incoming webhooks of chat systems read it · `email` a message for a mail gateway. */
    format: z.enum(['generic', 'slack', 'email']).default('generic'),
    /** Sent along, such as the key of a mail gateway. */
    headers: z.record(z.string().trim(), z.string().trim()).default({}),
    /** Sender and recipients of `email`. */
    from: z.string().trim().min(3).max(320).optional(),
    to: z.array(z.string().trim().min(3).max(320)).min(1).max(20).optional(),
    /** Address of the companion as the owner's browser knows it: notices link to its dashboard. */
    publicUrl: httpUrl.optional(),
    /** Calls a minute of one account; without, 100 and 115 of a budget of 120, and as much of another. */
    budgetWarning: calls.optional(),
    budgetCritical: calls.optional(),
    /** Share of loads that failed in five minutes. */
    errorShare: share.default(0.1),
    /** Fewer loads than these in five minutes say nothing. */
    errorLoads: z.int().min(1).default(20),
    /** Jobs that wait. */
    queueDepth: z.int().min(0).default(50),
    /** Jobs that wait and are critical. */
    backlog: z.int().min(1).default(BACKLOG),
    /** Failures of one account in a row. */
    failuresInRow: z.int().min(1).default(3),
    /** Jobs given up in a row that are critical. */
    givenUpInRow: z.int().min(1).max(100).default(3),
    /** Duration in milliseconds that half of an account's calls of the last hour exceed, and that 5 % exceed. */
    upstreamP50: milliseconds.default(4000),
    upstreamP95: milliseconds.default(6500),
    /** Fewer calls than these in an hour say nothing. */
    upstreamCalls: z.int().min(1).default(20),
    /** Responses 429 to one account in 24 hours. */
    rateLimited: z.int().min(1).default(5),
    /** Smallest share of the slots of the last hour that came from the cache. */
    hitShare: share.default(0.5),
    /** Fewer answers than these in an hour say nothing. */
    hitAnswers: z.int().min(1).default(100),
    /** Hours without a delivery that are never too long; beyond them the longest silence of the last month counts. */
    silentHours: z.number().min(1).max(720).default(6),
  })
  .refine(({ format, from, to }) => format !== 'email' || (from !== undefined && to !== undefined), {
    path: ['format'],
    message: 'must have `from` and `to` beside it to be email',
  })
  .optional();

export type AlertSettings = NonNullable<z.output<typeof alertOptions>>;
