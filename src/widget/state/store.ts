import { effectsOf, type Effect } from './effects.js';
import type { WidgetEvent } from './events.js';
import { initialState } from './initial-state.js';
import { reduce } from './reduce.js';
import type { WidgetState } from './state.js';

/** Is notified of every event with the state after it. `at`: milliseconds since the page's time origin. */
export type StoreListener = (event: WidgetEvent, state: WidgetState, before: WidgetState, at: number) => void;

/**
 * Holds the state of one widget. `send` is the only way to change it: the reducer gives the next state, listeners are
 * notified, then the effects of the change are performed. An event that is sent meanwhile waits for its turn, so that
 * every listener sees all events in the same order.
 */
export class Store {
  private current: WidgetState = initialState;
  private readonly queue: WidgetEvent[] = [];
  private readonly listeners = new Set<StoreListener>();
  private isBusy = false;
  private load = new AbortController();

  /** @param perform performs one effect; must not throw */
  constructor(private readonly perform: (effect: Effect) => void) {}

  get state(): WidgetState {
    return this.current;
  }

  /**
   * Aborted when another page is loaded or the element is gone: asynchronous code takes the
   * signal first and checks it afterwards.
   */
  get loadSignal(): AbortSignal {
    return this.load.signal;
  }

  /** Returns how to unsubscribe, which tells whether the listener was still subscribed. */
  subscribe(listener: StoreListener): () => boolean {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  send(event: WidgetEvent): void {
    this.queue.push(event);
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      for (let next = this.queue.shift(); next; next = this.queue.shift()) this.process(next);
    } finally {
      this.isBusy = false;
    }
  }

  private process(event: WidgetEvent): void {
    const before = this.current;
    const after = reduce(before, event);
    if (event.type === 'load' || event.type === 'unload') {
      this.load.abort();
      this.load = new AbortController();
    }
    this.current = after;
    if (after !== before) {
      const at = performance.now();
      for (const listener of this.listeners) listener(event, after, before, at);
    }
    for (const effect of effectsOf(before, event, after)) this.perform(effect);
  }
}
