import type { BookingField, EventLocation } from './booking-fields.js';

/** Minutes past local midnight; `to` is exclusive. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Somebody (or a team) whose time can be booked. */
export interface Host {
  readonly slug: string;
  readonly team: boolean;
  readonly name: string;
  readonly about: string;
  readonly email: string;
  /** IANA zone in which `hours` are meant. */
  readonly zone: string;
  /** Working hours for each weekday, Sunday first. */
  readonly hours: readonly (readonly Interval[])[];
  /** Seed of the busy times: hosts with the same pattern are busy at the same times. */
  readonly diary: string;
}

/** Something that can be booked with a host. */
export interface EventType {
  /** `acme/30min`, `team/sales/intro`: what knobs, logs and bookings are matched by. */
  readonly key: string;
  readonly id: number;
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  /** Minutes; the first is the usual one. */
  readonly durations: readonly [number, ...number[]];
  readonly hosts: readonly [Host, ...Host[]];
  readonly noticeMinutes: number;
  /** How many days ahead times are offered. */
  readonly horizonDays: number;
  /** Instead of the host's hours, where given. */
  readonly hours?: readonly (readonly Interval[])[];
  /** Whether the host's busy times remove slots. */
  readonly busy: boolean;
  /** The host confirms each booking: it starts as PENDING. */
  readonly needsConfirmation: boolean;
  /** Booking fields besides the default ones. */
  readonly fields?: readonly BookingField[];
  /** Places to choose from; a video call where absent. */
  readonly locations?: readonly EventLocation[];
}
