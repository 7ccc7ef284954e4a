import type { Slot } from '../../protocol/availability.js';
import type { BookingAnswer, BookingOffer, BookingRequest } from '../../protocol/booking.js';
import type { EventDetails, HostProfile } from '../../protocol/event-details.js';
import type { Span } from '../../scheduling/local-days.js';

/** Services that send webhooks. */
export type ProviderName = 'cal' | 'calendly';

/** Services that have slots. */
export type UpstreamName = ProviderName | 'acuity' | 'hubspot' | 'easyappointments';

/** Stands for every host of an account: a team whose members are not known. */
export const ANY_HOST = '*';

/** Who gives the meetings of an event type, in the words of the provider's webhooks. */
export interface Hosting {
  /** Cal.com's user names, canonical; Calendly's user URIs. Empty where they are not known. */
  readonly hosts: readonly string[];
  /** Cal.com's organisation, `-` for none, or empty where it is not known. */
  readonly organization: string;
  readonly team: 'unknown' | 'no' | 'yes';
  /** A slot may be bookable although a booking is in it: several seats, or one of several hosts. */
  readonly isShared: boolean;
}

/** An event type as an upstream knows it. */
export interface EventType {
  /** The same for every way of addressing it, and different in every account. */
  readonly key: string;
  /** The provider's id, where it is known: what webhooks name. */
  readonly id: string;
  /** The last part of its address, canonical; webhooks name it too. */
  readonly slug: string;
  /** What the upstream's own requests need. */
  readonly query: Readonly<Record<string, string>>;
  /** Missing where the provider sends no webhooks, or the address does not say. */
  readonly hosting?: Hosting;
}

/** One requested stretch of time: its slots, or why they could not be fetched. */
export type FetchedSpan =
  | (Span & { readonly slots: readonly Slot[]; readonly at: number })
  | (Span & { readonly failure: UpstreamFailure });

/**
 * Why a request to an upstream failed. `not-found` it does not know the event type · `refused` this request or this key is
 * not allowed · `rate-limited` by the upstream · `budget` the companion's own limit · `open` the breaker is ·
 * `busy` too many requests wait already · `timeout` · `unreachable` · `status` 5xx · `not-understood` no answer in its language ·
 * `store` the companion's own store cannot be written, so no request may be counted.
 */
export type FailureName =
  | 'not-found'
  | 'refused'
  | 'rate-limited'
  | 'budget'
  | 'open'
  | 'busy'
  | 'timeout'
  | 'unreachable'
  | 'status'
  | 'not-understood'
  | 'store';

/** A request to an upstream that came to nothing. Never holds a key, nor the body of an answer. */
export class UpstreamFailure extends Error {
  override readonly name = 'UpstreamFailure';
  /** The upstream's HTTP status, where there was one that matters. */
  readonly status: number | undefined;
  constructor(
    readonly code: FailureName,
    detail: string,
    /** Milliseconds after which it is worth asking again. */
    readonly wait = 0,
    options?: ErrorOptions & { readonly status?: number },
  ) {
    super(detail, options);
    this.status = options?.status;
  }
}

/** On behalf of what a request is made. */
export type Caller = Pick<ApiRequest, 'who' | 'background' | 'patient'>;

/** For the parts of a stretch: only its beginning is waited for, which is what a visitor sees first. */
export const onBehalfOf = (caller: Caller, isSoonest: boolean): Caller =>
  isSoonest ? caller : { ...caller, patient: false };

/** What a request to a scheduling service is for. */
export type Operation = 'slots' | 'event-types' | 'event-type' | 'profile' | 'bookings';

export interface ApiRequest {
  /** Path and query from the account's API base on, as the upstream writes them. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What it is for, in figures. */
  readonly operation: Operation;
  /** The caller, for fairness: an event type's key, or what the request is for. */
  readonly who: string;
  /** Sent as JSON with POST, once and never again; it may take so many milliseconds. */
  readonly post?: { readonly body: unknown; readonly longest: number };
  /** No visitor waits for it: it may take half the budget at most. */
  readonly background?: boolean;
  /** Somebody has nothing to see meanwhile: rather than being refused, it waits a little for room in the budget. */
  readonly patient?: boolean;
}

/** Sends a request to the account's own API, within its budget. Gives the JSON, or rejects with an `UpstreamFailure`. */
export type Ask = (question: ApiRequest) => Promise<unknown>;

/** What a visitor wants to book. */
export type BookingParameters = Pick<BookingRequest, 'start' | 'timeZone' | 'answers' | 'place' | 'utm'>;

/**
 * What came of a request for a booking: `taken` somebody else has the slot · `refused` the service does not make it ·
 * `not-sent` nothing was asked of the service · `unknown` nobody knows whether there is a booking.
 */
export type BookingOutcome =
  | { readonly is: 'booked'; readonly booking: Omit<BookingAnswer, 'v'> }
  | { readonly is: 'taken' | 'refused' | 'not-sent' | 'unknown'; readonly cause?: UpstreamFailure };

/** So many requests for bookings are sent within any stretch of `ms` milliseconds, up to 24 hours. */
export interface BookingLimit {
  readonly most: number;
  readonly ms: number;
}

/** How a service takes bookings. */
export interface TakesBookings {
  readonly limits: readonly BookingLimit[];
  /** Whether this event type can be booked, and what that needs. Rejects with an `UpstreamFailure`. */
  offer(event: EventType, caller: Caller): Promise<BookingOffer>;
  /**
   * Judges the answers by what the event type needs now, without booking anything: gives what sends the booking, once, and
   * never rejects; or, as a text, what is wrong with the answers. Rejects with an `UpstreamFailure`.
   */
  prepare(
    event: EventType,
    parameters: BookingParameters,
    caller: Caller,
  ): Promise<string | (() => Promise<BookingOutcome>)>;
}

/** One scheduling service: a file for each, behind one contract. */
export interface Upstream {
  readonly provider: UpstreamName;
  /** The account, as its budget and its event types are kept under. */
  readonly account: string;
  /** Whether a page is this account's, judged by its address alone. */
  serves(page: URL): boolean;
  /** The event type behind a page; null if the address names none, or the account has none there. */
  eventAt(page: URL): Promise<EventType | null>;
  /** The event type with the provider's id (a Calendly URI counts as one). */
  eventById(id: string): Promise<EventType | null>;
  /** Times of any stretch cost one request. */
  readonly isOneCall?: boolean;
  /**
   * Times of a stretch that does not begin in the past, in one request or several side by side; each part succeeds or
   * fails by itself. Rejects with an `UpstreamFailure` where no part can be fetched.
   */
  times(event: EventType, span: Span, caller: Caller): Promise<readonly FetchedSpan[]>;
  /** What the service says of an event type; null where it says nothing of this one. Rejects with an `UpstreamFailure`. */
  details?(event: EventType, caller: Caller): Promise<Omit<EventDetails, 'v' | 'fetchedAt'> | null>;
  /** The host's profile, where that takes a request of its own. */
  host?(event: EventType, caller: Caller): Promise<HostProfile | null>;
  /** Missing where the service takes none, or its owner has not turned that on. */
  readonly bookings?: TakesBookings;
  /** For other requests to the same account, within the same budget. */
  readonly ask: Ask;
}
