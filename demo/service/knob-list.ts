/**
 * Every switch of the service, by name. A knob is written in the query of a page or of an API request, or set for an
 * event type (`acme/30min`), a host (`acme`) or everything (`*`) through the control routes. The table in the README is
 * generated from this list.
 */
export const KNOB_GROUPS = {
  'Responses of pages (in the query of an API request: that response)': {
    delay: 'milliseconds before the response begins',
    hang: 'the connection stays open without a response; `body`: the response stops in the middle of its body',
    refuse: 'the connection is closed at once',
    status: 'the response has this HTTP status: 204 (an empty page) or 400 to 599',
    download: 'the page is sent as a file to save',
    redirect:
      '`sibling`: the page redirects to the other name of this machine (another origin of the same provider); `stranger`: to a page of the `plain` origin; or a URL (one under `.invalid` cannot be resolved, like a DNS failure)',
  },
  'Headers of pages': {
    xfo: 'value of X-Frame-Options',
    'frame-ancestors': 'value of the frame-ancestors directive',
    coep: 'the page is sent with Cross-Origin-Embedder-Policy: require-corp',
  },
  'Messages and behaviour of pages': {
    mute: '`page` (or nothing): the page posts no message; `api`: requests for slots are never answered',
    late: 'milliseconds before the page posts its first message',
    'late-status': 'the page reports this HTTP error just before it would be ready',
    'lying-height': 'height that is reported instead of the real one',
    doubled: 'every message is posted twice',
    reordered: 'every second message is posted before the preceding one',
    speaks: '`hubspot`, `acuity`, `oncehub` or `resizer`: protocol of the pages of the `plain` origin',
    preview: 'the page makes no booking: its last step says so, and leads back to the slots',
    books: 'the page reports a booking as soon as it has its slots',
    noise: 'junk and foreign messages between the real ones',
    'no-slots-event': 'the page never reports that its slots are loaded',
    'page-slots-delay': 'milliseconds before the page has its slots',
    'navigate-to': 'the page leaves for this URL once it is ready; `reload`: it loads itself again, once',
    'navigate-after': 'milliseconds between ready and the navigation of `navigate-to`',
    'hard-navigation': 'the page changes views by loading another document',
  },
  Slots: {
    empty: 'no slot is bookable, in the page and in the API',
    'slots-status': 'HTTP status of every response about slots',
    'slots-delay': 'milliseconds before a response about slots',
    'slots-refuse': 'connections that ask for slots are closed at once',
    garbage: '`html` (or nothing), `shape`, `truncated` or `null` instead of slots',
  },
  'Settings of the event type': {
    confirmation: 'the host confirms each booking: it is pending',
    price: 'price in cents (1000 without a number)',
    seats: 'number of attendees that share a slot (2 without a number)',
    recurrence: 'number of weekly occurrences (3 without a number)',
    instant: 'an instant meeting',
    login: 'bookings need an account',
    'email-verification': 'bookings need a code that was sent by e-mail; here it is always 424242',
    hidden: 'the event type is not part of anonymous answers',
    'split-name': 'first and last name are two fields',
    'unknown-field': 'a required field of a type that the API cannot describe; `optional`: not required',
    'number-field': 'a required number, which the real API always refuses; `optional`: not required',
    omit: 'keys, separated by commas, that are left out of the answer about the event type',
    'event-type-status': 'HTTP status of every response about event types',
  },
  Bookings: {
    'booking-error':
      'the booking is refused with the real error of this name: `taken`, `hosts-taken`, `race`, `full`, `bounds`, `past`, `field`, `field-type`, `core-field`, `email`, `phone-missing`, `length`, `location`, `event-gone`, `managed`, `no-hosts`, `login`, `not-owner`, `blocked-email`, `protected-email`, `active-limit`, `email-verification`, `verification-code`, `rate-limited`, `server-error` (Calendly: `taken`, `event-gone`, `login`, `plan`, `field`, `rate-limited`, `server-error`); or `edge` (403 page without CORS headers), `html` (502 page), `garbage` (201 with half a body), `refuse`, `hang`',
    'booking-delay': 'milliseconds before a booking is made',
    'booking-lost':
      'the booking is made and its response is lost: the connection is closed; `hang`: it stays open; `500`: an error is sent',
  },
  'Every API': {
    'retry-after': 'value of Retry-After on failing responses about slots and bookings',
    'no-cors': 'API responses carry no CORS headers',
    'rate-limit': 'requests a minute before a client is blocked',
    address: 'address that the client is counted under',
    first: 'faults hold for the first N requests of a kind only (pages, slots, event types, bookings)',
    now: 'the service uses this instant as its clock (ISO 8601)',
  },
} as const;

type Group = (typeof KNOB_GROUPS)[keyof typeof KNOB_GROUPS];
type NamesOf<G> = G extends unknown ? keyof G : never;

export type KnobName = NamesOf<Group>;

/** Every knob with its meaning. */
export const KNOBS = Object.assign({}, ...Object.values(KNOB_GROUPS)) as Readonly<Record<KnobName, string>>;
