import type { Context } from 'hono';
import { bookingRequestSchema } from '../../protocol/booking-schema.js';
import type { BookingRequest } from '../../protocol/booking.js';
import { parseInstant } from '../http/instant.js';
import type { Env } from '../http/env.js';
import { Problem } from '../http/problem.js';
import { isStorable } from '../http/storable-text.js';

const KEY = /^[\w-]{16,64}$/;

const bad = (code: string, detail: string): Problem => new Problem({ status: 400, code, detail });

/** The browser's name for one press of the button. */
export function keyOf(c: Context<Env>): string {
  const key = c.req.header('idempotency-key') ?? '';
  if (KEY.test(key)) return key;
  throw bad('bad-key', 'Send `Idempotency-Key`: 16 to 64 letters, digits, hyphens or underscores.');
}

const isZone = (timeZone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
  } catch {
    return false;
  }
};

/** Pages of the listed origins may book, and those that the companion serves itself. */
export function mayBook(c: Context<Env>, origins: readonly string[]): boolean {
  const origin = c.req.header('origin');
  if (origins.includes('*')) return true;
  if (origin === undefined) return false;
  const isOwn = URL.canParse(origin) && new URL(origin).host === new URL(c.req.url).host;
  return isOwn || origins.includes(origin);
}

/** Reads the body. Throws a `Problem` that names what is wrong, and never what was sent. */
export async function readRequest(c: Context<Env>): Promise<BookingRequest> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? ''))
    throw new Problem({ status: 415, code: 'not-json', detail: 'A booking is sent as application/json.' });
  const body: unknown = await c.req.json<unknown>().catch(() => undefined);
  const { success, data, error } = bookingRequestSchema.safeParse(body);
  if (!success) {
    const path = error.issues[0]?.path.join('.') ?? '';
    throw bad('bad-request', `The booking cannot be read${path && `: \`${path.slice(0, 100)}\``}.`);
  }
  if (!isStorable(data)) throw bad('bad-text', 'The booking has a null character or half a character in it.');
  if (parseInstant(data.start) === undefined) throw bad('bad-instant', '`start` is not in the calendar.');
  if (!isZone(data.timeZone)) throw bad('bad-time-zone', '`timeZone` must be an IANA name.');
  return data;
}
