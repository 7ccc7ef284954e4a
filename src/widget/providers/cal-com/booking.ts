import type { GateContext } from '../../booking/booking-gate.js';
import { bookingOutcome, type ErrorWording } from '../../booking/booking-outcome.js';
import { bookingBody } from '../../booking/booking-request.js';
import type { BookingChanges, NativeBooking } from '../../booking/native-booking.js';

/** One version per route: a version of another route is a 404. */
const HOSTED_BOOKINGS_VERSION = '2026-02-25';
/** Cal.diy and older instances know no later one. */
const OWN_BOOKINGS_VERSION = '2024-08-13';

const WORDING: ErrorWording = {
  rules: [
    {
      status: 400,
      text: /^(?:User|One of the hosts) either already has booking at this time or is not available/i,
      means: 'taken',
    },
    { status: 409, text: /booking_conflict_error|No more seats left/i, means: 'taken' },
    { status: 400, text: /can't be booked at the "start" time provided/i, means: 'taken' },
    { status: 400, text: /book a meeting in the past/i, means: 'taken' },
    { status: 400, text: /^Missing required booking field response: ([\w-]+)/i, means: 'field' },
    { status: 400, text: /^responses - \{([\w-]+)\}(\w+)/i, means: 'field' },
    { status: 400, text: /Missing attendee phone number/i, means: 'phone-missing' },
    {
      status: 400,
      text: /email_verification_required|invalid_verification_code/i,
      means: 'email-verification',
    },
    { status: 400, text: /maximum number of active bookings/i, means: 'limit' },
    { status: 400, text: /\b(?:length|location)/i, means: 'stale-event' },
    { status: 404, text: /./, means: 'event-gone' },
    { status: 401, text: /./, means: 'login' },
    { status: 403, text: /e-?mail/i, means: 'email' },
    { status: 403, text: /./, means: 'login' },
  ],
  fieldErrors: {
    error_required_field: 'required',
    email_validation_error: 'email',
    invalid_number: 'phone',
    url_validation_error: 'url',
    max_characters_allowed: 'long',
    duplicate_email: 'duplicate',
    exclude_emails_match_found_error_message: 'email',
    require_emails_no_match_found_error_message: 'email',
  },
};

/** Languages that an attendee may have; another is a 400. */
const LANGUAGES =
  'ar az bg bn ca cs da de el en es es-419 et eu fi fr he hr hu id it iw ja km ko lv nl no pl pt pt-BR ro ru sk sl sr sv ta th tr uk vi zh-CN zh-TW'.split(
    ' ',
  );

const ALIASES: Readonly<Record<string, string>> = {
  nb: 'no',
  nn: 'no',
  zh: 'zh-CN',
  'zh-hans': 'zh-CN',
  'zh-hant': 'zh-TW',
  'zh-hk': 'zh-TW',
  'zh-mo': 'zh-TW',
  'es-mx': 'es-419',
  'es-ar': 'es-419',
};

/** The attendee's language for a BCP 47 tag: the closest one that Cal.com knows, else English. */
export function attendeeLanguage(tag: string): string {
  const parts = tag.toLowerCase().replaceAll('_', '-').split('-');
  for (; parts.length > 0; parts.pop()) {
    const part = parts.join('-');
    const known = ALIASES[part] ?? LANGUAGES.find((each) => each.toLowerCase() === part);
    if (known) return known;
  }
  return 'en';
}

const isHosted = ({ hostname }: URL): boolean => /^api\.cal\.(com|eu)$/.test(hostname);

const bookingHeaders = (slots: URL): Record<string, string> => ({
  'cal-api-version': isHosted(slots) ? HOSTED_BOOKINGS_VERSION : OWN_BOOKINGS_VERSION,
  'Content-Type': 'application/json',
});

/** Parameters that a routing form adds to the page that it leads to. */
const ROUTED = /^cal\.(routingFormResponseId|queuedFormResponseId|routedTeamMemberIds|skipContactOwner)/;

/** What kind of page a URL is, for the gate. */
export function pageKind({ pathname, searchParams }: URL): GateContext['page'] {
  const [first] = pathname.split('/').filter(Boolean);
  if (first === 'd') return 'private-link';
  if (first === 'forms' || first === 'routing-forms' || first === 'router') return 'routing-form';
  if ([...searchParams.keys()].some((name) => ROUTED.test(name))) return 'routing-form';
  return first === 'team' ? 'team' : 'person';
}

/** Cal.com's booking API, without a key. */
export const nativeBooking: NativeBooking & BookingChanges = {
  gateContext: (slotsUrl, page) => ({
    slug: new URL(slotsUrl).searchParams.get('eventTypeSlug') ?? '',
    page: pageKind(page),
  }),

  bookingRequest(slotsUrl, input, tag) {
    const slots = new URL(slotsUrl);
    return {
      method: 'POST',
      url: new URL('bookings', slots).href,
      headers: bookingHeaders(slots),
      body: JSON.stringify(bookingBody({ ...input, language: attendeeLanguage(tag) })),
    };
  },

  cancelRequest(slotsUrl, id) {
    const slots = new URL(slotsUrl);
    return {
      method: 'POST',
      url: new URL(`bookings/${encodeURIComponent(id)}/cancel`, slots).href,
      headers: bookingHeaders(slots),
      body: '{}',
    };
  },

  rescheduleRequest(slotsUrl, id, start) {
    const slots = new URL(slotsUrl);
    return {
      method: 'POST',
      url: new URL(`bookings/${encodeURIComponent(id)}/reschedule`, slots).href,
      headers: bookingHeaders(slots),
      body: JSON.stringify({ start: new Date(start).toISOString() }),
    };
  },

  outcome: (reply, afterUnknown) => bookingOutcome(reply, WORDING, { afterUnknown }),

  manageUrl: (page, id) => (id ? new URL(`/booking/${encodeURIComponent(id)}`, page).href : ''),
};
