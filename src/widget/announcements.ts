import {
  BookingAvailabilityEvent,
  BookingBookedEvent,
  BookingCloseEvent,
  BookingOpenEvent,
  BookingReadyEvent,
  BookingRetryEvent,
  BookingSlotSelectEvent,
} from './booking-events.js';
import type { Action, WidgetState } from './widget-state.js';

/**
 * The event that tells the host page about an action that changed the state, if any. Failures are announced where they
 * happen, because the page may take them over before anything is drawn.
 */
export function announcement(action: Action, { frame }: WidgetState, provider: string): Event | null {
  const attempt = frame.status === 'idle' ? 0 : frame.attempt;
  switch (action.type) {
    case 'frame-ready':
      return new BookingReadyEvent(provider, attempt);
    case 'retry':
      return new BookingRetryEvent(attempt, action.automatic);
    case 'times-cached':
      return new BookingAvailabilityEvent(action.availability.slots.length, 'cached');
    case 'times-fresh':
      return new BookingAvailabilityEvent(action.availability.slots.length, 'fresh');
    case 'choose':
      return new BookingSlotSelectEvent(action.slot);
    case 'open':
      return new BookingOpenEvent();
    case 'close':
      return new BookingCloseEvent();
    case 'booked':
      return new BookingBookedEvent(action.booking);
    default:
      return null;
  }
}
