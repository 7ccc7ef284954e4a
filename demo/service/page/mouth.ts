import { knobOn } from './words.js';

/** How long a message is held back that nothing overtakes, in milliseconds. */
const HELD = 100;

/** Says things to whoever frames the page; by the knobs `doubled` and `reordered`, twice and in another order. */
export class Mouth {
  readonly #knobs: Readonly<Record<string, string>>;
  /** What is held back until the next message, so that the two change places. */
  #held: { readonly message: unknown } | null = null;

  constructor(knobs: Readonly<Record<string, string>>) {
    this.#knobs = knobs;
  }

  say(message: unknown): void {
    if (knobOn(this.#knobs, 'reordered') && !this.#held) {
      this.#held = { message };
      setTimeout(() => this.#release(), HELD);
      return;
    }
    this.#post(message);
    this.#release();
  }

  #release(): void {
    const held = this.#held;
    this.#held = null;
    if (held) this.#post(held.message);
  }

  #post(message: unknown): void {
    window.parent.postMessage(message, '*');
    if (knobOn(this.#knobs, 'doubled')) window.parent.postMessage(message, '*');
  }
}
