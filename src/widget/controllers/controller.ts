import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Options } from '../options.js';
import type { Prefill } from '../providers/provider.js';
import type { Effect } from '../state/effects.js';
import type { Store } from '../state/store.js';

/** The element as its controllers see it. */
export interface WidgetHost extends ReactiveControllerHost, HTMLElement {
  readonly store: Store;
  readonly options: Options;
  readonly prefill: Prefill;
  /** Counts the widgets of the page from 1. */
  readonly instance: number;
  readonly renderRoot: HTMLElement | DocumentFragment;
  /** Lets the widget be lower than the space that was reserved for it, or not. */
  fitHeight(isFitted: boolean): void;
  addController(controller: WidgetController): void;
}

/** Performs one family of effects. Every effect is offered to every controller; each takes its own types. */
export interface WidgetController extends ReactiveController {
  perform?(effect: Effect): void;
}
