/** Data that the server embeds into a page, and the bodies of the page's own requests and responses. */

export type ProviderName = 'cal' | 'calendly' | 'plain';

export interface HostCard {
  readonly slug: string;
  readonly name: string;
  readonly about: string;
  readonly zone: string;
}

export interface EventCard {
  readonly key: string;
  readonly id: number;
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  /** Minutes; the first is the usual one. */
  readonly durations: readonly number[];
  readonly host: HostCard;
  /** Path of the event type's page on this provider's origin. */
  readonly path: string;
  readonly needsConfirmation: boolean;
}

export interface BookingCard {
  readonly uid: string;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  /** Minutes. */
  readonly duration: number;
  readonly status: 'ACCEPTED' | 'PENDING' | 'CANCELLED';
  readonly event: EventCard;
  readonly attendee: { readonly name: string; readonly email: string; readonly timeZone: string };
  readonly notes: string;
  /** Address of the page that shows, moves and cancels the booking. */
  readonly paths: { readonly view: string; readonly move: string; readonly cancel: string };
}

export type PageView =
  | {
      readonly view: 'event';
      readonly event: EventCard;
      /** The booking that is being moved. */
      readonly moving: BookingCard | null;
      /** A time that is part of the address itself. */
      readonly start: string | null;
    }
  | { readonly view: 'profile'; readonly host: HostCard; readonly events: readonly EventCard[] }
  | { readonly view: 'booking'; readonly booking: BookingCard; readonly cancelling: boolean }
  /** There is a page, but nothing to book on it. `event` is what could be booked at another time. */
  | { readonly view: 'unavailable'; readonly event: EventCard | null; readonly message: string }
  | { readonly view: 'error'; readonly status: number; readonly message: string };

export interface PageData {
  readonly provider: ProviderName;
  readonly page: PageView;
  /** The service's clock: milliseconds since 1970. */
  readonly now: number;
  readonly knobs: Readonly<Record<string, string>>;
  /** Whether the address says that the page is to be embedded: it stays hidden until the host page sends the message to show it. */
  readonly embed: boolean;
}

/** Response to the page's request for slots. */
export interface PageSlots {
  /** Starts, sorted, as ISO 8601 instants. */
  readonly slots: readonly string[];
  /** First free time after the range, when the range has none. */
  readonly next: string | null;
  /** Whether the start given as `check` can be booked; null without `check`. */
  readonly free: boolean | null;
}

/** What the form sends. */
export interface PageBooking {
  readonly key: string;
  readonly start: string;
  readonly duration: number;
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
  readonly notes: string;
  readonly guests: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly moving: string | null;
}
