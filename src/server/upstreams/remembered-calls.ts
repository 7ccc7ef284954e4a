import type { Store } from '../store/store.js';
import { CLOCK_STEP } from './clock-step.js';

/** A call as the store has it; moments are milliseconds since 1970. */
export interface StoredCall {
  readonly id: number;
  readonly who: string;
  readonly started: number;
  readonly done: number;
  readonly until: number;
}

interface Remembered {
  readonly call: StoredCall;
  /** By the monotonic clock, in milliseconds. */
  until: number;
}

/**
 * Calls that this process has made or seen, for as long as they count by its monotonic clock. A wall clock that is set
 * forward makes the store forget calls of the last minute, which the upstream still counts.
 */
export class RememberedCalls {
  readonly #calls = new Map<number, Remembered>();
  readonly #monotonic: () => number;
  #lastLook: { readonly wall: number; readonly moment: number } | undefined;

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
  }

  add(call: StoredCall, now: number): void {
    this.#calls.set(call.id, { call, until: this.#monotonic() + call.until - now });
  }

  /** The call has another number in the store from now on. */
  renumber(from: number, to: number): void {
    const known = this.#calls.get(from);
    if (!known) return;
    this.#calls.delete(from);
    this.#calls.set(to, { ...known, call: { ...known.call, id: to } });
  }

  /** The call is over, and counts for so many milliseconds from now on. */
  end(id: number, ms: number): void {
    const known = this.#calls.get(id);
    if (known) known.until = this.#monotonic() + ms;
  }

  /** Milliseconds by which the wall clock was set forward since the last look of this process; 0 where it was not. */
  setForward(now: number): number {
    const look = { wall: now, moment: this.#monotonic() };
    const before = this.#lastLook ?? look;
    this.#lastLook = look;
    const step = look.wall - before.wall - (look.moment - before.moment);
    return step > CLOCK_STEP ? Math.round(step) : 0;
  }

  /** What the store has, and what it has forgotten too early; the first to be forgotten comes first. */
  merge(stored: readonly StoredCall[], now: number): { all: StoredCall[]; forgotten: StoredCall[] } {
    const moment = this.#monotonic();
    const ids = new Set(stored.map(({ id }) => id));
    for (const call of stored) this.add(call, now);
    const forgotten: StoredCall[] = [];
    for (const [id, { call, until }] of this.#calls) {
      if (until <= moment) this.#calls.delete(id);
      else if (!ids.has(id)) forgotten.push({ ...call, done: 1, until: Math.ceil(now + until - moment) });
    }
    return { all: [...stored, ...forgotten].sort((a, b) => a.until - b.until), forgotten };
  }
}

const all = new WeakMap<Store, Map<string, RememberedCalls>>();

/** The calls of one account that this process knows of. */
export function rememberedCalls(store: Store, account: string): RememberedCalls {
  const ofStore = all.get(store) ?? new Map<string, RememberedCalls>();
  all.set(store, ofStore);
  const known = ofStore.get(account) ?? new RememberedCalls(() => store.monotonic());
  ofStore.set(account, known);
  return known;
}
