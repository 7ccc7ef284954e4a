import { dayOf, type DayWindow } from '../../scheduling/local-days.js';
import { pageOf } from '../state/selectors.js';
import type { WidgetState } from '../state/state.js';
import { homePage, openingPage, pageStart, readPreferred, windowOf } from './week-pages.js';

/** What decides which slots are shown first. */
export type OpeningState = Pick<WidgetState, 'source' | 'provider' | 'timeZone'> & {
  readonly options: Pick<WidgetState['options'], 'preferred'>;
};

/**
 * First day of the page of slots that is shown without turning; null for the soonest slots. The option `preferred` comes
 * before the day that the scheduling page's own address opens at. `now`: milliseconds since 1970.
 */
export function openingWeek(state: OpeningState, now: number): string | null {
  const { options, provider, timeZone } = state;
  const page = pageOf(state);
  const preferred = readPreferred(options.preferred, now);
  if (preferred !== null) return homePage(preferred, now, timeZone);
  return openingPage((page && provider?.openingDay?.(page)) ?? null, dayOf(now, timeZone));
}

/** The days to request for the page of slots with the day `week`; null for the page where the widget begins. */
export function slotWindow(state: OpeningState, week: string | null, now: number): DayWindow {
  const today = dayOf(now, state.timeZone);
  const day = week ?? openingWeek(state, now);
  return windowOf(day && pageStart(day, today), today);
}
