import * as z from 'zod';
import { isZone } from './page/zone-time.js';

/** Languages that Cal.com accepts for an attendee. */
const LANGUAGES =
  'ar az bg bn ca cs da de el en es es-419 et eu fi fr he hr hu id it iw ja km ko lv nl no pl pt pt-BR ro ru sk sl sr sv ta th tr uk vi zh-CN zh-TW'.split(
    ' ',
  );

const instant = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a valid ISO 8601 date string');

const locationSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('integration'), integration: z.string() }),
  z.strictObject({ type: z.literal('attendeeAddress'), address: z.string().min(1) }),
  z.strictObject({ type: z.literal('attendeePhone'), phone: z.string().min(1) }),
  z.strictObject({ type: z.literal('attendeeDefined'), location: z.string().min(1) }),
  z.strictObject({ type: z.enum(['address', 'link', 'phone', 'organizersDefaultApp']) }),
]);

const metadataSchema = z
  .record(z.string().max(40), z.union([z.string().max(500), z.number(), z.boolean()]))
  .refine((metadata) => Object.keys(metadata).length <= 50, 'must have at most 50 keys');

/**
 * The body of `POST /v2/bookings`. E-mail and phone are only looked at later, by the core; a property that is not named
 * here is refused.
 */
export const bookingSchema = z.strictObject({
  start: instant,
  lengthInMinutes: z.int().min(1).optional(),
  attendee: z
    .strictObject({
      name: z.string().min(1),
      email: z.string().optional(),
      timeZone: z.string().refine(isZone, 'must be a valid IANA time-zone'),
      phoneNumber: z.string().optional(),
      language: z.enum(LANGUAGES).optional(),
    })
    .refine(({ email, phoneNumber }) => email ?? phoneNumber, 'needs an email or a phoneNumber'),
  eventTypeId: z.int().optional(),
  eventTypeSlug: z.string().optional(),
  username: z.string().optional(),
  teamSlug: z.string().optional(),
  organizationSlug: z.string().optional(),
  bookingFieldsResponses: z.record(z.string(), z.unknown()).optional(),
  guests: z.array(z.string()).optional(),
  metadata: metadataSchema.optional(),
  location: z.union([locationSchema, z.string()]).optional(),
  meetingUrl: z.string().optional(),
  routing: z.unknown().optional(),
  instant: z.boolean().optional(),
  recurrenceCount: z.int().min(1).optional(),
  emailVerificationCode: z.string().optional(),
  allowConflicts: z.boolean().optional(),
  allowBookingOutOfBounds: z.boolean().optional(),
});

export type BookingBody = z.infer<typeof bookingSchema>;
export type LocationBody = z.infer<typeof locationSchema>;

export const rescheduleSchema = z.strictObject({
  start: instant,
  reschedulingReason: z.string().optional(),
  rescheduledBy: z.string().optional(),
  seatUid: z.string().optional(),
  emailVerificationCode: z.string().optional(),
});

export const cancelSchema = z.strictObject({
  cancellationReason: z.string().optional(),
  seatUid: z.string().optional(),
  cancelSubsequentBookings: z.boolean().optional(),
});
