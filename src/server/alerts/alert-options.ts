import * as z from 'zod';

const calls = z.int().min(1).max(10_000);

/** When and where the owner is notified that something is wrong. Off without it. */
export const alertOptions = z
  .strictObject({
    /** Gets a `POST` with JSON that chat systems which read `text` can show. */
    url: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }),
    /** Calls a minute of one account; without, 100 and 115 of a budget of 120, and as much of another. */
    budgetWarning: calls.optional(),
    budgetCritical: calls.optional(),
    /** Share of loads that failed in five minutes. */
    errorShare: z.number().min(0).max(1).default(0.1),
    /** Fewer loads than these in five minutes say nothing. */
    errorLoads: z.int().min(1).default(20),
    /** Jobs that wait. */
    queueDepth: z.int().min(0).default(50),
    /** Failures of one account in a row. */
    failuresInRow: z.int().min(1).default(3),
  })
  .optional();

export type AlertSettings = NonNullable<z.output<typeof alertOptions>>;
