import { DAY_MS } from '../durations.js';
import { addDays, dayOf, type DayWindow } from '../../scheduling/local-days.js';

/** Days of the first window, today included. */
const FIRST_DAYS = 31;
/** Max days ahead that visitors can look. */
const MAX_DAYS = 365;
/** Days of one page. */
export const WEEK = 7;

/** The preferred start, as an instant, or why it can be none. */
export type PreferredStart = number | 'past' | 'far' | null;

/** Reads the option `preferred`; junk means no preference. */
export function readPreferred(written: string, now: number): PreferredStart {
  const at = Date.parse(written);
  if (isNaN(at)) return null;
  if (at <= now) return 'past';
  return at > now + MAX_DAYS * DAY_MS ? 'far' : at;
}

/**
 * First day of the page that is shown without turning: null for the soonest slots, or the day of a preferred start
 * that lies too far ahead to be among them.
 */
export function homePage(preferred: PreferredStart, now: number, timeZone: string): string | null {
  if (typeof preferred !== 'number') return null;
  const day = dayOf(preferred, timeZone);
  return addDays(day, WEEK + 1) > addDays(dayOf(now, timeZone), FIRST_DAYS) ? day : null;
}

/**
 * First day of the page for a scheduling page whose address opens at a day (`Provider.openingDay`): that day where it is
 * ahead and visitors can look so far, else null for the soonest slots.
 */
export function openingPage(openingDay: string | null, today: string): string | null {
  return openingDay && openingDay > today && openingDay <= addDays(today, MAX_DAYS) ? openingDay : null;
}

/** The first day of a day's month. */
export const monthOf = (day: string): string => `${day.slice(0, 8)}01`;

/** 31 days after the first of a month always lie in the next one. */
const nextMonth = (day: string): string => monthOf(addDays(monthOf(day), 31));

/**
 * Which days have to be known for the page that begins on `first`, and a week more for its alternatives: the first
 * window for as long as it reaches, then whole months, so that turning pages requests once a month.
 */
export function windowOf(first: string | null, today: string): DayWindow {
  if (!first || addDays(first, WEEK + 1) <= addDays(today, FIRST_DAYS))
    return { first: today, days: FIRST_DAYS };
  const month = monthOf(first);
  const begin = month > today ? month : today;
  const end = nextMonth(addDays(first, WEEK));
  return { first: begin, days: Math.round((Date.parse(end) - Date.parse(begin)) / DAY_MS) };
}

/** Where the visitor can turn to from a page; null for the soonest slots, undefined for nowhere. */
export interface Turns {
  readonly earlier: string | null | undefined;
  readonly later: string | undefined;
  /** The months there are, as their first days; that of today first. */
  readonly months: readonly string[];
}

/** `lastShown` is the last day with slots on a page of the soonest ones: the next page begins there. */
export function turnsFrom(
  first: string | null,
  home: string | null,
  today: string,
  lastShown: string,
): Turns {
  const back = first && addDays(first, -WEEK);
  const later = first ? addDays(first, WEEK) : lastShown;
  const months = [monthOf(today)];
  while (months.length < 13) months.push(nextMonth(months.at(-1) ?? today));
  return {
    earlier: !back || (first && first <= today) ? undefined : back > today ? back : home ? today : null,
    later: later > addDays(today, MAX_DAYS) ? undefined : later,
    months,
  };
}

/** The page that begins with a month: its first day, or the soonest slots for the month of today. */
export const pageOfMonth = (month: string, home: string | null, today: string): string | null =>
  month > today ? month : home ? today : null;
