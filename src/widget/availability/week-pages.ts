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

/** The first day of a day's page: pages follow one another from today on. */
export function pageStart(day: string, today: string): string {
  const ahead = (Date.parse(day) - Date.parse(today)) / DAY_MS;
  return addDays(today, Math.floor(ahead / WEEK) * WEEK);
}

/** Where the visitor can turn to from a page, as local days; undefined for nowhere. */
export interface Turns {
  readonly earlier: string | undefined;
  readonly later: string | undefined;
  /** The months there are, as their first days; that of today first. */
  readonly months: readonly string[];
}

/** From the page that begins with the day `first`. */
export function turnsFrom(first: string, today: string): Turns {
  const later = addDays(first, WEEK);
  const months = [monthOf(today)];
  while (months.length < 13) months.push(nextMonth(months.at(-1) ?? today));
  return {
    earlier: first > today ? addDays(first, -WEEK) : undefined,
    later: later > addDays(today, MAX_DAYS) ? undefined : later,
    months,
  };
}

/** Days of one request for slots beyond those that are known, where a whole range of them is empty. */
const FURTHER_DAYS = { api: MAX_DAYS, companion: 100 } as const;

/**
 * The days to look through, in one request, after a range in which nothing is free; null where visitors cannot look
 * further. A companion answers for 100 days at most. `from`: the first local day to look at.
 */
export function furtherWindow(from: string, today: string, hasCompanion: boolean): DayWindow | null {
  const left = Math.round((Date.parse(today) - Date.parse(from)) / DAY_MS) + MAX_DAYS;
  const days = Math.min(left, hasCompanion ? FURTHER_DAYS.companion : FURTHER_DAYS.api);
  return days > WEEK ? { first: from, days } : null;
}
