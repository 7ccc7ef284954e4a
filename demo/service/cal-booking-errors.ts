import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { calError } from './cal-answers.js';
import type { Env } from './http.js';

/**
 * An error of Cal.com's booking routes. `envelope` is what the API layer answers, `bare` what its booking core answers.
 */
export interface BookingError {
  readonly status: ContentfulStatusCode;
  readonly message: string;
  readonly shape: 'envelope' | 'bare';
}

const envelope = (status: ContentfulStatusCode, message: string): BookingError => ({
  status,
  message,
  shape: 'envelope',
});
const bare = (status: ContentfulStatusCode, message: string): BookingError => ({
  status,
  message,
  shape: 'bare',
});

/** Errors that the knob `booking-error` can ask for, and that the routes answer themselves. */
export const BOOKING_ERRORS = {
  taken: envelope(400, 'User either already has booking at this time or is not available'),
  'hosts-taken': envelope(
    400,
    'One of the hosts either already has booking at this time or is not available',
  ),
  race: bare(409, 'booking_conflict_error'),
  full: envelope(409, 'No more seats left at this seated booking.'),
  bounds: envelope(
    400,
    `The event type can't be booked at the "start" time provided. This could be because it's too soon (violating the minimum booking notice) or too far in the future (outside the event's scheduling window).`,
  ),
  past: envelope(400, 'Attempting to book a meeting in the past.'),
  field: envelope(400, 'Missing required booking field response: company'),
  'field-type': envelope(
    400,
    "Invalid type for booking field 'company'. Expected type string, received number.",
  ),
  'core-field': bare(400, 'responses - {company}error_required_field, '),
  email: bare(400, 'responses - {email}email_validation_error, '),
  'phone-missing': envelope(400, 'Missing attendee phone number - it is required by the event type.'),
  length: envelope(400, 'Invalid booking length.'),
  location: envelope(400, 'Booking location is not one of the locations of the event type.'),
  'event-gone': envelope(404, 'Event type with id 1 not found.'),
  managed: envelope(400, "Event type with id=1 is the parent managed event type that can't be booked."),
  'no-hosts': envelope(422, 'Event type with id=1 has no hosts.'),
  login: envelope(401, 'This event type requires authentication.'),
  'not-owner': envelope(403, 'You are not authorized to book this event type.'),
  'blocked-email': envelope(403, 'Cannot use this email to create the booking.'),
  'protected-email': envelope(403, 'Attendee email has been blocked. Make sure to login as the owner of it.'),
  'active-limit': envelope(400, 'The maximum number of active bookings has been reached.'),
  'email-verification': envelope(400, 'email_verification_required'),
  'verification-code': envelope(400, 'invalid_verification_code'),
  'rate-limited': envelope(429, 'ThrottlerException: Too Many Requests'),
  'server-error': bare(500, 'Internal server error'),
} as const satisfies Record<string, BookingError>;

export type BookingErrorName = keyof typeof BOOKING_ERRORS;

export const isBookingErrorName = (name: string): name is BookingErrorName =>
  Object.hasOwn(BOOKING_ERRORS, name);

/** `{statusCode, message}` or Cal.com's envelope. */
export function bookingError(c: Context<Env>, { status, message, shape }: BookingError): Response {
  if (shape === 'bare') return c.json({ statusCode: status, message }, status);
  return calError(c, status, message, { details: { message, error: 'Error', statusCode: status } });
}
