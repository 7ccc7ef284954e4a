/** @jsxImportSource react */
import { BookingWidget as implemented } from '../../src/entries/react.js';
import type { BookingWidget as Declared } from '../../types/react.js';

/** The declaration is written by hand: the implementation has to be usable as it says. */
export const BookingWidget: typeof Declared = implemented;

export const accepted = [
  <booking-widget src="https://cal.com/acme/30min" mode="popup" slots={4} hide-details className="wide">
    <a href="https://cal.com/acme/30min">Book a time</a>
  </booking-widget>,
  <booking-widget
    prefill={{ name: 'Ada', guests: ['grace@example.com'] }}
    onbooking-booked={(event) => event.bookingId.toUpperCase()}
    ref={(element) => element?.open()}
  />,
];

export const inCamelCase = (
  <booking-widget hideDetails prefillEmail="ada@example.com" sampleRate={0.5} timeZone="Europe/Madrid" />
);

export const refused = [
  // @ts-expect-error -- no such mode
  <booking-widget mode="modal" />,
  // @ts-expect-error -- no such option
  <booking-widget source="https://cal.com/acme/30min" />,
  // @ts-expect-error -- a number is not a word
  <booking-widget slots="many" />,
  // @ts-expect-error -- no such option
  <booking-widget hideDetail />,
  // @ts-expect-error -- a share is a number
  <booking-widget sampleRate="half" />,
  // @ts-expect-error -- a flag is not a number
  <booking-widget debug={1} />,
  // @ts-expect-error -- this event has no `detail`
  <booking-widget onbooking-booked={(event) => event.detail} />,
];

export const component = [
  <BookingWidget
    src="https://cal.com/acme/30min"
    hideDetails
    slots={4}
    timeout="20s"
    prefill={{ name: 'Ada' }}
    className="wide"
    onBookingBooked={(event) => event.bookingId.toUpperCase()}
    ref={(element) => element?.open()}
  />,
  // @ts-expect-error -- no such event
  <BookingWidget onBookingBoked={() => undefined} />,
  // @ts-expect-error -- this event has no `detail`
  <BookingWidget onBookingBooked={(event) => event.detail} />,
  // @ts-expect-error -- no such mode
  <BookingWidget mode="modal" />,
];
