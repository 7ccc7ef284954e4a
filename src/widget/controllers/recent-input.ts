import { INPUT_SHIFT_MS } from '../durations.js';
import { consentHost } from '../state/selectors.js';
import type { WidgetController, WidgetHost } from './controller.js';

/** What a layout shift may follow. https://wicg.github.io/layout-instability/#dom-layoutshift-hadrecentinput */
const INPUTS = ['click', 'keydown'];

export interface RecentInput extends WidgetController {
  /** Whether the visitor has just pressed something in the widget: then they expect that it changes. */
  hasActed(): boolean;
  /** Calls `listener` with every input from now on, before anything else has come of it. */
  onInput(listener: () => void): void;
}

/** The visitor's input in one widget; while it asks for consent, also in the page's own consent tool. */
export function recentInput(host: WidgetHost): RecentInput {
  const listeners: (() => void)[] = [];
  /** Milliseconds since the page began. */
  let actedAt = -Infinity;

  const onEvent = (event: Event): void => {
    if (!consentHost(host.store.state) && !event.composedPath().includes(host)) return;
    actedAt = event.timeStamp;
    for (const listener of listeners) listener();
  };

  return {
    hostConnected() {
      for (const type of INPUTS) addEventListener(type, onEvent, { capture: true, passive: true });
    },
    hostDisconnected() {
      for (const type of INPUTS) removeEventListener(type, onEvent, { capture: true });
    },
    hasActed: () => performance.now() - actedAt < INPUT_SHIFT_MS,
    onInput: (listener) => void listeners.push(listener),
  };
}
