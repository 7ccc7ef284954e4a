import type { EventType } from './event-type.js';

export type BookingStatus = 'ACCEPTED' | 'PENDING' | 'CANCELLED';

export interface Attendee {
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
  readonly phoneNumber?: string;
  /** Language of the e-mails, as Cal.com spells it. */
  readonly language?: string;
}

/** Answers by field slug. */
export type Responses = Readonly<Record<string, string | boolean | readonly string[]>>;

/** What a booking may hold beside the attendee and the slot. */
interface Details {
  readonly responses?: Responses;
  /** Where it takes place, as the API answers it: a URL, an address, a phone number. */
  readonly location?: string;
  /** Number of attendees that may share the slot. Each of them has a booking of their own here. */
  readonly seats?: number;
  readonly recurringUid?: string;
}

/** One booking as it is stored. `start` and `end` are ISO 8601 instants in UTC. */
export interface Booking extends Details {
  readonly uid: string;
  readonly id: number;
  /** Key of the event type. */
  readonly key: string;
  readonly eventTypeId: number;
  readonly title: string;
  /** Slugs of those whose time this takes. */
  readonly hosts: readonly string[];
  readonly start: string;
  readonly end: string;
  /** Minutes. */
  readonly duration: number;
  readonly status: BookingStatus;
  readonly attendee: Attendee;
  readonly notes: string;
  readonly guests: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly rescheduledFromUid?: string;
  readonly rescheduledToUid?: string;
  readonly cancellationReason?: string;
  /** The secret of one attendee of a shared slot. */
  readonly seatUid?: string;
}

/** A booking to be made. */
export interface BookingRequest extends Details {
  readonly event: EventType;
  /** Milliseconds since 1970. */
  readonly start: number;
  /** Minutes. */
  readonly duration: number;
  readonly attendee: Attendee;
  readonly notes?: string;
  readonly guests?: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
}
