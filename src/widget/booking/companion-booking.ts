import type { BookingOutcome, RefusalReason, Reply } from './booking-outcome.js';
import type { EventDetails } from './event-details.js';
import type { FinalAnswer } from './final-answers.js';
import { fieldsOf, listOf, plainText } from './foreign.js';
import type { Answer, FormField, Place } from './form-fields.js';
import type { NativeBooking } from './native-booking.js';

const KINDS = ['text', 'textarea', 'phone', 'select', 'multiselect'] as const;

/** A field of the companion's; null where the form has none for it. */
function fieldOf(value: unknown): FormField | null {
  const field = fieldsOf(value);
  const slug = plainText(field['name']);
  const given = plainText(field['kind']);
  const base = {
    slug,
    label: plainText(field['label'], 2000),
    placeholder: '',
    required: field['required'] !== false,
    places: [],
    options: [],
  };
  if (given === 'name') return { ...base, kind: 'text', target: 'name' };
  if (given === 'email') return { ...base, kind: 'email', target: 'email' };
  const kind = KINDS.find((each) => each === given);
  if (!kind || !slug) return null;
  if (kind !== 'select' && kind !== 'multiselect') return { ...base, kind, target: 'answer' };
  // An option is sent back exactly as it was read, so that none is cleaned.
  const options = (listOf(field['options']) ?? []).filter((each): each is string => typeof each === 'string');
  return options.length > 0 ? { ...base, kind, target: 'answer', options } : null;
}

const NEEDS: Readonly<Record<string, Place['needs']>> = { '': null, phone: 'phone', text: 'text' };

const TYPES: Readonly<Record<string, string>> = {
  video: 'integration',
  phone: 'phone',
  'in-person': 'place',
  other: 'place',
};

/** The places to choose from; null where there is an unknown one, or two that would have the same name. */
function placesOf(value: unknown): readonly Place[] | null {
  const places = (listOf(value) ?? []).map((each) => {
    const place = fieldsOf(each);
    const type = TYPES[plainText(place['kind'])];
    const needs = NEEDS[plainText(place['needs'])];
    const name = plainText(place['name']);
    if (!type || needs === undefined || !name) return null;
    return { type, integration: plainText(place['service']), text: '', needs, name };
  });
  const names = new Set(places.map((place) => place && place.type + place.integration));
  return names.size === places.length && places.every((place) => place !== null) ? places : null;
}

const NO_FLAGS: EventDetails['flags'] = {
  paid: false,
  recurring: false,
  seats: false,
  instant: false,
  login: false,
  emailVerification: false,
};

type Link = 'rescheduleUrl' | 'cancelUrl';

/** The status is the companion's own only where its problem has a code. */
function refusal({ status, body }: Reply, afterUnknown: boolean): BookingOutcome {
  const code = plainText(fieldsOf(body)['code']);
  if (code === 'slot-taken') return { type: 'taken', maybeOwn: afterUnknown };
  const isRefused = status >= 400 && status < 500 && status !== 408 && code;
  if (!isRefused && code !== 'not-booked' && code !== 'store-unavailable') return { type: 'unknown' };
  const reasons: Readonly<Record<string, RefusalReason>> = {
    'booking-not-offered': 'event-gone',
    'too-many-requests': 'limit',
    'booking-quota': 'limit',
    'bad-answer': 'stale-event',
  };
  return { type: 'refused', reason: reasons[code] ?? 'other' };
}

/** An address of a page, and of no script; empty for everything else. */
const webUrl = (value: unknown): string => /^https?:\/\/\S+$/.exec(plainText(value, 2000))?.[0] ?? '';

/** Bookings through a companion. */
export const nativeBooking: NativeBooking = {
  slotsUrl: (companion, src) =>
    `${companion.replace(/\/*$/, '')}/v1/bookings?${new URLSearchParams({ src })}`,

  gateContext: () => ({ slug: '', page: 'person' }),

  complete(event) {
    const offer = fieldsOf(event.offer);
    const list = listOf(offer['fields']);
    if (offer['offered'] !== true || !list) return event;
    const fields = list.map(fieldOf);
    return {
      ...event,
      flags: NO_FLAGS,
      places: placesOf(offer['places']),
      form: fields.filter((field) => field !== null),
      unsupported: list
        .filter((_, index) => !fields[index])
        .map((each) => plainText(fieldsOf(each)['kind']) || 'unknown'),
    };
  },

  bookingRequest(slotsUrl, { answers, start, timeZone, metadata }) {
    const given: Record<string, Answer> = {};
    let place: object | undefined;
    const isPlace = (answer: FinalAnswer): answer is Extract<FinalAnswer, { target: 'location' }> =>
      answer.target === 'location';
    for (const answer of answers)
      if (isPlace(answer))
        place = { name: answer.place.name, ...(answer.detail && { detail: answer.detail }) };
      else given[answer.slug] = answer.value;
    const url = new URL(slotsUrl);
    return {
      method: 'POST',
      url: url.origin + url.pathname,
      // A browser may repeat a request by itself: both are one booking.
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
      body: JSON.stringify({
        ...{ v: 1, src: url.searchParams.get('src'), start, timeZone, answers: given },
        ...(place && { place }),
        ...(Object.keys(metadata).length > 0 && { utm: metadata }),
      }),
    };
  },

  outcome(reply, afterUnknown) {
    if (!reply) return { type: 'unknown' };
    if (reply.status !== 201) return refusal(reply, afterUnknown);
    const booking = fieldsOf(reply.body);
    const link = (name: Link): string => webUrl(booking[name]);
    return {
      type: 'booked',
      id: plainText(booking['id']),
      start: plainText(booking['start']),
      end: plainText(booking['end']),
      location: '',
      links: { reschedule: link('rescheduleUrl'), cancel: link('cancelUrl') },
    };
  },

  manageUrl: () => '',
};
