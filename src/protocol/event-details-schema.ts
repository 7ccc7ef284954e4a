import * as z from 'zod/mini';
import { bookingOfferSchema } from './booking-schema.js';
import type { EventDetails } from './event-details.js';

const text = z.string().check(z.maxLength(2000));
const minutes = z.number().check(z.positive());

/** For servers and tests. */
export const eventDetailsSchema = z.object({
  v: z.literal(1),
  title: z.exactOptional(text),
  minutes: z.exactOptional(minutes),
  lengths: z.exactOptional(z.readonly(z.array(minutes))),
  price: z.exactOptional(z.object({ amount: z.number(), currency: z.exactOptional(text) })),
  locations: z.exactOptional(z.readonly(z.array(text))),
  seats: z.exactOptional(z.number()),
  host: z.exactOptional(
    z.object({ name: text, image: z.exactOptional(text), timeZone: z.exactOptional(text) }),
  ),
  booking: z.exactOptional(bookingOfferSchema),
  fetchedAt: z.number().check(z.nonnegative()),
}) satisfies z.ZodMiniType<EventDetails>;
