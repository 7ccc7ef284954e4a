import { ownerOf } from './catalogue.js';
import { KNOBS, type KnobName } from './knob-list.js';

export { KNOBS, type KnobName };

export type Knobs = Readonly<Partial<Record<KnobName, string>>>;

/** What a request is for; `first` counts each kind apart. */
export type RequestKind = 'page' | 'slots' | 'booking' | 'event-type' | 'api';

export const isKnob = (name: string): name is KnobName => Object.hasOwn(KNOBS, name);
export const KNOB_NAMES = Object.keys(KNOBS).filter(isKnob);

/** Knobs that describe a setting, not a fault, and are not limited by `first`. */
const LASTING = new Set<KnobName>([
  'now',
  'address',
  'rate-limit',
  'empty',
  'confirmation',
  'price',
  'seats',
  'recurrence',
  'instant',
  'login',
  'email-verification',
  'hidden',
  'split-name',
  'unknown-field',
  'number-field',
]);

/** Written in the query of a call they mean that call; set for an event type they mean its pages. */
const PAGE_ONLY_WHEN_SET = new Set<KnobName>(['delay', 'hang', 'refuse', 'status', 'redirect']);

const pick = (knobs: Knobs, keep: (name: KnobName) => boolean): Knobs =>
  Object.fromEntries(Object.entries(knobs).filter(([name]) => isKnob(name) && keep(name)));

export const knobsInQuery = (query: URLSearchParams): Knobs => {
  const knobs: Partial<Record<KnobName, string>> = {};
  for (const [name, value] of query) if (isKnob(name)) knobs[name] = value;
  return knobs;
};

/** A switch is on unless it is absent or its value means off. */
export const isOn = (knobs: Knobs, name: KnobName): boolean => {
  const value = knobs[name];
  return value !== undefined && !/^(0|false|off|no)$/i.test(value);
};

/** A number, or null where the knob is absent or has another value. */
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

  /** Merges; `null` removes a knob. */
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
