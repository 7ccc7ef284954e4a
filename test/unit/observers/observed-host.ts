import type { ObservedHost, Observer, Occurrence } from '../../../src/widget/observers/observer.js';
import type { WidgetEvent } from '../../../src/widget/state/events.js';
import { Store } from '../../../src/widget/state/store.js';

/** An element with a real store, as observers see it; what they ask of it is recorded. */
export class FakeObservedHost extends EventTarget {
  readonly store = new Store(() => undefined);
  readonly instance = 7;
  readonly definedAt = 1;
  dataLayerAliases: Readonly<Record<string, string>> = {};
  readonly attributes = new Map<string, string>();
  readonly forgotten: [start: string, taken: boolean][] = [];
  refreshed = 0;
  /** Everything that happened so far. */
  readonly history: Occurrence[] = [];

  constructor() {
    super();
    this.store.subscribe((event, state, before, at) => this.history.push({ event, state, before, at }));
  }

  getAttribute = (name: string): string | null => this.attributes.get(name) ?? null;
  getAttributeNames = (): string[] => [...this.attributes.keys()];

  forgetSlot(start: string, taken: boolean): void {
    this.forgotten.push([start, taken]);
  }

  refresh(): void {
    this.refreshed++;
  }

  send(...events: readonly WidgetEvent[]): this {
    for (const event of events) this.store.send(event);
    return this;
  }

  /** The host in the type of the element: observers use nothing else of it. */
  get element(): ObservedHost {
    return this as unknown as ObservedHost;
  }

  /** Attaches an observer as the widget does: first the events so far, then all others. */
  attach(observer: Observer): Observer {
    for (const occurrence of this.history) observer.onEvent(occurrence);
    this.store.subscribe((event, state, before, at) => observer.onEvent({ event, state, before, at }));
    return observer;
  }
}
