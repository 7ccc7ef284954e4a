import type { ProviderName } from '../upstreams/upstream.js';

/** `pending` waits for the host's word. A moved booking is a cancelled one with `movedTo`. */
export type BookingState = 'pending' | 'accepted' | 'rejected' | 'cancelled';

/** A state, and the moment it was true. */
export interface Word {
  readonly state: BookingState;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** From when to when, and the moment this was true; milliseconds since 1970. */
export interface BookedSpan {
  readonly start: number;
  readonly end: number;
  readonly at: number;
}

/** What may be known of a booking besides its state. Never who booked, nor what they wrote. */
interface Facts {
  readonly provider: ProviderName;
  /** Cal.com's `uid`, Calendly's URI of the scheduled event. */
  readonly id: string;
  /** The account it belongs to; empty while only deliveries have told of it. */
  readonly account: string;
  /** The provider's id of the event type (Cal.com's number, Calendly's URI) and the last part of its address, or empty. */
  readonly eventType: string;
  readonly slug: string;
  readonly bookedAt: number | null;
  /** Ids of the booking that took this one's place, and of the one whose place this took, or empty. */
  readonly movedTo: string;
  readonly movedFrom: string;
}

/** One row. What deliveries said and what the API showed are kept apart, so that either may come first. */
export interface Booking extends Facts {
  readonly heard: Word | null;
  readonly seen: Word | null;
  readonly span: BookedSpan | null;
}

/**
 * What a delivery or a look at the API says about one booking. `at` is the provider's stamp of a delivery, or the moment
 * the API was asked.
 */
export interface Observation extends Pick<Facts, 'provider' | 'id'>, Partial<Omit<Facts, 'provider' | 'id'>> {
  readonly source: 'webhook' | 'sync';
  readonly at: number;
  readonly state: BookingState;
  readonly start?: number;
  readonly end?: number;
}

/** How a booking stands. */
export interface Standing {
  readonly state: BookingState;
  readonly start: number | null;
  readonly end: number | null;
}
