import { DAY_MS } from '../../scheduling/durations.js';
import { REVALIDATE_MS } from '../durations.js';
import type { Slot } from '../../protocol/availability.js';
import type { Span } from '../../scheduling/local-days.js';
import { CLOCK_STEP } from '../upstreams/clock-step.js';
import type { KnownDay } from './known-days.js';
import { dayNumber } from './schema.js';

/** Times of a stretch, from its beginning to where they are known. */
export interface AssembledTimes {
  readonly slots: readonly Slot[];
  /** Slots are known up to here: the end of the request, unless a later part could not be fetched. */
  readonly to: number;
  /** When the upstream answered, the oldest part. */
  readonly fetchedAt: number;
  readonly freshUntil: number;
}

const daysOf = ({ from, to }: Span, now: number): number[] => {
  const days: number[] = [];
  for (let day = dayNumber(Math.max(from, now)); day * DAY_MS < to; day++) days.push(day);
  return days;
};

/** From the first to the last day that is not known, or not fresh; whole UTC days. */
export function gapOf(days: ReadonlyMap<number, KnownDay>, wanted: Span, now: number): Span | null {
  const open = daysOf(wanted, now).filter((day) => (days.get(day)?.freshUntil ?? 0) <= now);
  const [first] = open;
  const last = open.at(-1);
  return first === undefined || last === undefined ? null : { from: first * DAY_MS, to: (last + 1) * DAY_MS };
}

/** How far beyond a request days are renewed with it, in milliseconds: ranges of other visitors begin and end in other zones. */
export const BESIDE = DAY_MS;

/**
 * The gap, and what is known around it and past half of its freshness. Where a call costs the same for any stretch, visitors of
 * different zones and ranges share one call for each stretch of freshness; else every day would have a rhythm of its own.
 */
export function withDue(days: ReadonlyMap<number, KnownDay>, gap: Span, now: number): Span {
  const due = [...days.values()].filter(
    ({ day, fetchedAt, freshUntil }) => day >= dayNumber(now) && now - fetchedAt >= freshUntil - now,
  );
  return {
    from: Math.min(gap.from, ...due.map(({ day }) => day * DAY_MS)),
    to: Math.max(gap.to, ...due.map(({ day }) => (day + 1) * DAY_MS)),
  };
}

/** All known, nothing booked since, and hardly older than it should be. */
export const isUsable = (days: ReadonlyMap<number, KnownDay>, wanted: Span, now: number): boolean =>
  daysOf(wanted, now).every((number) => {
    const day = days.get(number);
    return day !== undefined && !day.forgotten && day.freshUntil + REVALIDATE_MS > now;
  });

export function assemble(days: ReadonlyMap<number, KnownDay>, wanted: Span, now: number): AssembledTimes {
  const slots: Slot[] = [];
  let [fetchedAt, freshUntil, reached] = [Infinity, Infinity, wanted.to];
  for (const number of daysOf(wanted, now)) {
    const day = days.get(number);
    if (!day) {
      reached = Math.max(wanted.from, number * DAY_MS);
      break;
    }
    fetchedAt = Math.min(fetchedAt, day.fetchedAt);
    freshUntil = Math.min(freshUntil, day.freshUntil);
    slots.push(
      ...day.slots.filter(({ start }) => {
        const at = Date.parse(start);
        return at >= wanted.from && at < wanted.to && at > now;
      }),
    );
  }
  return {
    slots,
    to: reached,
    // Clocks of instances differ by a little, and all of them give out one answer; where the clock was set back since, or
    // nothing is known, there is no better moment than this one.
    fetchedAt: fetchedAt > now + CLOCK_STEP ? now : fetchedAt,
    // What is over holds nothing, and that does not change.
    freshUntil: Math.min(freshUntil, now + DAY_MS),
  };
}
