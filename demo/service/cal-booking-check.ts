import type { BookingField, EventLocation } from './booking-fields.js';
import { VIDEO } from './booking-fields.js';
import type { Responses } from './booking.js';
import type { BookingBody, LocationBody } from './cal-booking-body.js';
import { BOOKING_ERRORS, type BookingError } from './cal-booking-errors.js';
import type { ConfiguredEvent } from './event-settings.js';
import { firstBookable } from './slots.js';

/** The code that verifies every e-mail address here. */
export const EMAIL_CODE = '424242';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^\+[1-9]\d{6,14}$/;
const DAY = 86_400_000;

const bad = (message: string): BookingError => ({ status: 400, message, shape: 'envelope' });
const core = (slug: string, key: string): BookingError => ({
  status: 400,
  message: `responses - {${slug}}${key}, `,
  shape: 'bare',
});

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/** Which answers the API layer takes for a field type, and which the core takes after it. */
const ANSWERS: Readonly<Record<string, (value: unknown, field: BookingField) => string | null>> = {
  // The API layer requires a number where the core requires a text, so one of them always refuses.
  number: (value) => (typeof value === 'number' ? 'error_required_field' : ''),
  boolean: (value, { required }) =>
    typeof value !== 'boolean' ? '' : required && !value ? 'error_required_field' : null,
  multiselect: (value, { options = [] }) =>
    isTexts(value) ? (value.every((each) => options.includes(each)) ? null : 'invalid_option') : '',
  checkbox: (value, { options = [] }) =>
    isTexts(value) ? (value.every((each) => options.includes(each)) ? null : 'invalid_option') : '',
  multiemail: (value) =>
    isTexts(value) ? (value.every((each) => EMAIL.test(each)) ? null : 'email_validation_error') : '',
  select: (value, { options = [] }) =>
    typeof value === 'string' ? (options.includes(value) ? null : 'invalid_option') : '',
  radio: (value, { options = [] }) =>
    typeof value === 'string' ? (options.includes(value) ? null : 'invalid_option') : '',
  phone: (value) => (typeof value === 'string' ? (PHONE.test(value) ? null : 'invalid_number') : ''),
  textarea: (value) =>
    typeof value === 'string' ? (value.length <= 1000 ? null : 'max_characters_allowed') : '',
  url: (value) =>
    typeof value === 'string'
      ? /^(https?:\/\/)?[^\s/]+\.[^\s]+$/.test(value)
        ? null
        : 'url_validation_error'
      : '',
};

const isMissing = (value: unknown): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** What is wrong with the answers to the host's fields. */
function fieldError(
  fields: readonly BookingField[],
  answers: Readonly<Record<string, unknown>>,
): BookingError | null {
  for (const field of fields) {
    const { slug, required, type } = field;
    const value = answers[slug];
    if (isMissing(value)) {
      if (required) return bad(`Missing required booking field response: ${slug}`);
      continue;
    }
    const complaint =
      ANSWERS[type]?.(value, field) ?? (ANSWERS[type] || typeof value === 'string' ? null : '');
    if (complaint === '')
      return bad(`Invalid type for booking field '${slug}'. Expected ${type}, received ${typeof value}.`);
    if (complaint !== null) return core(slug, complaint);
  }
  return null;
}

const offers = (locations: readonly EventLocation[], asked: LocationBody): boolean =>
  locations.some(
    (each) =>
      each.type === asked.type &&
      (each.type !== 'integration' ||
        (asked.type === 'integration' && asked.integration === each.integration)),
  );

/** What the real API refuses, in its order; null when the slot itself decides. */
export function bookingErrorOf(
  event: ConfiguredEvent,
  body: BookingBody,
  now: number,
  hasKey: boolean,
): BookingError | null {
  const { settings, durations } = event;
  const {
    attendee,
    lengthInMinutes,
    location,
    bookingFieldsResponses = {},
    emailVerificationCode: code,
  } = body;
  if (settings.requiresLogin && !hasKey) return BOOKING_ERRORS.login;
  if (body.instant && !event.hosts[0].team) return bad('Instant meetings are for team event types only.');
  if (lengthInMinutes !== undefined && (durations.length < 2 || !durations.includes(lengthInMinutes)))
    return BOOKING_ERRORS.length;
  const locations = event.locations ?? VIDEO;
  if (typeof location === 'object' && !offers(locations, location)) return BOOKING_ERRORS.location;
  if (!location && locations[0]?.type.startsWith('attendee')) return core('location', 'error_required_field');
  const answers = {
    ...bookingFieldsResponses,
    ...(attendee.phoneNumber !== undefined && { attendeePhoneNumber: attendee.phoneNumber }),
  };
  const wrong = fieldError(settings.fields, answers);
  if (wrong) return wrong;
  const start = Date.parse(body.start);
  if (start < now) return BOOKING_ERRORS.past;
  if (start < firstBookable(event, now) || start > now + event.horizonDays * DAY)
    return BOOKING_ERRORS.bounds;
  if (attendee.email !== undefined && !EMAIL.test(attendee.email)) return BOOKING_ERRORS.email;
  if (attendee.phoneNumber !== undefined && !PHONE.test(attendee.phoneNumber))
    return core('attendeePhoneNumber', 'invalid_number');
  const guests = body.guests ?? [];
  if (!guests.every((guest) => EMAIL.test(guest))) return core('guests', 'email_validation_error');
  if (new Set(guests).size < guests.length) return core('guests', 'duplicate_email');
  if (settings.verifiesEmail && code !== EMAIL_CODE)
    return BOOKING_ERRORS[code === undefined ? 'email-verification' : 'verification-code'];
  return null;
}

/** The answers that a booking keeps. */
export function responsesOf({ bookingFieldsResponses = {} }: BookingBody): Responses {
  const kept: Record<string, string | boolean | readonly string[]> = {};
  for (const [slug, value] of Object.entries(bookingFieldsResponses))
    if (typeof value === 'string' || typeof value === 'boolean' || isTexts(value)) kept[slug] = value;
  return kept;
}

/** Where a booking takes place: what the visitor gave, or the event type's own place. */
export function placeOf(event: ConfiguredEvent, { location }: BookingBody): string | undefined {
  if (typeof location === 'string') return location;
  const asked = location ?? (event.locations ?? VIDEO)[0];
  const same = (event.locations ?? VIDEO).find((each) => each.type === asked?.type) ?? asked;
  for (const each of [asked, same])
    for (const [name, value] of Object.entries(each ?? {}))
      if (['address', 'phone', 'location', 'link'].includes(name) && typeof value === 'string') return value;
  return undefined;
}
