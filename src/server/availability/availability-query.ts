import { LRUCache } from 'lru-cache';
import { DAY_MS } from '../../scheduling/durations.js';
import { addDays, dayOf, startOfDay, type Span } from '../../scheduling/local-days.js';
import { parseInstant } from '../http/instant.js';
import { Problem } from '../http/problem.js';
import type { EventType, Upstream } from '../upstreams/upstream.js';

/** The parameters of `GET /v1/availability`. */
export interface AvailabilityQuery {
  readonly upstream: Upstream;
  readonly event: EventType;
  readonly wanted: Span;
  readonly timeZone: string;
  /** Milliseconds since 1970: times near this one are wanted first. */
  readonly preferred?: number;
}

/** Maximum days of one range, and how far from now it may begin and end, in milliseconds. */
const MAX_DAYS = 100;
const MAX_DISTANCE = 2 * 366 * DAY_MS;

/** Without a range: from today on; with a preferred time: from its day on, far enough for "same time next week". */
const USUAL_DAYS = 14;
const PREFERRED_DAYS = 9;

const MAX_SRC = 2048;

const bad = (code: string, detail: string): Problem => new Problem({ status: 400, code, detail });

const shown = (text: string): string => JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);

/** Names of time zones as requests have them, and as the engine has them: looking one up costs more than the rest of the query. */
const zones = new LRUCache<string, string>({ max: 1000 });

function zoneOf(query: URLSearchParams): string {
  const timeZone = query.get('timeZone') ?? 'UTC';
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  try {
    if (timeZone.length <= 64) {
      const zone = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
      zones.set(timeZone, zone);
      return zone;
    }
  } catch {
    // The problem below says so.
  }
  throw bad(
    'bad-time-zone',
    `\`timeZone\` must be an IANA name such as Europe/Berlin, not ${shown(timeZone)}.`,
  );
}

/** An instant with its zone: what has none would mean another time on every server. */
function instantOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const isWhole = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d))?$/i.test(text);
  const instant = isWhole ? parseInstant(text) : undefined;
  if (instant === undefined)
    throw bad(
      'bad-instant',
      `\`${name}\` must be an ISO 8601 instant such as 2026-03-02T09:00:00Z, not ${shown(text)}.`,
    );
  return instant;
}

function spanOf(query: URLSearchParams, timeZone: string, preferred: number | undefined, now: number): Span {
  const start = instantOf(query, 'start');
  const end = instantOf(query, 'end');
  const first = dayOf(Math.max(preferred ?? now, now), timeZone);
  const from = start ?? startOfDay(first, timeZone);
  const days = preferred === undefined ? USUAL_DAYS : PREFERRED_DAYS;
  const to = end ?? (start === undefined ? startOfDay(addDays(first, days), timeZone) : from + days * DAY_MS);
  if (to <= from) throw bad('bad-range', '`end` must be after `start`.');
  if (to - from > MAX_DAYS * DAY_MS)
    throw bad('range-too-long', `A range may have ${MAX_DAYS} days at most; request one after another.`);
  if (Math.abs(from - now) > MAX_DISTANCE || Math.abs(to - now) > MAX_DISTANCE)
    throw bad('range-too-far', 'A range may be two years from now at most.');
  return { from, to };
}

function pageOf(src: string): URL {
  if (src.length <= MAX_SRC && URL.canParse(src)) {
    const page = new URL(src);
    if (/^https?:$/.test(page.protocol)) return page;
  }
  throw bad('bad-src', `\`src\` must be the http(s) address of a scheduling page, not ${shown(src)}.`);
}

const unknown = (detail: string): Problem =>
  new Problem({
    status: 404,
    code: 'unknown-event-type',
    detail,
    headers: { 'Cache-Control': 'public, max-age=30' },
  });

/** An event type, and the account that has it. */
export type Addressed = Pick<AvailabilityQuery, 'upstream' | 'event'>;

/** The event type at a page. An address only chooses among the configured accounts; no other host is ever contacted. */
export async function eventAtPage(src: string, upstreams: readonly Upstream[]): Promise<Addressed> {
  const page = pageOf(src);
  const upstream = upstreams.find((one) => one.serves(page));
  if (!upstream) throw unknown(`This companion does not serve pages of ${page.origin}, or not this one.`);
  const event = await upstream.eventAt(page);
  if (!event) throw unknown(`There is no event type at ${shown(src)}.`);
  return { upstream, event };
}

/** The event type with a provider's own id. */
export async function eventWithId(
  id: string | null,
  provider: string | null,
  upstreams: readonly Upstream[],
): Promise<Addressed> {
  if (id === null || id.length > MAX_SRC)
    throw bad(
      'no-event-type',
      'Say which event type: `src`, the address of its page, or `eventType`, its id.',
    );
  for (const upstream of upstreams) {
    if (provider !== null && provider !== upstream.provider) continue;
    const event = await upstream.eventById(id);
    if (event) return { upstream, event };
  }
  throw unknown(`There is no event type with the id ${shown(id)}.`);
}

/** The event type that a request names, by `src` or by `eventType`. Throws a `Problem`. */
export const addressedBy = (query: URLSearchParams, upstreams: readonly Upstream[]): Promise<Addressed> => {
  const src = query.get('src');
  return src === null
    ? eventWithId(query.get('eventType'), query.get('provider'), upstreams)
    : eventAtPage(src, upstreams);
};

/** Reads the parameters. Throws a `Problem` that names the parameter and its value. */
export async function readQuery(
  query: URLSearchParams,
  upstreams: readonly Upstream[],
  now: number,
): Promise<AvailabilityQuery> {
  const timeZone = zoneOf(query);
  const preferred = instantOf(query, 'preferred');
  const wanted = spanOf(query, timeZone, preferred, now);
  return {
    ...(await addressedBy(query, upstreams)),
    wanted,
    timeZone,
    ...(preferred !== undefined && { preferred }),
  };
}
