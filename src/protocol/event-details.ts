import type { BookingOffer } from './booking.js';

/** The host of an event type. */
export interface HostProfile {
  readonly name: string;
  /** URL of an image. */
  readonly image?: string;
  /** The host's own time zone, an IANA name. */
  readonly timeZone?: string;
}

/**
 * A scheduling service's details of an event type (`GET {companion}/v1/event?src=…`). A field is missing where the service
 * does not provide it; nothing is guessed.
 */
export interface EventDetails {
  readonly v: 1;
  readonly title?: string;
  /** Length in minutes, and all lengths where the visitor may choose. */
  readonly minutes?: number;
  readonly lengths?: readonly number[];
  /** In whole units of the currency (ISO 4217), where the service names it. Missing for an event type without a price. */
  readonly price?: { readonly amount: number; readonly currency?: string };
  /** Kinds of places, under the service's names, such as `integration`, `physical`, `zoom_conference`. */
  readonly locations?: readonly string[];
  /** Attendees of one slot, where it takes more than one. */
  readonly seats?: number;
  readonly host?: HostProfile;
  /** Whether `POST {companion}/v1/bookings` books it; missing where the owner has not turned that on. */
  readonly booking?: BookingOffer;
  /** When the service answered: milliseconds since 1970. Ten minutes is fresh; a host's profile, an hour. */
  readonly fetchedAt: number;
}
