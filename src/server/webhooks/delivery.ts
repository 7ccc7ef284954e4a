import * as z from 'zod';
import type { Observation } from '../bookings/booking.js';
import type { ProviderName } from '../upstreams/upstream.js';

/** What a delivery comes to. */
export type Delivery =
  /** Of two with the same key one is a repetition. */
  | { readonly is: 'booking'; readonly key: string; readonly observations: readonly Observation[] }
  /** Nothing that changes bookings, or nothing we know. */
  | { readonly is: 'ignored'; readonly trigger: string }
  /** It should be about a booking, and cannot be read. `why` names the field, without its value. */
  | { readonly is: 'unreadable'; readonly key: string; readonly trigger: string; readonly why: string };

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
  /** `bodyHash` stands for the body where it says nothing to tell it by. Never throws. */
  readonly read: (body: unknown, bodyHash: string, now: number) => Delivery;
}

/** Between 2000 and 2200: whatever is further away is a mistake. */
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
export const wordOf = (trigger: unknown): string =>
  typeof trigger === 'string' && /^[\w.:-]{1,60}$/.test(trigger) ? trigger : '(no word)';
