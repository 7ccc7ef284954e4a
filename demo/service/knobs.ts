import { ownerOf } from './catalogue.js';

/**
 * Everything that can be made to go wrong, by name. A knob is written in the query of a page or of an API call, or set
 * for an event type (`acme/30min`), a host (`acme`) or everything (`*`) through the control address.
 */
export const KNOBS = {
  // Any response the knob was written for; set through the control address they mean page documents.
  delay: 'milliseconds before the response begins',
  hang: 'no response at all, the connection stays open',
  refuse: 'the connection is closed at once',
  status: 'the page (or call) fails with this HTTP status',
  // Headers of page documents.
  xfo: 'value of X-Frame-Options',
  'frame-ancestors': 'value of the frame-ancestors directive',
  coep: 'the page answers with Cross-Origin-Embedder-Policy: require-corp',
  // What the page says to its parent.
  mute: '"page" (or nothing): never a word; "api": questions about times are never answered',
  late: 'milliseconds before the page says its first word',
  'late-status': 'the page turns out to be this error just before it would be ready',
  'lying-height': 'height that is reported instead of the real one',
  doubled: 'every message is sent twice',
  reordered: 'every second message overtakes the one before',
  speaks: '"hubspot", "acuity", "oncehub" or "resizer": what the plain pages speak instead of nothing',
  books: 'the page says that somebody booked as soon as it has its times',
  noise: 'junk and foreign messages between the real ones',
  'no-slots-event': 'the page never says that its times are loaded',
  'page-slots-delay': 'milliseconds before the page has its times',
  // What is free.
  empty: 'no free times, in the page and in the API',
  // The API for times.
  'slots-status': 'HTTP status of every answer about times',
  'slots-delay': 'milliseconds before an answer about times',
  'slots-refuse': 'connections that ask for times are closed at once',
  'retry-after': 'value of Retry-After on failing answers about times',
  garbage: '"html" (or nothing), "shape", "truncated" or "null" instead of times',
  'no-cors': 'API answers carry no CORS headers',
  'rate-limit': 'calls a minute before a caller is shut out',
  address: 'address the caller is counted under',
  // Everything.
  first: 'the failing knobs hold for the first so many requests of a kind only',
  now: 'the service believes it is this instant (ISO 8601)',
} as const;

export type KnobName = keyof typeof KNOBS;
export type Knobs = Readonly<Partial<Record<KnobName, string>>>;

/** What a request is for; `first` counts each kind apart. */
export type RequestKind = 'page' | 'slots' | 'api';

export const isKnob = (name: string): name is KnobName => Object.hasOwn(KNOBS, name);
export const KNOB_NAMES = Object.keys(KNOBS).filter(isKnob);

/** These describe the world, not a failure, and outlast `first`. */
const LASTING = new Set<KnobName>(['now', 'address', 'rate-limit', 'empty']);

/** Written in the query of a call they mean that call; set for an event type they mean its pages. */
const PAGE_ONLY_WHEN_SET = new Set<KnobName>(['delay', 'hang', 'refuse', 'status']);

const pick = (knobs: Knobs, keep: (name: KnobName) => boolean): Knobs =>
  Object.fromEntries(Object.entries(knobs).filter(([name]) => isKnob(name) && keep(name)));

export const knobsInQuery = (query: URLSearchParams): Knobs => {
  const knobs: Partial<Record<KnobName, string>> = {};
  for (const [name, value] of query) if (isKnob(name)) knobs[name] = value;
  return knobs;
};

/** A switch is on unless it is absent or says no. */
export const isOn = (knobs: Knobs, name: KnobName): boolean => {
  const value = knobs[name];
  return value !== undefined && !/^(0|false|off|no)$/i.test(value);
};

/** A number, or null where the knob is absent or says something else. */
export const numberOf = (knobs: Knobs, name: KnobName): number | null => {
  const value = Number(knobs[name] ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
};

export const isPageMute = (knobs: Knobs): boolean => isOn(knobs, 'mute') && knobs.mute !== 'api';
export const isApiMute = (knobs: Knobs): boolean => knobs.mute === 'api';

/** Whether a key is meant by a pattern: everything, a host, or one event type. */
export const matches = (pattern: string, key: string): boolean =>
  pattern === '*' ||
  pattern === '' ||
  pattern === key ||
  pattern === ownerOf(key) ||
  key.startsWith(`${pattern}/`);

/** What was set through the control address, and how often it has been met since. */
export class KnobBoard {
  readonly #set = new Map<string, Knobs>();
  readonly #met = new Map<string, number>();

  /** Merges; `null` takes a knob back. */
  set(pattern: string, changes: Readonly<Partial<Record<KnobName, string | null>>>): Knobs {
    const merged: Partial<Record<KnobName, string>> = { ...this.#set.get(pattern) };
    for (const [name, value] of Object.entries(changes)) {
      if (!isKnob(name)) continue;
      if (value === null) delete merged[name];
      else merged[name] = value;
    }
    this.#set.set(pattern, merged);
    this.#forgetCounts(pattern);
    return merged;
  }

  reset(pattern: string): void {
    for (const each of this.#set.keys()) {
      if (pattern === '*' || each === pattern || matches(pattern, each)) this.#set.delete(each);
    }
    this.#forgetCounts(pattern);
  }

  all(): Readonly<Record<string, Knobs>> {
    return Object.fromEntries(this.#set);
  }

  /** The knobs that hold for one request: everything's, the host's, the event type's, its own query's. Counts it. */
  of(key: string, kind: RequestKind, query: URLSearchParams): Knobs {
    const knobs = this.#merge(key, kind, query);
    const first = numberOf(knobs, 'first');
    if (first === null) return knobs;
    const count = (this.#met.get(`${key} ${kind}`) ?? 0) + 1;
    this.#met.set(`${key} ${kind}`, count);
    return count <= first ? knobs : pick(knobs, (name) => LASTING.has(name));
  }

  #merge(key: string, kind: RequestKind, query: URLSearchParams): Knobs {
    const set = { ...this.#set.get('*'), ...this.#set.get(ownerOf(key)), ...this.#set.get(key) };
    const meant = kind === 'page' ? set : pick(set, (name) => !PAGE_ONLY_WHEN_SET.has(name));
    return { ...meant, ...knobsInQuery(query) };
  }

  #forgetCounts(pattern: string): void {
    for (const counted of this.#met.keys()) {
      if (matches(pattern, counted.slice(0, counted.lastIndexOf(' ')))) this.#met.delete(counted);
    }
  }
}
