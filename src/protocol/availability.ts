/** One slot: a start, and perhaps an end, that can be booked. */
export interface Slot {
  /** When it starts: an ISO 8601 instant, kept byte for byte as the provider wrote it. */
  readonly start: string;
  /** When it ends, where the provider gives it. */
  readonly end?: string;
  /** The provider's own address of this slot, where it has one (Calendly does). */
  readonly url?: string;
}

/**
 * The slots of one event type within one range, as the widget stores them and as a companion returns them
 * (`GET {companion}/v1/availability?src=…&start=…&end=…&timeZone=…`).
 */
export interface Availability {
  readonly v: 1;
  /** Range that was requested, as ISO 8601 instants; `to` is exclusive. Slots outside it do not count. */
  readonly from: string;
  readonly to: string;
  /** When the provider answered: milliseconds since 1970. Freshness counts from here, also when the answer is passed on. */
  readonly fetchedAt: number;
  /** Sorted by start, no start twice. Empty means "nothing free", never "the request failed". */
  readonly slots: readonly Slot[];
}
