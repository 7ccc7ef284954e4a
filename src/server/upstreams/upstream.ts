import type { Slot } from '../../protocol/availability.js';
import type { EventDetails, HostProfile } from '../../protocol/event-details.js';
import type { Span } from '../../scheduling/local-days.js';

/** Services that tell of bookings. */
export type ProviderName = 'cal' | 'calendly';

/** Services that can be asked for times. */
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

/** One stretch of time, asked for: its times, or why there are none to be had. */
export type Answered =
  | (Span & { readonly slots: readonly Slot[]; readonly at: number })
  | (Span & { readonly failure: UpstreamFailure });

/**
 * Why an upstream gave no answer. `not-found` it does not know the event type · `refused` it does not want to answer this
 * question or this key · `rate-limited` it has had enough · `budget` we have had enough · `open` the breaker is ·
 * `busy` too many wait already · `timeout` · `unreachable` · `status` 5xx · `not-understood` no answer in its language ·
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

/** Who wants to know. */
export type Asker = Pick<Question, 'who' | 'background'>;

export interface Question {
  /** Path and query from the account's API base on, as the upstream writes them. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whose question it is, for fairness: an event type's key, or what the request is for. */
  readonly who: string;
  /** Nobody waits for it: it may take half the budget at most. */
  readonly background?: boolean;
}

/** Asks the account's own API, within its budget. Gives the JSON, or rejects with an `UpstreamFailure`. */
export type Ask = (question: Question) => Promise<unknown>;

/** What one scheduling service takes to be asked for times: a file for each, behind one contract. */
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
  /**
   * Times of a stretch that does not begin in the past, in one request or several side by side; each part is answered or
   * failed by itself. Rejects with an `UpstreamFailure` where no part can be asked for.
   */
  times(event: EventType, span: Span, asker: Asker): Promise<readonly Answered[]>;
  /** What the service says of an event type; null where it says nothing of this one. Rejects with an `UpstreamFailure`. */
  details?(event: EventType, asker: Asker): Promise<Omit<EventDetails, 'v' | 'fetchedAt'> | null>;
  /** The host's profile, where that takes a request of its own. */
  host?(event: EventType, asker: Asker): Promise<HostProfile | null>;
  /** For other requests to the same account, within the same budget. */
  readonly ask: Ask;
}
