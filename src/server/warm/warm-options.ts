import * as z from 'zod';

/** Fetching popular event types ahead, beside answering; only where it is asked for. */
export const warmOptions = z
  .strictObject({
    /** Minutes from one round to the next. */
    every: z.int().min(1).max(1440).default(10),
  })
  .optional();
