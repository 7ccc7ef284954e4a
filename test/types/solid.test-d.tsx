/** @jsxImportSource solid-js */
import type {} from '../../types/solid.js';

export const accepted = [
  <booking-widget src="https://cal.com/acme/30min" mode="popup" slots={4} hide-details class="wide">
    <a href="https://cal.com/acme/30min">Book a time</a>
  </booking-widget>,
  <booking-widget
    prefill={{ name: 'Ada', guests: ['grace@example.com'] }}
    on:booking-booked={(event) => event.bookingId.toUpperCase()}
    ref={(element) => element.open()}
  />,
];

export const refused = [
  // @ts-expect-error -- no such mode
  <booking-widget mode="modal" />,
  // @ts-expect-error -- no such option
  <booking-widget source="https://cal.com/acme/30min" />,
  // @ts-expect-error -- a flag is not a number
  <booking-widget debug={1} />,
  // @ts-expect-error -- this event has no `detail`
  <booking-widget on:booking-booked={(event) => event.detail} />,
];
