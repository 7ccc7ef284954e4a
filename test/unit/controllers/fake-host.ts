import type { Effect } from '../../../src/widget/state/effects.js';
import type { WidgetController, WidgetHost } from '../../../src/widget/controllers/controller.js';
import type { Options } from '../../../src/widget/options.js';
import type { WidgetEvent } from '../../../src/widget/state/events.js';
import { Store } from '../../../src/widget/state/store.js';
import { defaultOptions } from '../../../src/widget/state/initial-state.js';

/** An element with a real store for one controller: its effects are recorded and performed by hand. */
export class FakeHost extends HTMLElement {
  readonly effects: Effect[] = [];
  readonly events: WidgetEvent[] = [];
  readonly store = new Store((effect) => this.effects.push(effect));
  options: Options = defaultOptions;
  prefill = {};
  /** Whether the widget may be lower than its reserved space. */
  isFitted = false;
  readonly instance = 1;
  readonly renderRoot: ShadowRoot = this.attachShadow({ mode: 'open' });
  readonly updateComplete = Promise.resolve(true);
  updatesRequested = 0;
  readonly controllers: WidgetController[] = [];

  constructor() {
    super();
    const { store } = this;
    const send = store.send.bind(store);
    store.send = (event) => {
      this.events.push(event);
      send(event);
    };
  }

  /** The host in the type of the element: controllers use nothing else of it. */
  get element(): WidgetHost {
    return this;
  }

  addController(controller: WidgetController): void {
    this.controllers.push(controller);
  }

  fitHeight(isFitted: boolean): void {
    this.isFitted = isFitted;
  }

  removeController(): void {
    // No controller under test leaves its element.
  }

  requestUpdate(): void {
    this.updatesRequested++;
  }

  set(options: Partial<Options>): this {
    this.options = { ...this.options, ...options };
    return this;
  }

  send(...events: readonly WidgetEvent[]): this {
    for (const event of events) this.store.send(event);
    return this;
  }

  /** Types of the events since the last call. */
  newEvents(): string[] {
    return this.events.splice(0).map(({ type }) => type);
  }
}

customElements.define('fake-host', FakeHost);

/** What waits for nothing but promises has happened. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
