import { bookingId, isInline, isLoading } from './state/selectors.js';
import type { WidgetState } from './state/state.js';

/** The names of the `:state()`s in force, for the site owner's CSS and for our own. */
export function customStates(state: WidgetState): readonly string[] {
  const { options, frame, slots, view, dialog } = state;
  return [
    options.mode,
    options.theme,
    frame.status,
    isLoading(frame) && 'loading',
    slots.known && /^(slots|using)$/.test(view) && 'times',
    view === 'form' && 'form',
    slots.origin === 'cache' && 'stale',
    bookingId(state) && 'booked',
    !isInline(state) && dialog === 'open' && 'open',
  ].filter((name) => typeof name === 'string' && name !== '') as readonly string[];
}
