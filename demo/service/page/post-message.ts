import { knobOn } from './adapter.js';

/** How long a message is held back when no later message overtakes it, in milliseconds. */
const HELD = 100;

/**
 * Posts messages to the window that frames the page. The knob `doubled` posts each message twice; the knob `reordered`
 * swaps every message with the next one.
 */
export class PostMessage {
  readonly #knobs: Readonly<Record<string, string>>;
  /** The message that is held back until the next one has been posted. */
  #held: { readonly message: unknown } | null = null;

  constructor(knobs: Readonly<Record<string, string>>) {
    this.#knobs = knobs;
  }

  send(message: unknown): void {
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
