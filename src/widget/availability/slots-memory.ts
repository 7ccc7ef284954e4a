import { TAKEN_SLOT_MS } from '../durations.js';
import { cut, learn, type KnownSlots, type Span } from './known-slots.js';

/** What this page knows of every event type, by key, and which slots have just been taken. */
export interface SlotsMemory {
  get(key: string): readonly KnownSlots[];
  /** Adds ranges; where they overlap the newer one counts. */
  add(key: string, ranges: readonly KnownSlots[]): void;
  /** Forgets a span of one event type. */
  remove(key: string, span: Span): void;
  /** The slot that starts at `start` (ISO 8601) is taken. */
  take(key: string, start: string): void;
  /** It is free again. */
  give(key: string, start: string): void;
  /** `range` without the slots that were taken while it was under way. */
  withoutTaken(key: string, range: KnownSlots): KnownSlots;
  /** Forgets all ranges; what is taken stays taken. */
  clear(): void;
}

export function slotsMemory(now: () => number): SlotsMemory {
  const known = new Map<string, readonly KnownSlots[]>();
  const taken = new Map<string, number>();
  const nameOf = (key: string, start: string): string => `${Date.parse(start)} ${key}`;
  const get = (key: string): readonly KnownSlots[] => known.get(key) ?? [];
  return {
    get,
    add(key, ranges) {
      known.set(key, learn(get(key), ranges, now()));
    },
    remove(key, span) {
      known.set(key, cut(get(key), span));
    },
    take(key, start) {
      taken.set(nameOf(key, start), now());
    },
    give(key, start) {
      taken.delete(nameOf(key, start));
    },
    withoutTaken: (key, range) => ({
      ...range,
      slots: range.slots.filter(
        ({ start }) => !(now() - (taken.get(nameOf(key, start)) ?? 0) < TAKEN_SLOT_MS),
      ),
    }),
    clear() {
      known.clear();
    },
  };
}
