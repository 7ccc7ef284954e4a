import { nothing, render } from 'lit';
import { HOUR_MS } from '../durations.js';
import type { WidgetState } from '../state/state.js';
import type { SlotsActions } from './slots-actions.js';
import { slotsView } from './slots-view.js';

const NO_ACTIONS: SlotsActions = {
  onChoose: () => undefined,
  onAll: () => undefined,
  onUse: () => undefined,
  onTurn: () => undefined,
  onAim: () => undefined,
  onRetry: () => undefined,
  onListZones: () => undefined,
  onLength: () => undefined,
  onTimeZone: () => undefined,
  onClock: () => undefined,
  onFocus: () => undefined,
};

let isDone = false;

/**
 * Draws slots out of the page, once per page, while the real ones are being requested: formatters and templates, which
 * are made at their first use, are there when these come. It says nothing of the event type, whose picture would be fetched.
 */
export function rehearse(state: WidgetState, now: number): void {
  if (isDone) return;
  isDone = true;
  const at = (hours: number): string => new Date(now + hours * HOUR_MS).toISOString();
  const slots = [...Array(60).keys()].map((count) => ({ start: at(3 * count + 6) }));
  const known = { v: 1, from: at(-24), to: at(60 * 24), fetchedAt: now, slots } as const;
  const made: WidgetState = {
    ...state,
    details: { status: 'pending', event: null },
    slots: { ...state.slots, known },
  };
  const box = document.createElement('div');
  render(slotsView(made, now, NO_ACTIONS, '', undefined), box);
  render(nothing, box);
}
