import { maxAge } from '../../scheduling/freshness.js';
import {
  MAX_RESPONSE_AGE_MS,
  MAX_RETRY_AFTER_MS,
  SECOND_MS,
  SLOTS_REQUEST_TIMEOUT_MS,
} from '../durations.js';
import type { StartTimer } from '../platform/timer.js';
import { slotsWithin, type KnownSlots, type Span } from './known-slots.js';
import type { SlotsEndpoint } from './slots-sources.js';

/**
 * Why a request brought no slots. `offline` the browser has no network · `unreachable` no response at all, or one the
 * browser keeps from us · `timeout` none within the time limit · `rate-limited` · `not-found` the provider's
 * API says that there is no such event type (its page may have moved, so a page that is ready wins) · `refused` the request itself is at fault in another way · `status` any other status ·
 * `not-understood` a body in no shape we know · `paused` not sent, because of budget or breaker or because no source
 * answers this query · `aborted` nobody wants the result any more.
 */
export interface SlotsFailure {
  readonly code:
    | 'offline'
    | 'unreachable'
    | 'timeout'
    | 'rate-limited'
    | 'not-found'
    | 'refused'
    | 'status'
    | 'not-understood'
    | 'paused'
    | 'aborted';
  /** What was seen, for the site owner. */
  readonly detail: string;
  /** Milliseconds after which an automatic retry makes sense; 0 for never. */
  readonly retryDelay: number;
}

export interface FetchPlatform {
  readonly now: () => number;
  readonly startTimer: StartTimer;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly online: () => boolean;
}

/** `Retry-After` in milliseconds: seconds or a date, bounded. */
function retryAfter({ headers }: Response, now: number): number {
  const written = headers.get('retry-after') ?? '';
  return Math.min(Number(written) * SECOND_MS || Date.parse(written) - now || 0, MAX_RETRY_AFTER_MS);
}

/** What an error response means. Its body may be anything, and may be missing. */
async function codeOf(
  response: Response,
  isMissing: SlotsEndpoint['isMissing'],
): Promise<SlotsFailure['code']> {
  const { status } = response;
  if (status === 429) return 'rate-limited';
  if (status >= 500 || status === 408) return 'status';
  const body: unknown = await response.json().catch(() => null);
  return isMissing(status, body) ? 'not-found' : 'refused';
}

/** Sends one request. Never rejects; its result means nothing once `abort` has been used by somebody else. */
export async function fetchSlots(
  { url, origin, headers, read, isMissing }: SlotsEndpoint,
  { from, to }: Span,
  { now, startTimer, fetch, online }: FetchPlatform,
  abort: AbortController,
): Promise<KnownSlots | SlotsFailure> {
  const failure = (code: SlotsFailure['code'], what: unknown = '', retryDelay = 0): SlotsFailure => ({
    code,
    detail: `${origin} ${code} ${String(what)}`,
    retryDelay,
  });
  let isLate = false;
  const cancelTimer = startTimer(SLOTS_REQUEST_TIMEOUT_MS, () => {
    isLate = true;
    abort.abort();
  });
  try {
    const { signal } = abort;
    const response = await fetch(url, { headers, signal, credentials: 'omit', cache: 'no-store' });
    const { ok, status } = response;
    if (!ok) return failure(await codeOf(response, isMissing), status, retryAfter(response, now()));
    const body = read(await response.json());
    const end = Math.min(to, Date.parse(body?.to ?? '') || to);
    if (!body || end <= from) throw new SyntaxError();
    const slots = slotsWithin(body.slots, from, end);
    // A companion's clock may differ from this one: no response that has just come is from the future, or days old.
    const at = Math.max(Math.min(body.fetchedAt ?? now(), now()), now() - MAX_RESPONSE_AGE_MS);
    return { from, to: end, at, until: at + maxAge(slots.length, from, at), slots };
  } catch (cause) {
    if (isLate) return failure('timeout');
    if (cause instanceof SyntaxError) return failure('not-understood');
    return failure(online() ? 'unreachable' : 'offline', cause);
  } finally {
    cancelTimer();
  }
}
