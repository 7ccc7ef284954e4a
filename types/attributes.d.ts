// Made from the sources by `npm run generate`.
import type { BookingWidgetElement, BookingEventMap } from 'booking-widget-element';

/** What may be written on `<booking-widget>`. */
export interface BookingWidgetAttributes {
  /** Address of the scheduling page. The provider is recognised from it. Default: the link inside the element. */
  src?: BookingWidgetElement['src'] | undefined;
  /** Which provider this is, for addresses that do not show it (self-hosted, or on a domain of your own), such as `cal` or `hubspot`; the readme lists all. `plain` frames any page as it is. */
  provider?: BookingWidgetElement['provider'] | undefined;
  /** Base URL of the provider's API, for self-hosted instances. Default: the provider's own. */
  api?: BookingWidgetElement['api'] | undefined;
  /** `inline`: in the flow of the page; `popup`: in a dialog that a button or link opens; `floating`: a button fixed to a corner that opens the dialog. */
  mode?: BookingWidgetElement['mode'] | undefined;
  /** When the scheduling page may load: near the viewport (200 px ahead); at once; only when the visitor picks a time or asks for the calendar. */
  loading?: BookingWidgetElement['loading'] | undefined;
  /** Whether slots are shown natively, from the cache and the provider's API or the companion. */
  availability?: BookingWidgetElement['availability'] | undefined;
  /** Base URL of a companion server. */
  companion?: BookingWidgetElement['companion'] | undefined;
  /** Where load reports are sent. Default: the companion's; with neither, nothing is sent. */
  'metrics-endpoint'?: BookingWidgetElement['metricsEndpoint'] | undefined;
  /** Share of page loads that report, from 0 to 1. Default 1. */
  'sample-rate'?: BookingWidgetElement['sampleRate'] | `${number}` | undefined;
  /** With `required` nothing third-party is contacted before `grant()` or a press on the facade; a value that means nothing counts as `required`. */
  consent?: BookingWidgetElement['consent'] | undefined;
  /** When what a popup needs is prepared: on hover, focus or touch; when the page is idle; never. */
  prepare?: BookingWidgetElement['prepare'] | undefined;
  /** Colours of the widget and of the scheduling page, in the provider's own words. Default: the page's own. */
  theme?: BookingWidgetElement['theme'] | undefined;
  /** Accent colour, as a CSS colour, handed to the provider where it takes one. */
  accent?: BookingWidgetElement['accent'] | undefined;
  /** Layout of the scheduling page, in the provider's own words (Cal.com: `month_view`, `week_view`, `column_view`). */
  layout?: BookingWidgetElement['layout'] | undefined;
  /** Leaves out the event's description in the scheduling page. */
  'hide-details'?: BookingWidgetElement['hideDetails'] | '' | 'true' | 'false' | undefined;
  /** The visitor's name, where the page knows it. */
  'prefill-name'?: BookingWidgetElement['prefillName'] | undefined;
  /** The visitor's first name, for event types that ask for it apart. */
  'prefill-first-name'?: BookingWidgetElement['prefillFirstName'] | undefined;
  /** The visitor's last name, for event types that ask for it apart. */
  'prefill-last-name'?: BookingWidgetElement['prefillLastName'] | undefined;
  /** The visitor's e-mail address. */
  'prefill-email'?: BookingWidgetElement['prefillEmail'] | undefined;
  /** The visitor's phone number. */
  'prefill-phone'?: BookingWidgetElement['prefillPhone'] | undefined;
  /** Notes for the host. */
  'prefill-notes'?: BookingWidgetElement['prefillNotes'] | undefined;
  /** E-mail addresses of further guests, separated by spaces or commas. */
  'prefill-guests'?: BookingWidgetElement['prefillGuests'] | undefined;
  /** Names of parameters in the page's address that are passed on to the scheduling page, or `none`. Of the `utm_*`, those of the visit's first campaign are passed on. Default: the five `utm_*`. */
  'forward-params'?: BookingWidgetElement['forwardParams'] | undefined;
  /** IANA name of the zone slots are shown in. Default: the visitor's. */
  'time-zone'?: BookingWidgetElement['timeZone'] | undefined;
  /** `auto` follows the scheduling page's height, `grow` only upwards, a CSS length (a bare number is pixels) fixes it. */
  height?: BookingWidgetElement['height'] | number | undefined;
  /** Name of the frame and text of the launcher. Default: the text of the link inside. */
  label?: BookingWidgetElement['label'] | undefined;
  /** How many slots to show, 1 to 60. Default 6. */
  slots?: BookingWidgetElement['slots'] | `${number}` | undefined;
  /** A time the visitor would like, as an ISO 8601 date-time: the slots nearest to it are shown first. */
  preferred?: BookingWidgetElement['preferred'] | undefined;
  /** Holds a chosen slot for the visitor while they fill in the form, where the provider lets a browser do that (Cal.com: five minutes). Released when they leave it. */
  reserve?: BookingWidgetElement['reserve'] | '' | 'true' | 'false' | undefined;
  /** Where a chosen slot is booked: `auto` in the widget's own form where the provider takes bookings by API and the event type needs nothing that the form cannot do, else on the provider's page; `frame` always on the provider's page. */
  booking?: BookingWidgetElement['booking'] | undefined;
  /** Address of the site owner's privacy notice, linked beside the booking form. */
  'privacy-url'?: BookingWidgetElement['privacyUrl'] | undefined;
  /** Seconds after which a scheduling page that is not ready counts as failed, 0.1 to 300. Default 20. */
  timeout?: BookingWidgetElement['timeout'] | `${number}${'' | 's' | 'ms'}` | undefined;
  /** How often a transient failure is retried automatically, 0 to 10. Default 3. */
  retries?: BookingWidgetElement['retries'] | `${number}` | undefined;
  /** Pushes the widget's events to `window.dataLayer` for tag managers. */
  'data-layer'?: BookingWidgetElement['dataLayer'] | '' | 'true' | 'false' | undefined;
  /** Says in the console what the widget does and why, for the site owner. */
  debug?: BookingWidgetElement['debug'] | '' | 'true' | 'false' | undefined;
  /** Answers the visitor would otherwise type; overrides and completes the `prefill-*` attributes. */
  prefill?: BookingWidgetElement['prefill'] | undefined;
  /** Further names under which events and fields go to `window.dataLayer`, such as `{ booked: 'generate_lead' }` or `{ booking_id: 'transaction_id' }`. */
  dataLayerAliases?: BookingWidgetElement['dataLayerAliases'] | undefined;
  /** Where load reports are sent. Default: the companion's; with neither, nothing is sent. */
  metricsEndpoint?: BookingWidgetElement['metricsEndpoint'] | undefined;
  /** Share of page loads that report, from 0 to 1. Default 1. */
  sampleRate?: BookingWidgetElement['sampleRate'] | undefined;
  /** Leaves out the event's description in the scheduling page. */
  hideDetails?: BookingWidgetElement['hideDetails'] | undefined;
  /** The visitor's name, where the page knows it. */
  prefillName?: BookingWidgetElement['prefillName'] | undefined;
  /** The visitor's first name, for event types that ask for it apart. */
  prefillFirstName?: BookingWidgetElement['prefillFirstName'] | undefined;
  /** The visitor's last name, for event types that ask for it apart. */
  prefillLastName?: BookingWidgetElement['prefillLastName'] | undefined;
  /** The visitor's e-mail address. */
  prefillEmail?: BookingWidgetElement['prefillEmail'] | undefined;
  /** The visitor's phone number. */
  prefillPhone?: BookingWidgetElement['prefillPhone'] | undefined;
  /** Notes for the host. */
  prefillNotes?: BookingWidgetElement['prefillNotes'] | undefined;
  /** E-mail addresses of further guests, separated by spaces or commas. */
  prefillGuests?: BookingWidgetElement['prefillGuests'] | undefined;
  /** Names of parameters in the page's address that are passed on to the scheduling page, or `none`. Of the `utm_*`, those of the visit's first campaign are passed on. Default: the five `utm_*`. */
  forwardParams?: BookingWidgetElement['forwardParams'] | undefined;
  /** IANA name of the zone slots are shown in. Default: the visitor's. */
  timeZone?: BookingWidgetElement['timeZone'] | undefined;
  /** Address of the site owner's privacy notice, linked beside the booking form. */
  privacyUrl?: BookingWidgetElement['privacyUrl'] | undefined;
  /** Pushes the widget's events to `window.dataLayer` for tag managers. */
  dataLayer?: BookingWidgetElement['dataLayer'] | undefined;
}

/** Listeners as `on…` attributes, where a framework takes them so. */
export interface BookingWidgetListeners {
  /** Slots came on screen or were confirmed. */
  'onbooking-availability'?: ((event: BookingEventMap['booking-availability']) => void) | undefined;
  /** The dialog opened. */
  'onbooking-open'?: ((event: BookingEventMap['booking-open']) => void) | undefined;
  /** The dialog closed. */
  'onbooking-close'?: ((event: BookingEventMap['booking-close']) => void) | undefined;
  /** The visitor chose a slot. */
  'onbooking-slot-select'?: ((event: BookingEventMap['booking-slot-select']) => void) | undefined;
  /** The scheduling page said that it is usable. */
  'onbooking-ready'?: ((event: BookingEventMap['booking-ready']) => void) | undefined;
  /** A booking was made, moved or cancelled; once per booking and change. */
  'onbooking-booked'?: ((event: BookingEventMap['booking-booked']) => void) | undefined;
  /** There is no calendar, or a part of the widget failed; cancelable, to show something else instead. */
  'onbooking-error'?: ((event: BookingEventMap['booking-error']) => void) | undefined;
  /** A retry begins. */
  'onbooking-retry'?: ((event: BookingEventMap['booking-retry']) => void) | undefined;
  /** The load came to an outcome: its timings. */
  'onbooking-timing'?: ((event: BookingEventMap['booking-timing']) => void) | undefined;
}
