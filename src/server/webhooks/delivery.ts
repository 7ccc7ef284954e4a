import * as z from 'zod';
import type { Booked } from '../availability/forget.js';
import type { BookedEventType, Observation } from '../bookings/booking.js';
import type { ProviderName } from '../upstreams/upstream.js';

/** What a delivery says besides the state of the bookings that it names. */
export interface DeliveredTimes {
  /** Times of bookings that it does not name. */
  readonly times: readonly Booked[];
  /** Times that may have changed: they are confirmed when a page requests them. */
  readonly unsure: readonly Booked[];
  /** Bookings of a series that are cancelled, by event type and beginning; milliseconds since 1970. */
  readonly cancelled: {
    readonly of: BookedEventType;
    readonly starts: readonly number[];
    readonly at: number;
  } | null;
}

export const NO_TIMES: DeliveredTimes = { times: [], unsure: [], cancelled: null };

/** How a delivery is read. */
export type Delivery =
  | {
      readonly is: 'booking';
      readonly trigger: string;
      readonly observations: readonly Observation[];
      readonly about: DeliveredTimes;
    }
  /** It changes no booking, or its trigger is not known here. */
  | { readonly is: 'ignored'; readonly trigger: string }
  /** It may concern a booking, and cannot be read. `why` names the field, without its value. */
  | {
      readonly is: 'unreadable';
      readonly trigger: string;
      readonly why: string;
      readonly about: DeliveredTimes;
    };

/** Signatures that a delivery carries, over `prefix` and its body. */
export interface Claim {
  readonly prefix: string;
  /** Lower-case hex of HMAC-SHA256. */
  readonly signatures: readonly string[];
}

/** How one provider signs and writes its deliveries: a file for each. */
export interface DeliveryFormat {
  readonly provider: ProviderName;
  /** Throws a `Problem` for what cannot be genuine. */
  readonly claim: (headers: Headers, now: number) => Claim;
  /** Never throws. */
  readonly read: (body: unknown, now: number) => Delivery;
}

/** Between 2000 and 2200: a date further away is a mistake. */
const [EARLIEST, LATEST] = [946_684_800_000, 7_258_118_400_000];

/** An ISO 8601 instant as milliseconds since 1970. */
export const instant = z
  .string()
  .max(40)
  .transform((text) => Date.parse(text))
  .refine((at) => at > EARLIEST && at < LATEST, 'must be an instant');

/** The first complaint, by field and without its value. */
export function whyUnreadable({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path.map(String).join('.');
  return path ? `\`${path}\`: ${issue?.message ?? ''}` : (issue?.message ?? 'not understood');
}

/** A trigger as it may be logged and kept: short, and a word. */
export const triggerOf = (trigger: unknown): string =>
  typeof trigger === 'string' && /^[\w.:-]{1,60}$/.test(trigger) ? trigger : '(no trigger)';

/** Whether a body holds anything: an empty one is a provider trying the address out. */
export const isEmpty = (body: unknown): boolean =>
  typeof body !== 'object' || body === null || Object.keys(body).length === 0;
