import { UpstreamFailure } from './upstream.js';
import { wait } from '../timers.js';

/** The limits of waiting for room in an account's budget. */
export const ROOM = {
  /** Maximum wait of one question, in milliseconds; with the call after it a visitor has slots within five seconds. */
  patience: 4000,
  /** How many may wait in one instance, and how many of one caller: names that nobody knows leave room for the others. */
  waiting: 50,
  ofOneCaller: 25,
} as const;

/** Those who wait at the same moment do not try again at the same moment; in milliseconds. */
const SPREAD = 50;

export const isSpent = (cause: unknown): cause is UpstreamFailure =>
  cause instanceof UpstreamFailure && cause.code === 'budget';

/** Questions of one account that wait until the budget has room for them, instead of being refused at once. */
export class RoomInBudget {
  readonly #closing: AbortSignal;
  readonly #waiting = new Map<string, number>();
  #total = 0;

  constructor(closing: AbortSignal) {
    this.#closing = closing;
  }

  /** Repeats what the budget refused once there may be room. What cannot have room in time is refused at once. */
  async ask<Result>(who: string, attempt: () => Promise<Result>): Promise<Result> {
    const deadline = performance.now() + ROOM.patience;
    for (;;) {
      try {
        return await attempt();
      } catch (cause) {
        if (!isSpent(cause) || performance.now() + cause.wait > deadline) throw cause;
        if (!(await this.#wait(who, cause.wait))) throw cause;
      }
    }
  }

  /** False where too many wait already. */
  async #wait(who: string, ms: number): Promise<boolean> {
    const ofCaller = this.#waiting.get(who) ?? 0;
    if (this.#total >= ROOM.waiting || ofCaller >= ROOM.ofOneCaller) return false;
    this.#add(who, 1);
    try {
      await wait(ms + Math.random() * SPREAD, this.#closing);
      return true;
    } finally {
      this.#add(who, -1);
    }
  }

  #add(who: string, change: 1 | -1): void {
    this.#total += change;
    const left = (this.#waiting.get(who) ?? 0) + change;
    if (left > 0) this.#waiting.set(who, left);
    else this.#waiting.delete(who);
  }
}
