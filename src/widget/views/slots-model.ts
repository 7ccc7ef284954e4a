import type { Slot } from '../../protocol/availability.js';
import { alternatives, type Alternative } from '../../scheduling/alternatives.js';
import { addDays, dayOf, spanOf } from '../../scheduling/local-days.js';
import {
  monthOf,
  pageOfMonth,
  readPreferred,
  turnsFrom,
  WEEK,
  type Turns,
} from '../availability/week-pages.js';
import { openingWeek, type OpeningState } from '../availability/slot-window.js';
import type { WidgetState } from '../state/state.js';
import { pickSlots, type DayOfSlots } from './pick-slots.js';

/** What is to be seen of the known slots: one page of them, and where it leads. */
export interface SlotsModel {
  readonly days: readonly DayOfSlots[];
  /** First and last local day of a week; null for the soonest slots. */
  readonly week: readonly [first: string, last: string] | null;
  /** Why there is nothing to choose; null when there is something. */
  readonly none: 'noSlots' | 'noSlotsThen' | 'loadingSlots' | 'slotsFailed' | null;
  /** The next slot after a week without any, where one is known, and its page. */
  readonly next: readonly [slot: Slot, week: string] | null;
  /** A slot that was wanted, and those closest to it. */
  readonly wanted: Slot | null;
  readonly nearest: readonly Alternative[];
  /** Why the preferred time has no slot. */
  readonly missed: 'slotPassed' | 'slotTooFar' | null;
  readonly turns: Turns;
  /** First day of the month that the page lies in. */
  readonly month: string;
  /** The page that a month begins with. */
  readonly pageOfMonth: (month: string) => string | null;
}

export type SlotsModelState = Pick<WidgetState, 'slots' | 'week' | 'gone'> &
  OpeningState & { readonly options: Pick<WidgetState['options'], 'slots' | 'preferred'> };

const MISSED = { past: 'slotPassed', far: 'slotTooFar' } as const;

const startOf = ({ start }: Slot): number => Date.parse(start);

/**
 * Chooses what to show. Null while nothing is known.
 *
 * @param now milliseconds since 1970; slots before it are over
 */
export function slotsModel(state: SlotsModelState, now: number): SlotsModel | null {
  const { slots, week, gone, timeZone, options } = state;
  const { known, request } = slots;
  if (!known) return null;
  const preferred = readPreferred(options.preferred, now);
  const today = dayOf(now, timeZone);
  const localDay = (slot: Slot): string => dayOf(startOf(slot), timeZone);
  const home = openingWeek(state, now);
  // A week that has begun to lie in the past is where the widget begins.
  const isHome = week === null || week < today;
  const first = isHome ? home : week;
  const reach = { from: Date.parse(known.from), to: Date.parse(known.to) };
  const page = first ? spanOf({ first, days: WEEK }, timeZone) : reach;
  const isKnown = page.from >= reach.from && page.to <= reach.to;
  const free = known.slots.filter((slot) => startOf(slot) > now);
  const onPage = free.filter((slot) => startOf(slot) >= page.from && startOf(slot) < page.to);
  const days = isKnown ? pickSlots(onPage, first ? Infinity : options.slots, now, localDay) : [];
  const [lastShown] = days.at(-1)?.slots ?? [];
  const next = first && isKnown && !days.length && free.find((slot) => startOf(slot) >= page.to);
  const wanted =
    gone ?? (isHome && typeof preferred === 'number' ? { start: new Date(preferred).toISOString() } : null);
  const nothing = first ? 'noSlotsThen' : 'noSlots';
  const unknown = request === 'failed' ? 'slotsFailed' : 'loadingSlots';
  return {
    days,
    week: first ? [first, addDays(first, WEEK - 1)] : null,
    none: isKnown ? (days.length ? null : nothing) : unknown,
    next: next ? [next, dayOf(startOf(next), timeZone)] : null,
    wanted,
    nearest: wanted ? alternatives(free, startOf(wanted), { now, timeZone }) : [],
    missed: isHome && typeof preferred === 'string' ? MISSED[preferred] : null,
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
