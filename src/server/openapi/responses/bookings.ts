import * as z from 'zod';
import type { ListedBooking } from '../../bookings/list-bookings.js';
import type { BookingSummary } from '../../bookings/summarize-bookings.js';
import { count, instant, next, provider } from './common.js';

const state = z.enum(['pending', 'accepted', 'rejected', 'cancelled']);

const booking = z.object({
  provider,
  id: z.string().describe("The provider's own"),
  account: z.string(),
  eventType: z.string(),
  slug: z.string(),
  hosts: z.array(z.string()),
  start: instant,
  end: instant.nullable(),
  status: state,
  bookedAt: instant.nullable(),
  overAt: instant.nullable().describe('When it was cancelled, rejected or moved'),
  movedTo: z.string(),
  movedFrom: z.string(),
  delivered: z.boolean().describe('Whether a delivery named it'),
  synchronised: z.boolean().describe('Whether a synchronisation named it'),
}) satisfies z.ZodType<ListedBooking>;

export const bookingList = z.object({ v: z.literal(1), bookings: z.array(booking), next });

const bookingCounts = { booked: count, moved: count, cancelled: count };

export const bookingSummary = z.object({
  v: z.literal(1),
  from: instant,
  to: instant,
  timeZone: z.string(),
  total: z.object(bookingCounts),
  delivered: count,
  synchronised: count,
  days: z.array(z.object({ ...bookingCounts, at: instant })),
  eventTypes: z.array(
    z.object({
      ...bookingCounts,
      provider,
      eventType: z.string(),
      slug: z.string(),
      hosts: z.array(z.string()),
    }),
  ),
}) satisfies z.ZodType<BookingSummary>;

/** The columns of one booking. Which there are besides these depends on the version. */
export const bookingRecord = z.object({
  v: z.literal(1),
  booking: z.looseObject({ provider, id: z.string(), account: z.string(), event_type: z.string(), state }),
});
