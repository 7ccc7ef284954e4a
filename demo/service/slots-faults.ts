import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { hangUp, keepWaiting, neverAnswer, type Env } from './http.js';
import { isApiMute, isOn, numberOf, type Knobs } from './knobs.js';

export const isFailingStatus = (status: number | null): status is ContentfulStatusCode =>
  status !== null && Number.isInteger(status) && status >= 400 && status <= 599;

/** Half a document: its headers and first bytes arrive, its end never does. */
const hangInBody = (): Response =>
  new Response(
    new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('<!doctype html><title>Loading')),
    }),
    { headers: { 'Content-Type': 'text/html; charset=utf-8' } },
  );

/** Applies the knobs that hold for any response; null when the regular response may follow. */
export async function fault(c: Context<Env>, knobs: Knobs): Promise<Response | null> {
  const delay = numberOf(knobs, 'delay');
  if (delay !== null) await keepWaiting(c, delay);
  if (isOn(knobs, 'hang')) return knobs.hang === 'body' ? hangInBody() : neverAnswer(c);
  if (isOn(knobs, 'refuse')) return hangUp(c);
  return null;
}

const garbage = (c: Context<Env>, kind: string): Response => {
  if (kind === 'shape') return c.json({ status: 'success', data: [{ when: 'soon' }] });
  if (kind === 'null') return c.json(null);
  if (kind === 'truncated')
    return c.body('{"status":"success","data":{"2026-', 200, { 'Content-Type': 'application/json' });
  return c.html('<!doctype html><title>Bad gateway</title><p>Please try again.');
};

/**
 * Applies the knobs for slot responses. `fail` builds an error in the provider's shape; failing responses carry
 * `Retry-After` when the knob asks for it.
 */
export async function slotsFault(
  c: Context<Env>,
  knobs: Knobs,
  fail: (status: ContentfulStatusCode, message: string) => Response,
): Promise<Response | null> {
  const delay = numberOf(knobs, 'slots-delay');
  if (delay !== null) await keepWaiting(c, delay);
  if (isApiMute(knobs)) return neverAnswer(c);
  if (isOn(knobs, 'slots-refuse')) return hangUp(c);
  const status = numberOf(knobs, 'slots-status') ?? numberOf(knobs, 'status');
  if (isFailingStatus(status)) {
    const retryAfter = knobs['retry-after'];
    if (retryAfter !== undefined) c.header('Retry-After', retryAfter);
    return fail(
      status,
      status === 429 ? 'Too many requests. Please try again later.' : 'Something went wrong',
    );
  }
  return isOn(knobs, 'garbage') ? garbage(c, knobs.garbage ?? '') : null;
}
