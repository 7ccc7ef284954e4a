import type { GateContext } from './booking-gate.js';
import type { BookingOutcome, Reply } from './booking-outcome.js';
import type { ApiRequest, BookingInput } from './booking-request.js';
import type { EventDetails } from './event-details.js';

/** How a browser reads an event type of one provider. `slotsUrl`: as in `NativeBooking`. */
export interface DetailsSource {
  /** Null where this page's event type cannot be read without a key. */
  request(slotsUrl: string): ApiRequest | null;
  /** Null for every response that is not about exactly one event type. Never throws. */
  read(reply: Reply): EventDetails | null;
}

/** Changes of a booking by API; without them the provider's page is where a booking is changed. */
export interface BookingChanges {
  /** Cancels a booking by its id, which is all that the API asks for. */
  cancelRequest(slotsUrl: string, id: string): ApiRequest;
  /** Moves a booking; the outcome is that of a booking, with a new id. `start`: ISO 8601. */
  rescheduleRequest(slotsUrl: string, id: string, start: string): ApiRequest;
}

/**
 * How a browser books an event type of one provider without the provider's page. `slotsUrl` is the URL that the provider
 * requests slots with, or the booking's own: it names the base of the API and the event type.
 */
export interface NativeBooking extends Partial<BookingChanges> {
  /** Names companion and page, where bookings go through a companion. `src`: the canonical page. */
  slotsUrl?(companion: string, src: string): string;
  /** The details with what a booking needs, where they were read without. */
  complete?(event: EventDetails): EventDetails;
  /** What the page's URL says for the gate. */
  gateContext(slotsUrl: string, page: URL): Pick<GateContext, 'slug' | 'page'>;
  /** @param tag BCP 47 tag of the visitor's language */
  bookingRequest(slotsUrl: string, input: Omit<BookingInput, 'language'>, tag: string): ApiRequest;
  /** What a reply to one of these requests, or none, means. `afterUnknown`: a request before it had an unknown outcome. */
  outcome(reply: Reply | null, afterUnknown: boolean): BookingOutcome;
  /** The provider's page where a booking can be changed; empty without an id. */
  manageUrl(page: URL, id: string): string;
}
