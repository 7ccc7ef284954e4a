import type { Slot } from '../../protocol/availability.js';
import type { Provider, SlotsRequest } from '../providers/provider.js';
import type { Later } from './availability-cache.js';
import { maxAge } from '../../scheduling/freshness.js';
import { iso, slotsWithin, type KnownTimes, type Span } from './known-times.js';
import { readAvailability } from './read-availability.js';

/** Which times are asked for, and of whom. */
export interface TimesQuery {
  readonly provider: Provider;
  readonly page: URL;
  /** Base URL of the provider's API as the site owner gave it; empty for the provider's own. */
  readonly api: string;
  /** Base URL of a companion; empty for none. */
  readonly companion: string;
  /** IANA name of the zone whose days are meant; one that `Intl` knows. */
  readonly timeZone: string;
}

/** What an answer says; a companion may know its times for a while already, and not as far ahead as it was asked. */
interface Answer {
  readonly slots: readonly Slot[];
  readonly fetchedAt?: number;
  readonly to?: string;
}

/** One address that can answer. */
export interface Way extends SlotsRequest {
  /** Whose limits count. */
  readonly origin: string;
  readonly read: (body: unknown) => Answer | null;
}

/**
 * Why there is no answer. `offline` the browser has no network · `unreachable` no answer at all, or one the browser
 * keeps from us · `timeout` none within the time limit · `rate-limited` · `refused` the question itself is at fault
 * (unknown event type, …) · `status` any other status · `not-understood` an answer in no shape we know · `paused` not
 * asked, out of politeness or because there is nobody to ask · `called-off` not wanted any more.
 */
export interface TimesFailure {
  readonly code:
    | 'offline'
    | 'unreachable'
    | 'timeout'
    | 'rate-limited'
    | 'refused'
    | 'status'
    | 'not-understood'
    | 'paused'
    | 'called-off';
  /** What was seen, for the site owner. */
  readonly detail: string;
  /** Milliseconds after which it is worth asking again by itself; 0 for never. */
  readonly wait: number;
}

export interface FetchEdges {
  readonly now: () => number;
  readonly later: Later;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly online: () => boolean;
}

/** Scheduling APIs have been seen to take ten seconds and more; beyond this nobody waits. */
export const TIME_LIMIT = 15_000;

const HOUR = 3_600_000;

/** The same event type has the same key in every widget, tab and zone, whoever is asked for it. */
export const keyOf = ({ provider, page, api }: TimesQuery): string =>
  `${provider.id} ${provider.canonical(page)} ${api}`;

/** Who can be asked, best first: the companion, which asks once for all visitors, then the provider itself. */
export function waysToAsk({ provider, page, api, companion, timeZone }: TimesQuery, span: Span): Way[] {
  const [start, end] = [iso(span.from), iso(span.to)];
  const ways: Way[] = [];
  const add = (request: SlotsRequest, read: Way['read']): void => {
    ways.push({ ...request, read, origin: /^\w+:\/\/[^/]*/.exec(request.url)?.[0] ?? '' });
  };
  if (companion) {
    const query = new URLSearchParams({ src: provider.canonical(page), start, end, timeZone });
    add({ url: `${companion.replace(/\/*$/, '')}/v1/availability?${query}`, headers: {} }, readAvailability);
  }
  const request = provider.slotsRequest({ page, api, start, end, timeZone });
  if (request)
    add(request, (body) => {
      const slots = provider.readSlots(body);
      return slots && { slots };
    });
  return ways;
}

/** Seconds or a date; bounded, because a wrong header must not silence a widget for days. */
function waitAskedFor({ headers }: Response, now: number): number {
  const written = headers.get('retry-after') ?? '';
  return Math.min(Number(written) * 1000 || Date.parse(written) - now || 0, HOUR);
}

/** Asks once. Never rejects; what it gives when it is called off means nothing. */
export async function fetchTimes(
  { url, origin, headers, read }: Way,
  { from, to }: Span,
  { now, later, fetch, online }: FetchEdges,
  stop: AbortController,
): Promise<KnownTimes | TimesFailure> {
  const failure = (code: TimesFailure['code'], what: unknown = '', wait = 0): TimesFailure => ({
    code,
    detail: `${origin} ${code} ${String(what)}`,
    wait,
  });
  let isLate = false;
  const unlimit = later(TIME_LIMIT, () => {
    isLate = true;
    stop.abort();
  });
  try {
    const { signal } = stop;
    const response = await fetch(url, { headers, signal, credentials: 'omit', cache: 'no-store' });
    const { ok, status } = response;
    if (!ok) {
      const code = status === 429 ? 'rate-limited' : status < 500 && status !== 408 ? 'refused' : 'status';
      return failure(code, status, waitAskedFor(response, now()));
    }
    const answer = read(await response.json());
    const end = Math.min(to, Date.parse(answer?.to ?? '') || to);
    if (!answer || end <= from) throw new SyntaxError();
    const slots = slotsWithin(answer.slots, from, end);
    // A companion's clock may differ from this one: no answer that has just come is from the future, or days old.
    const at = Math.max(Math.min(answer.fetchedAt ?? now(), now()), now() - 12 * HOUR);
    return { from, to: end, at, until: at + maxAge(slots.length, from, at), slots };
  } catch (cause) {
    if (isLate) return failure('timeout');
    if (cause instanceof SyntaxError) return failure('not-understood');
    return failure(online() ? 'unreachable' : 'offline', cause);
  } finally {
    unlimit();
  }
}
