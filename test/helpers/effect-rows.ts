import { type Effect } from '../../src/widget/state/effects.js';
import type { WidgetEvent } from '../../src/widget/state/events.js';
import { initialState } from '../../src/widget/state/initial-state.js';
import type { WidgetState } from '../../src/widget/state/state.js';
import { knownDetails, load, testProvider } from './widget-state.js';

export const eventDetails = knownDetails();
export const language = { ...initialState.language, tag: 'en-GB' };
export const fallback = { text: 'Book', hasLink: true, hasLauncher: false, hasContent: false };
export const failure = { code: 'provider-error', detail: 'no chunk' } as const;
export const options = { ...load().options, label: 'Book me' };
export const START = { type: 'start-frame', keepPrevious: false } as const;
export const STOP = { type: 'stop-frame' } as const;
export const FORGET = [STOP, { type: 'stop-slots' }, { type: 'drop-form' }] as const;

/** A provider whose event types have several lengths; `length.test.ts` has more of it. */
export const lengthProvider = testProvider(
  {},
  { withLength: (page, minutes) => new URL(minutes ? `?duration=${minutes}` : '?', page) },
);

/** What an event does to a widget that other events were given before. */
export interface Row {
  readonly given: readonly WidgetEvent[];
  readonly event: WidgetEvent;
  /** Part of the state after the event. */
  readonly state?: Partial<WidgetState>;
  readonly effects: readonly Effect[];
}
