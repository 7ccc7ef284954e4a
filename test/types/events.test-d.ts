import type { BookingWidgetElement, FailureCode, Slot } from 'booking-widget-element';

declare const widget: BookingWidgetElement;

widget.addEventListener('booking-booked', (event) => {
  const id: string = event.bookingId;
  const change: 'created' | 'moved' | 'cancelled' = event.change;
  // @ts-expect-error -- events carry their own fields, no `detail`
  return [id, change, event.detail];
});
widget.addEventListener('booking-error', (event) => {
  const code: FailureCode = event.code;
  const again: boolean = event.willRetry;
  return [code, again];
});
document.addEventListener('booking-slot-select', (event) => {
  const slot: Slot = { start: event.start };
  widget.open(slot);
});

widget.mode = 'popup';
widget.slots = 4;
widget.prefill = { name: 'Ada', guests: ['grace@example.com'] };
// @ts-expect-error -- no such mode
widget.mode = 'modal';
// @ts-expect-error -- a number, not text
widget.slots = '4';
// @ts-expect-error -- only a booking decides the form value
widget.value = 'booked';

const found = document.querySelector('booking-widget');
found?.open();
// @ts-expect-error -- no such method
found?.explode();
