import type { Reply } from './booking-outcome.js';
import type { ApiRequest } from './booking-request.js';

export interface SendDeps {
  readonly fetch: typeof fetch;
  /** Aborts the wait, not the booking: the provider may have made it already. */
  readonly signal: AbortSignal;
}

/** A booking that makes calendar entries and a video room may take half a minute. */
export const BOOKING_TIMEOUT = 45_000;

/**
 * Sends one request once, without credentials. Null where no response could be read; never throws. The caller must not
 * send the same booking again.
 */
export async function sendOnce(request: ApiRequest, { fetch, signal }: SendDeps): Promise<Reply | null> {
  const { method, url, headers, body } = request;
  try {
    const response = await fetch(url, {
      method,
      headers,
      credentials: 'omit',
      cache: 'no-store',
      signal,
      ...(body !== undefined && { body }),
    });
    const parsed: unknown = await response.json().catch(() => undefined);
    return { status: response.status, body: parsed };
  } catch {
    return null;
  }
}

/** Sends one request with the page's own `fetch`, and waits `ms` milliseconds at most. */
export async function sendWithin(request: ApiRequest, ms: number): Promise<Reply | null> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ms);
  const reply = await sendOnce(request, { fetch: (...call) => fetch(...call), signal: limit.signal });
  clearTimeout(timer);
  return reply;
}

/**
 * Has the browser ask a visitor who leaves the page: a booking under way would go on without them, or not at all, and nothing
 * would say which. Until the returned function is called. https://html.spec.whatwg.org/#prompt-to-unload-a-document
 */
export function askBeforeLeaving(): () => void {
  const ask = (event: Event): void => event.preventDefault();
  addEventListener('beforeunload', ask);
  return () => removeEventListener('beforeunload', ask);
}
