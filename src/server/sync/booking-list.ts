import type { Span } from '../../scheduling/local-days.js';
import type { Observation } from '../bookings/booking.js';

/** One booking of a list, and when the provider last changed it (milliseconds since 1970). */
export interface Listed {
  readonly observation: Observation;
  readonly changedAt: number;
}

export interface BookingPage {
  readonly listed: readonly Listed[];
  /** Entries that are no bookings as the provider writes them. */
  readonly unreadable: number;
  /** Where the next page begins; null after the last. */
  readonly next: string | null;
  /** How many bookings there are in all, where the provider says so. */
  readonly total: number | null;
}

/**
 * One page of an account's bookings that begin within a span, whatever their state; `cursor` is empty for the first. One
 * call or two, as background work. Rejects with an `UpstreamFailure`.
 */
export type ListBookings = (span: Span, cursor: string) => Promise<BookingPage>;

/**
 * One booking as the provider has it at this moment; null where it has none that can be read. Rejects with an
 * `UpstreamFailure`.
 */
export type ReadBooking = (id: string) => Promise<Observation | null>;
