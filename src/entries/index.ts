/** Importing this registers nothing and touches no page. `booking-widget-element/define` registers the tag. */
export { BookingWidgetElement } from '../widget/booking-widget.js';
export {
  BookingAvailabilityEvent,
  BookingBookedEvent,
  BookingCloseEvent,
  BookingErrorEvent,
  BookingOpenEvent,
  BookingReadyEvent,
  BookingRetryEvent,
  BookingSlotSelectEvent,
  BookingTimingEvent,
  type BookingEventMap,
} from '../widget/events.js';
export type { Slot } from '../protocol/availability.js';
export type { BookingChange } from '../protocol/booking-notice.js';
export type { FailureCode } from '../protocol/failure-code.js';
export type { WidgetReport } from '../protocol/load-report.js';
export type { Prefill } from '../widget/providers/provider.js';
