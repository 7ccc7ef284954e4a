import type { Slot } from '../../protocol/availability.js';
import { alternatives, type Alternative } from '../../scheduling/alternatives.js';
import { addDays, dayOf, spanOf } from '../../scheduling/local-days.js';
import {
  monthOf,
  pageStart,
  readPreferred,
  turnsFrom,
  WEEK,
  type Turns,
} from '../availability/week-pages.js';
import { openingWeek, type OpeningState } from '../availability/slot-window.js';
import type { WidgetState } from '../state/state.js';
import { pickSlots } from './pick-slots.js';

/** One day of the page that is shown. */
export interface PickerDay {
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** All that are free. */
  readonly slots: readonly Slot[];
  /** Those to choose from; the others come when the visitor turns to this day. */
  readonly shown: readonly Slot[];
}

/** What is to be seen of the known slots: a page of seven days, and where it leads. */
export interface SlotsModel {
  readonly days: readonly PickerDay[];
  /** First and last local day of the page. */
  readonly week: readonly [first: string, last: string];
  /** The day whose slots a narrow widget shows; null for the soonest slots of the page. */
  readonly day: string | null;
  /** Why there is nothing to choose; null when there is something. */
  readonly none: 'noSlots' | 'noSlotsThen' | 'loadingSlots' | 'slotsFailed' | null;
  /** The next slot after a page with none or few, where one is known, and its day. */
  readonly next: readonly [slot: Slot, day: string] | null;
  /** A slot that was wanted, and those closest to it. */
  readonly wanted: Slot | null;
  readonly nearest: readonly Alternative[];
  /** Why the preferred time has no slot. */
  readonly missed: 'slotPassed' | 'slotTooFar' | null;
  readonly turns: Turns;
  /** First day of the month that the visitor has turned to. */
  readonly month: string;
  /** The local day of `now`. */
  readonly today: string;
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
  const free = known.slots.filter((slot) => startOf(slot) > now);
  // A day that is over gives way to the page where the widget begins.
  const turned = week && week >= today ? week : null;
  const opening = turned ?? openingWeek(state, now);
  const anchor = opening ?? (free[0] ? localDay(free[0]) : today);
  const first = pageStart(anchor, today);
  const page = spanOf({ first, days: WEEK }, timeZone);
  // The soonest slots are known as soon as anything is.
  const isKnown = !opening || (page.from >= Date.parse(known.from) && page.to <= Date.parse(known.to));
  const onPage = isKnown ? free.filter((slot) => startOf(slot) >= page.from && startOf(slot) < page.to) : [];
  const picked = pickSlots(onPage, opening ? Infinity : options.slots, now, localDay);
  // Not `Array.from`, which old libraries of host pages replace by one that takes no function.
  const days = [...Array(WEEK).keys()].map((index) => {
    const day = addDays(first, index);
    return {
      day,
      slots: onPage.filter((slot) => localDay(slot) === day),
      shown: picked.find((each) => each.day === day)?.slots ?? [],
    };
  });
  const isFull = onPage.length >= (opening ? 1 : options.slots);
  const next = isKnown && !isFull && free.find((slot) => startOf(slot) >= page.to);
  const wanted =
    gone ?? (!turned && typeof preferred === 'number' ? { start: new Date(preferred).toISOString() } : null);
  const nothing = request === 'pending' ? 'loadingSlots' : opening ? 'noSlotsThen' : 'noSlots';
  const unknown = request === 'failed' ? 'slotsFailed' : 'loadingSlots';
  return {
    days,
    week: [first, addDays(first, WEEK - 1)],
    day:
      opening && (days.find(({ day, slots }) => day >= anchor && slots[0])?.day ?? picked[0]?.day ?? anchor),
    none: isKnown ? (onPage.length ? null : nothing) : unknown,
    next: next ? [next, localDay(next)] : null,
    wanted,
    nearest: wanted ? alternatives(free, startOf(wanted), { now, timeZone }) : [],
    missed: !turned && typeof preferred === 'string' ? MISSED[preferred] : null,
    turns: turnsFrom(first, today),
    month: monthOf(anchor),
    today,
  };
}
