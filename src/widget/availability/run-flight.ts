import { afterFailure, afterSuccess, circuitState, onTrial } from '../../scheduling/circuit-breaker.js';
import { retryDelay } from '../../scheduling/back-off.js';
import type { AvailabilityCache } from './availability-cache.js';
import { fetchSlots, type FetchPlatform, type SlotsFailure } from './fetch-slots.js';
import type { Flight } from './flight.js';
import { learn, missing, type KnownSlots, type Span } from './known-slots.js';
import { budgetFreeAt } from './request-budget.js';
import { entryOf, record, type LogEntries, type RequestLog } from './request-log.js';
import type { SlotsMemory } from './slots-memory.js';
import { sourcesOf, type KeyedQuery, type SlotsEndpoint } from './slots-sources.js';

export interface FlightPlatform extends FetchPlatform {
  readonly random: () => number;
  readonly cache: AvailabilityCache;
}

/** What a flight needs of the page it flies for. */
export interface FlightDeps {
  readonly platform: FlightPlatform;
  readonly log: RequestLog;
  readonly memory: SlotsMemory;
  /** Reads the cache into the memory. */
  readonly readCache: (key: string) => Promise<void>;
  /** A range has arrived: for this page and for the other tabs. */
  readonly publish: (key: string, range: KnownSlots) => void;
}

/** What to do next: send a request, give up, or nothing because this page or (`elsewhere`) another tab has the slots. */
type Step =
  { readonly endpoint: SlotsEndpoint; readonly span: Span } | SlotsFailure | 'nothing' | 'elsewhere';

/** What of a flight's span is still missing on this page. */
export const gapOf = (memory: SlotsMemory, key: string, { span, since }: Flight, now: number): Span | null =>
  missing(memory.get(key), span, now, since);

/** Whether breaker and budget of an API allow a request now; if so, it is counted. */
export function spend(log: LogEntries, origin: string, now: number): boolean {
  const api = entryOf(log, origin);
  if (Math.max(api.until, budgetFreeAt(api.sent)) > now) return false;
  record(log, origin, { ...onTrial(api, now), sent: [...api.sent, now] });
  return true;
}

/**
 * Finds out what is still missing and which source may be used for it, and counts the request in the log. With
 * `trustTabs` what other tabs have recorded as fresh is not requested again.
 */
function nextStep(
  query: KeyedQuery,
  flight: Flight,
  log: LogEntries,
  memory: SlotsMemory,
  now: number,
  trustTabs: boolean,
): Step {
  const { key } = query;
  const span = gapOf(memory, key, flight, now);
  if (!span) return 'nothing';
  if (trustTabs && !missing(entryOf(log, key).fresh, span, now, flight.since)) return 'elsewhere';
  flight.begun = true;
  let until = Infinity;
  let detail = 'no source';
  for (const endpoint of sourcesOf(query, span)) {
    const { origin } = endpoint;
    const api = entryOf(log, origin);
    const paused = Math.max(api.until, budgetFreeAt(api.sent));
    detail = `${origin} paused, circuit ${circuitState(api, now)}`;
    // A request that was at fault is not repeated automatically.
    if (entryOf(log, `${origin} ${key}`).until > now) continue;
    until = Math.min(until, paused);
    if (spend(log, origin, now)) return { endpoint, span };
  }
  return { code: 'paused', detail, retryDelay: until < Infinity ? until - now : 0 };
}

/** Failures that say something about the event type, and nothing about the API. */
const isOfEventType = ({ code }: SlotsFailure): boolean => code === 'refused' || code === 'not-found';

/**
 * Requests what a flight is for, source by source, until one answers. Resolves to the failure, if there is one; rejects
 * only by a mistake of ours or of a provider's.
 */
export async function runFlight(
  query: KeyedQuery,
  flight: Flight,
  { platform, log, memory, readCache, publish }: FlightDeps,
): Promise<SlotsFailure | undefined> {
  const { key } = query;
  const { now, random, cache } = platform;
  let trustTabs = true;
  let seen: SlotsFailure | undefined;
  for (;;) {
    const step = await log.update((entries) => nextStep(query, flight, entries, memory, now(), trustTabs));
    if (step === 'nothing' || flight.over) return;
    if (step === 'elsewhere') {
      // If the other tab's response is not in the cache, it is requested all the same.
      trustTabs = false;
      await readCache(key);
      continue;
    }
    if ('code' in step)
      return seen ? { ...step, code: seen.code, detail: `${seen.detail}; ${step.detail}` } : step;
    const { origin } = step.endpoint;
    const eventTypeThere = `${origin} ${key}`;
    flight.abort = new AbortController();
    const result = await fetchSlots(step.endpoint, step.span, platform, flight.abort);
    if (flight.over) return;
    if ('code' in result) {
      if (result.code === 'offline') return result;
      seen = result;
      await log.update((entries) => {
        const name = isOfEventType(result) ? eventTypeThere : origin;
        const entry = entryOf(entries, name);
        const delay = Math.max(result.retryDelay, retryDelay(entry.failures + 1, random));
        record(entries, name, afterFailure(entry, now(), delay));
      });
      continue;
    }
    const range = memory.withoutTaken(key, result);
    publish(key, range);
    flight.land();
    const { slots: _, ...stretch } = range;
    // Both before the lock is released: the next tab finds them.
    await Promise.all([
      cache.change(key, (kept) => learn(kept, [range], now())),
      log.update((entries) => {
        record(entries, key, { fresh: learn(entryOf(entries, key).fresh, [stretch], now()) });
        record(entries, origin, afterSuccess(entryOf(entries, origin), now()));
        record(entries, eventTypeThere, { failures: 0, until: 0 });
      }),
    ]);
    return;
  }
}
