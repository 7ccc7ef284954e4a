import { DAY_MS, HOUR_MS } from '../../scheduling/durations.js';
import { addDays, dayOf, startOfDay } from '../../scheduling/local-days.js';
import type { Window } from './loads.js';

/** Lengths of a step, in milliseconds: a series has 24 to 60 of them where it can. */
const LENGTHS = [60_000, 120_000, 300_000, 600_000, HOUR_MS, 2 * HOUR_MS, 6 * HOUR_MS, DAY_MS, 7 * DAY_MS];
const MAX_STEPS = 60;

export const stepFor = ({ from, to }: Window): number =>
  LENGTHS.find((step) => (to - from) / step <= MAX_STEPS) ?? 28 * DAY_MS;

/** Steps of a series: shorter ones begin on the hour, as sums do; a day is a day of the time zone. */
export interface Steps {
  readonly length: number;
  /** When each begins, in order: milliseconds since 1970. */
  readonly starts: readonly number[];
  /** The beginning of the step that a moment of the window lies in. */
  of(at: number): number;
}

/** When each step of whole days begins in a time zone. */
export function localStarts({ from, to }: Window, length: number, timeZone: string): number[] {
  const days = Math.round(length / DAY_MS);
  const starts: number[] = [];
  for (let day = dayOf(from, timeZone); ; day = addDays(day, days)) {
    const start = startOfDay(day, timeZone);
    if (start >= to) return starts;
    starts.push(start);
  }
}

/** As far east or west as whole hours allow, days begin where the zone's do. */
export function stepsOfTime(window: Window, timeZone: string): Steps {
  const length = stepFor(window);
  const isLocal = length >= DAY_MS;
  const starts = isLocal ? localStarts(window, length, timeZone) : [];
  if (!isLocal)
    for (let at = Math.floor(window.from / length) * length; at < window.to; at += length) starts.push(at);
  const [first = window.from] = starts;
  return {
    length,
    starts,
    of(at) {
      if (!isLocal) return Math.floor(at / length) * length;
      // A sum begins on an hour of UTC, a day perhaps on its half: half of it belongs to the day it begins in.
      return starts.findLast((start) => start <= at) ?? first;
    },
  };
}
