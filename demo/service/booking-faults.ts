import type { Context } from 'hono';
import { hangUp, keepWaiting, neverAnswer, type Env } from './http.js';
import { isOn, numberOf, type Knobs } from './knobs.js';

const EDGE = '<!doctype html><title>Attention required</title><p>Sorry, you have been blocked.';
const BAD_GATEWAY = '<!doctype html><title>502</title><p>Bad gateway.';

/** A page of a proxy in front of the API: no JSON, and without CORS headers unreadable from a page. */
const htmlPage = (status: number, text: string): Response =>
  new Response(text, { status, headers: { 'Content-Type': 'text/html; charset=utf-8' } });

/**
 * Applies the booking knobs before anything is booked; null when the regular response may follow. `fail` builds the
 * provider's error of a name, null where the provider has none.
 */
export async function bookingFault(
  c: Context<Env>,
  knobs: Knobs,
  fail: (name: string) => Response | null,
): Promise<Response | null> {
  const delay = numberOf(knobs, 'booking-delay');
  if (delay !== null) await keepWaiting(c, delay);
  const name = knobs['booking-error'];
  if (name === undefined || !isOn(knobs, 'booking-error')) return null;
  if (name === 'refuse') return hangUp(c);
  if (name === 'hang') return neverAnswer(c);
  if (name === 'edge') return htmlPage(403, EDGE);
  if (name === 'html') return c.html(BAD_GATEWAY, 502);
  if (name === 'garbage') return c.body('{"status":"succ', 201, { 'Content-Type': 'application/json' });
  const retryAfter = knobs['retry-after'];
  if (retryAfter !== undefined) c.header('Retry-After', retryAfter);
  return fail(name);
}

/** The knob `booking-lost`: the booking exists, and its answer does not arrive. */
export async function lostAnswer(c: Context<Env>, knobs: Knobs): Promise<Response | null> {
  if (!isOn(knobs, 'booking-lost')) return null;
  const how = knobs['booking-lost'];
  if (how === 'hang') return neverAnswer(c);
  if (how === '500') return c.json({ statusCode: 500, message: 'Internal server error' }, 500);
  return hangUp(c);
}
