import type { Options } from './options.js';
import type { WidgetState } from './widget-state.js';

/** The names of the `:state()`s that hold, for the site owner's CSS and for our own. */
export function customStates({ frame, times, view, booking, open }: WidgetState, options: Options): string[] {
  const isLoading = frame.status === 'loading' || frame.status === 'slow';
  return [
    options.mode,
    options.theme,
    frame.status,
    isLoading && 'loading',
    times.known && view !== 'calendar' && 'times',
    times.from === 'cache' && 'stale',
    booking && booking.change !== 'cancelled' && 'booked',
    open && 'open',
  ].filter(Boolean) as string[];
}
