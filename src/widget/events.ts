import type { Slot } from '../protocol/availability.js';
import type { BookedVia, BookingChange, BookingNotice } from '../protocol/booking-notice.js';
import type { FailureCode } from '../protocol/failure-code.js';
import type { WidgetReport } from '../protocol/load-report.js';

/** All events bubble and cross shadow roots, so that one listener on the document is notified by every widget. */
const travels = { bubbles: true, composed: true } as const;

/** Slots came on screen or were confirmed. */
export class BookingAvailabilityEvent extends Event {
  /** How many slots are known, and whether they were `cached` here or `fresh` from the provider. */
  constructor(
    readonly count: number,
    readonly source: 'cached' | 'fresh',
  ) {
    super('booking-availability', travels);
  }
}

/** The dialog opened. */
export class BookingOpenEvent extends Event {
  constructor() {
    super('booking-open', travels);
  }
}

/** The dialog closed. */
export class BookingCloseEvent extends Event {
  constructor() {
    super('booking-close', travels);
  }
}

/** The visitor chose a slot in the widget. */
export class BookingSlotSelectEvent extends Event {
  /** ISO 8601 instants; `end` only where the provider says it. */
  readonly start: string;
  readonly end: string | undefined;
  constructor(slot: Slot) {
    super('booking-slot-select', travels);
    this.start = slot.start;
    this.end = slot.end;
  }
}

/** The scheduling page said that it is usable. Never fired for providers that cannot say so. */
export class BookingReadyEvent extends Event {
  constructor(
    /** Id of the provider, as in the option `provider`. */
    readonly provider: string,
    /** How often the page had to be started; 1 when nothing failed. */
    readonly attempt: number,
  ) {
    super('booking-ready', travels);
  }
}

/** A booking was made, moved or cancelled. Once per booking and change. */
export class BookingBookedEvent extends Event {
  /** The provider's id of the booking; the same id comes in its webhooks. */
  readonly bookingId: string;
  readonly change: BookingChange;
  /** ISO 8601 instants, where the provider says them. */
  readonly start: string | undefined;
  readonly end: string | undefined;
  /** Whether this happened in the widget's own form or on the scheduling page in the frame. */
  readonly via: BookedVia;
  constructor(booking: BookingNotice, via: BookedVia = 'frame') {
    super('booking-booked', travels);
    this.bookingId = booking.id;
    this.change = booking.change;
    this.start = booking.start;
    this.end = booking.end;
    this.via = via;
  }
}

/**
 * There is no calendar, for now or for good. Calling `preventDefault()` keeps the failure view away and shows the
 * widget's own children (the fallback link) instead.
 */
export class BookingErrorEvent extends Event {
  constructor(
    readonly code: FailureCode,
    /** What was seen, in English, for the site owner. Visitors read other words. */
    readonly message: string,
    readonly attempt: number,
    /** Whether the widget tries again by itself. */
    readonly willRetry: boolean,
    /** The exception, where there was one: for an error tracker. */
    readonly cause?: unknown,
  ) {
    super('booking-error', { ...travels, cancelable: true });
  }
}

/** A retry begins, automatically or because the visitor asked. */
export class BookingRetryEvent extends Event {
  constructor(
    readonly attempt: number,
    readonly automatic: boolean,
  ) {
    super('booking-retry', travels);
  }
}

/** The load came to an outcome: the same figures that a metrics endpoint would get for this widget. */
export class BookingTimingEvent extends Event {
  constructor(readonly report: WidgetReport) {
    super('booking-timing', travels);
  }
}

export interface BookingEventMap {
  'booking-availability': BookingAvailabilityEvent;
  'booking-open': BookingOpenEvent;
  'booking-close': BookingCloseEvent;
  'booking-slot-select': BookingSlotSelectEvent;
  'booking-ready': BookingReadyEvent;
  'booking-booked': BookingBookedEvent;
  'booking-error': BookingErrorEvent;
  'booking-retry': BookingRetryEvent;
  'booking-timing': BookingTimingEvent;
}

declare global {
  interface HTMLElementEventMap extends BookingEventMap {}
  interface DocumentEventMap extends BookingEventMap {}
}
