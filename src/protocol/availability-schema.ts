import * as z from 'zod/mini';
import type { Availability } from './availability.js';

const instant = z.string().check(
  z.maxLength(40),
  z.refine((text) => !Number.isNaN(Date.parse(text))),
);

/** For servers and tests. The browser has a parser of its own; a test compares the results of both. */
export const availabilitySchema = z.object({
  v: z.literal(1),
  from: instant,
  to: instant,
  fetchedAt: z.number().check(z.nonnegative()),
  slots: z.array(
    z.object({
      start: instant,
      end: z.exactOptional(instant),
      url: z.exactOptional(z.string().check(z.maxLength(2048))),
    }),
  ),
}) satisfies z.ZodMiniType<Availability>;
