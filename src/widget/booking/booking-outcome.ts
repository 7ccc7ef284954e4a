import { fieldsOf, listOf, plainText } from './foreign.js';
import type { FieldError } from './form-fields.js';

/** Why a booking has to be made on the provider's page after all. */
export type RefusalReason =
  | 'field'
  | 'phone-missing'
  | 'stale-event'
  | 'event-gone'
  | 'login'
  | 'email'
  | 'email-verification'
  | 'limit'
  | 'rejected'
  | 'other';

export type BookingOutcome =
  | {
      readonly type: 'booked' | 'pending';
      /** The provider's id, a secret: a person who knows it may cancel. Empty where the answer could not be read. */
      readonly id: string;
      /** ISO 8601; empty where the answer does not say. */
      readonly start: string;
      readonly end: string;
      /** Where it takes place, as text or URL; empty where the answer does not say. */
      readonly location: string;
      /** The provider's own pages for changes, where the answer names them; secret as the id is. */
      readonly links?: { readonly reschedule: string; readonly cancel: string };
    }
  /** `maybeOwn`: an earlier request of this form, whose outcome is unknown, may hold the slot. */
  | { readonly type: 'taken'; readonly maybeOwn: boolean }
  /** Nobody knows whether a booking exists. The request must not be repeated. */
  | { readonly type: 'unknown' }
  /** The browser was offline: nothing was sent. */
  | { readonly type: 'offline' }
  | { readonly type: 'rate-limited' }
  | {
      readonly type: 'refused';
      readonly reason: RefusalReason;
      /** Slug of the field to mark, and what is wrong with it, where the answer names one. */
      readonly field?: string;
      readonly error?: FieldError;
    };

/** A response; null stands for none: a network error, an abort, a response that no script may read. */
export interface Reply {
  readonly status: number;
  /** Parsed JSON; undefined for everything else. */
  readonly body: unknown;
}

/** How a provider words a refusal: status and text decide together. */
export interface ErrorRule {
  readonly status: number;
  readonly text: RegExp;
  /** Groups 1 and 2 of `text`, if it has them, are the field's slug and the provider's name of the error. */
  readonly means: 'taken' | RefusalReason;
}

export interface ErrorWording {
  readonly rules: readonly ErrorRule[];
  /** The provider's names of field errors. */
  readonly fieldErrors: Readonly<Record<string, FieldError>>;
}

/** The message of an error body in any of its three shapes; null where the body is no such error. */
export function messageIn(body: unknown): string | null {
  const { error, message } = fieldsOf(body);
  const { message: inner, details } = fieldsOf(error);
  const { message: detailed } = fieldsOf(details);
  for (const each of [inner, detailed, message]) {
    const list = listOf(each);
    const text = list ? list.map((part) => plainText(part)).join(', ') : plainText(each, 2000);
    if (text) return text;
  }
  return null;
}

const UNKNOWN: BookingOutcome = { type: 'unknown' };

/** A 201 means that the booking exists, whatever is missing from its body. */
function success(status: number, body: unknown): BookingOutcome {
  const { data } = fieldsOf(body);
  const booking = fieldsOf(listOf(data)?.[0] ?? data);
  const id = plainText(booking['uid']);
  if (status !== 201 && !id) return UNKNOWN;
  const state = plainText(booking['status']).toLowerCase();
  if (state === 'cancelled' || state === 'rejected') return { type: 'refused', reason: 'rejected' };
  return {
    type: state === 'pending' ? 'pending' : 'booked',
    id,
    start: plainText(booking['start']),
    end: plainText(booking['end']),
    location: plainText(booking['location'], 2000),
  };
}

function refusal(status: number, message: string, { rules, fieldErrors }: ErrorWording): BookingOutcome {
  for (const { status: expected, text, means } of rules) {
    if (expected !== status) continue;
    const [matched, field, name] = text.exec(message) ?? [];
    if (matched === undefined) continue;
    if (means === 'taken') return { type: 'taken', maybeOwn: false };
    return {
      type: 'refused',
      reason: means,
      ...(field && { field, error: (name && fieldErrors[name]) || 'required' }),
    };
  }
  return { type: 'refused', reason: status === 404 ? 'event-gone' : 'other' };
}

/**
 * What a response, or its absence, says about a booking. `afterUnknown`: an earlier request of the same form had an unknown
 * outcome. Never throws.
 */
export function bookingOutcome(
  reply: Reply | null,
  wording: ErrorWording,
  { afterUnknown = false }: { readonly afterUnknown?: boolean } = {},
): BookingOutcome {
  if (!reply) return UNKNOWN;
  const { status, body } = reply;
  if (status >= 200 && status < 300) return success(status, body);
  if (status === 429) return { type: 'rate-limited' };
  const message = messageIn(body);
  // Not the API's own word: a proxy that answers for it cannot know what the API did.
  if (status < 400 || status >= 500 || status === 408 || message === null) return UNKNOWN;
  const outcome = refusal(status, message, wording);
  return outcome.type === 'taken' ? { ...outcome, maybeOwn: afterUnknown } : outcome;
}
