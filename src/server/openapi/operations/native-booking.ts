import * as z from 'zod';
import { bookingAnswerSchema, bookingRequestSchema } from '../../../protocol/booking-schema.js';
import { json, type Operation } from '../operation.js';

/** Bookings that the companion makes for a visitor. */
export const NATIVE_BOOKING_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/bookings',
    id: 'book',
    tag: 'Bookings',
    summary: 'Book a slot, where `nativeBooking` of the account is on',
    headers: z.object({
      'Idempotency-Key': z
        .string()
        .regex(/^[\w-]{16,64}$/)
        .describe('One for each booking; the same one again gets the same response, and books nothing'),
    }),
    body: {
      type: 'application/json',
      required: true,
      schema: { name: 'BookingRequest', shape: bookingRequestSchema },
    },
    responses: { 201: json('BookingAnswer', bookingAnswerSchema, 'The booking that was made') },
    problems: {
      403: 'The origin of the page is not among `origins`',
      404: 'This companion takes no bookings of this event type',
      409: 'The slot was taken, or the scheduling service refuses the booking; `code` says which',
      413: 'The body is too large',
      415: 'The body is not JSON',
      422: 'The `Idempotency-Key` belongs to another booking',
      504: 'There may be a booking: do not send it again',
    },
  },
];
