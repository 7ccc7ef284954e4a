import type { ProviderName } from '../upstreams/upstream.js';

/** `pending` waits for the host's confirmation. A moved booking is a cancelled one with `movedTo`. */
export type BookingState = 'pending' | 'accepted' | 'rejected' | 'cancelled';

/** A state, and the moment it was true. */
export interface DatedState {
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

/** Whether an event type belongs to a team. `unknown` where nothing said so. */
export type TeamFact = 'unknown' | 'no' | 'yes';

/** Which event type a booking is of, as far as the provider names it. An empty text or list is "not named". */
export interface BookedEventType {
  readonly provider: ProviderName;
  /** The provider's id of the event type: Cal.com's number, Calendly's URI. */
  readonly eventType: string;
  /** The last part of the event type's address, canonical. Every Cal.com account has a `30min`: never enough alone. */
  readonly slug: string;
  /** Who hosts it: Cal.com's user names, canonical; Calendly's user URIs. */
  readonly hosts: readonly string[];
  /** Cal.com's organisation, `-` for none, or empty where it is not known. */
  readonly organization: string;
  readonly team: TeamFact;
}

/** What may be known of a booking besides its state. Never the attendee, nor anything that was typed. */
interface Facts extends BookedEventType {
  /** Cal.com's `uid`, Calendly's URI of the scheduled event. */
  readonly id: string;
  /** The account it belongs to; empty while only deliveries have named it. */
  readonly account: string;
  readonly bookedAt: number | null;
  /** When it was cancelled, rejected or moved away, as early as anything said; milliseconds since 1970. */
  readonly overAt: number | null;
  /** Ids of the booking that replaced this one, and of the one that this one replaced, or empty. */
  readonly movedTo: string;
  readonly movedFrom: string;
  /** The slot may be bookable although this booking is in it: it has several seats, or one of several hosts takes it. */
  readonly isShared: boolean;
  /** When a delivery left the state open; the provider's API is asked while it has not been seen later than that. */
  readonly unsureAt: number | null;
}

/** One row. What deliveries said and what the API showed are kept apart, so that either may come first. */
export interface Booking extends Facts {
  readonly delivered: DatedState | null;
  readonly seen: DatedState | null;
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

/** The state and the times of a booking, from everything that was observed. */
export interface BookingStatus {
  readonly state: BookingState;
  readonly start: number | null;
  readonly end: number | null;
}
