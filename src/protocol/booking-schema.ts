import * as z from 'zod/mini';
import type { BookingAnswer, BookingOffer, BookingRequest } from './booking.js';

const text = z.string().check(z.maxLength(2000));
const name = z.string().check(z.minLength(1), z.maxLength(100));

const fieldSchema = z.object({
  name,
  kind: z.enum(['name', 'email', 'text', 'textarea', 'phone', 'select', 'multiselect']),
  label: z.exactOptional(text),
  required: z.boolean(),
  options: z.exactOptional(z.readonly(z.array(text))),
});

const placeSchema = z.object({
  name,
  kind: z.enum(['video', 'phone', 'in-person', 'other']),
  service: z.exactOptional(text),
  needs: z.exactOptional(z.enum(['phone', 'text'])),
});

/** For servers and tests. */
export const bookingOfferSchema = z.union([
  z.object({
    offered: z.literal(true),
    fields: z.readonly(z.array(fieldSchema)),
    places: z.readonly(z.array(placeSchema)),
  }),
  z.object({ offered: z.literal(false), reason: text }),
]) satisfies z.ZodMiniType<BookingOffer>;

const instant = z
  .string()
  .check(
    z.maxLength(40),
    z.regex(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i,
      'must be an ISO 8601 instant',
    ),
  );

/** Strict: what would be ignored might be what the visitor has to say. */
export const bookingRequestSchema = z.strictObject({
  v: z.literal(1),
  src: text,
  start: instant,
  timeZone: z.string().check(z.minLength(1), z.maxLength(64)),
  answers: z.record(name, z.union([text, z.readonly(z.array(text).check(z.maxLength(100)))])),
  place: z.exactOptional(z.strictObject({ name, detail: z.exactOptional(text) })),
  utm: z.exactOptional(z.record(name, z.string().check(z.maxLength(500)))),
}) satisfies z.ZodMiniType<BookingRequest>;

export const bookingAnswerSchema = z.object({
  v: z.literal(1),
  id: text,
  start: text,
  end: text,
  rescheduleUrl: z.exactOptional(text),
  cancelUrl: z.exactOptional(text),
}) satisfies z.ZodMiniType<BookingAnswer>;
