import type { WidgetHost } from '../controllers/controller.js';
import type { WidgetEvent } from '../state/events.js';
import type { WidgetState } from '../state/state.js';

/** One event of a widget with the states around it. `at`: milliseconds since the page's time origin. */
export interface Occurrence {
  readonly event: WidgetEvent;
  readonly state: WidgetState;
  readonly before: WidgetState;
  readonly at: number;
}

/** What observers may use of the element. */
export interface ObservedHost extends WidgetHost {
  /** Further names for events and fields in the data layer. */
  readonly dataLayerAliases: Readonly<Record<string, string>>;
  /** Milliseconds since the page's time origin at which the element was created. */
  readonly definedAt: number;
  /** A booking elsewhere: the slot leaves the screen, or is free again. */
  forgetSlot(start: string, taken: boolean): void;
  refresh(): void;
}

/** Follows one widget; has no part in what it does, except by sending events to its store. */
export interface Observer {
  /** Called for every event, in order, those before the observer's chunk came included. */
  onEvent(occurrence: Occurrence): void;
  stop?(): void;
}

export type CreateObserver = (host: ObservedHost) => Observer;
