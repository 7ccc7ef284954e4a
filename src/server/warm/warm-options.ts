import * as z from 'zod';

/** Fetching popular event types ahead, beside answering; off without the option. */
export const warmOptions = z
  .strictObject({
    /** Minutes from one round to the next. */
    every: z.int().min(1).max(1440).default(10),
    /** How many days bookings count for. */
    days: z.int().min(1).max(365).default(30),
    /** Event types with fewer bookings than these are left out. */
    minBookings: z.int().min(1).max(10_000).default(1),
    /** Seconds from one call to the next. */
    delay: z.number().min(0).max(3600).default(3),
  })
  .optional();

/** What a round needs to know of the options. */
export const roundOptions = (
  options: z.output<typeof warmOptions>,
): { readonly days?: number; readonly minBookings?: number; readonly gap?: number } =>
  options ? { days: options.days, minBookings: options.minBookings, gap: options.delay * 1000 } : {};
