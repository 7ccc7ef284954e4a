import {
  BookingAvailabilityEvent,
  BookingBookedEvent,
  BookingCloseEvent,
  BookingErrorEvent,
  BookingOpenEvent,
  BookingReadyEvent,
  BookingRetryEvent,
  BookingSlotSelectEvent,
} from '../events.js';
import type { WidgetHost } from '../controllers/controller.js';
import type { WidgetEvent } from '../state/events.js';
import type { WidgetState } from '../state/state.js';

/** The DOM event that tells the host page about a change of the state, if any. */
export function hostEvent(event: WidgetEvent, state: WidgetState, before: WidgetState): Event | null {
  const { frame } = state;
  if (
    frame.status === 'failed' &&
    (before.frame.status !== 'failed' || before.frame.failure !== frame.failure)
  )
    return new BookingErrorEvent(
      frame.failure.code,
      frame.failure.detail,
      frame.attempt,
      frame.retryAt !== null,
      frame.failure.cause,
    );
  switch (event.type) {
    case 'frame-ready':
      return new BookingReadyEvent(state.provider?.id ?? '', frame.attempt);
    case 'retry':
      return new BookingRetryEvent(frame.attempt, event.automatic);
    case 'slots-cached':
      return new BookingAvailabilityEvent(event.availability.slots.length, 'cached');
    case 'slots-fresh':
      return new BookingAvailabilityEvent(event.availability.slots.length, 'fresh');
    case 'choose':
      return new BookingSlotSelectEvent(event.slot);
    case 'open':
      return new BookingOpenEvent();
    case 'booked':
      return new BookingBookedEvent(event.booking, event.via);
    case 'view-failed':
      // The calendar is still there; the owner gets one event that says what it lacks.
      return new BookingErrorEvent('internal-error', event.detail, frame.attempt, false, event.cause);
    default:
      return before.dialog === 'open' && state.dialog === 'closed' ? new BookingCloseEvent() : null;
  }
}

/** What this element announced itself, as against events that a page dispatches on it, to test its listeners. */
export const announced = new WeakSet<Event>();

/**
 * Announces to the host page what happens, after the change and its render: a listener may call any method, and finds
 * the picture that the event speaks of. Always on, so part of the element.
 */
export function announceToHost(host: WidgetHost): void {
  const { store } = host;
  let queue = Promise.resolve();

  const dispatch = (event: Event): void => {
    const isTakenOver = !host.dispatchEvent(event);
    const { frame } = store.state;
    if (isTakenOver && event instanceof BookingErrorEvent && frame.status === 'failed')
      store.send({ type: 'failure-taken-over' });
  };

  store.subscribe((event, state, before) => {
    const announcement = hostEvent(event, state, before);
    if (!announcement) return;
    announced.add(announcement);
    queue = queue
      .then(() => host.updateComplete)
      .then(() => dispatch(announcement))
      .catch(() => undefined);
  });
}
