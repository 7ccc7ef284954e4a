import type { Slot } from '../protocol/availability.js';
import type { Alternative } from '../scheduling/alternatives.js';
import { addDays, dayOf, spanOf } from '../scheduling/local-days.js';
import {
  homePage,
  monthOf,
  pageOfMonth,
  turnsFrom,
  WEEK,
  type Turns,
  type Wish,
} from './availability/week-pages.js';
import { pickTimes, type DayOfTimes } from './views/pick-times.js';
import type { WidgetState } from './widget-state.js';

/** What is to be seen of the known times: one page of them, and where it leads. */
export interface TimesPicture {
  readonly days: readonly DayOfTimes[];
  /** First and last local day of a week; null for the soonest times. */
  readonly week: readonly [first: string, last: string] | null;
  /** Why there is nothing to choose; null when there is something. */
  readonly none: 'noTimes' | 'noTimesThen' | 'looking' | 'notHad' | null;
  /** The next free time after a week without any, where one is known, and its page. */
  readonly next: readonly [slot: Slot, week: string] | null;
  /** A time that was wanted, and those closest to it. */
  readonly wanted: Slot | null;
  readonly nearest: readonly Alternative[];
  /** Why the preferred time is none. */
  readonly wish: 'past' | 'far' | null;
  readonly turns: Turns;
  /** First day of the month that the page lies in. */
  readonly month: string;
  /** The page that a month begins with. */
  readonly pageOfMonth: (month: string) => string | null;
}

export interface PictureOptions {
  /** How many of the soonest times; other pages show all of theirs. */
  readonly count: number;
  readonly timeZone: string;
  readonly wish: Wish;
  /** Milliseconds since 1970; times before it are over. */
  readonly now: number;
  /** The times closest to one that was wanted. */
  readonly alternatives: (free: readonly Slot[], wanted: number) => readonly Alternative[];
  /** A day as it is written above its times. */
  readonly dayName: (slot: Slot) => string;
}

const startOf = ({ start }: Slot): number => Date.parse(start);

/** Chooses what to show. Null while nothing is known. */
export function timesPicture(
  { times, week, gone }: Pick<WidgetState, 'times' | 'week' | 'gone'>,
  { count, timeZone, wish, now, alternatives, dayName }: PictureOptions,
): TimesPicture | null {
  const { known, asking } = times;
  if (!known) return null;
  const today = dayOf(now, timeZone);
  const home = homePage(wish, now, timeZone);
  // A week that has begun to lie in the past is where the widget begins.
  const isHome = week === null || week < today;
  const first = isHome ? home : week;
  const reach = { from: Date.parse(known.from), to: Date.parse(known.to) };
  const page = first ? spanOf({ first, days: WEEK }, timeZone) : reach;
  const isKnown = page.from >= reach.from && page.to <= reach.to;
  const free = known.slots.filter((slot) => startOf(slot) > now);
  const onPage = free.filter((slot) => startOf(slot) >= page.from && startOf(slot) < page.to);
  const days = isKnown ? pickTimes(onPage, first ? Infinity : count, now, dayName) : [];
  const [lastShown] = days.at(-1)?.slots ?? [];
  const next = first && isKnown && !days.length && free.find((slot) => startOf(slot) >= page.to);
  const wanted =
    gone ?? (isHome && typeof wish === 'number' ? { start: new Date(wish).toISOString() } : null);
  return {
    days,
    week: first ? [first, addDays(first, WEEK - 1)] : null,
    none: !isKnown
      ? asking === 'failed'
        ? 'notHad'
        : 'looking'
      : days.length
        ? null
        : first
          ? 'noTimesThen'
          : 'noTimes',
    next: next ? [next, dayOf(startOf(next), timeZone)] : null,
    wanted,
    nearest: wanted ? alternatives(free, startOf(wanted)) : [],
    wish: isHome && typeof wish === 'string' ? wish : null,
    turns: turnsFrom(
      first,
      home,
      today,
      lastShown ? dayOf(startOf(lastShown), timeZone) : addDays(today, WEEK),
    ),
    month: monthOf(first ?? today),
    pageOfMonth: (month) => pageOfMonth(month, home, today),
  };
}
