import { createHash } from 'node:crypto';
import type { Interval } from './event-type.js';

/** Share of hours that are taken, and of days that are away altogether, out of 256. */
const HOUR_TAKEN = 88;
const DAY_AWAY = 24;

/**
 * Generates the busy times of a local day, the same in every run: the intervals in which a host is busy, in minutes
 * past midnight.
 */
export function busyTimes(diary: string, day: string): readonly Interval[] {
  const dice = createHash('sha256').update(`${diary} ${day}`).digest();
  if ((dice[31] ?? 0) < DAY_AWAY) return [{ from: 0, to: 24 * 60 }];
  const busy: Interval[] = [];
  for (let hour = 0; hour < 24; hour++) {
    const die = dice[hour] ?? 0;
    // Half hours too, so that short meetings still fit into an otherwise busy hour.
    if (die < HOUR_TAKEN) busy.push({ from: hour * 60, to: hour * 60 + (die % 2 ? 60 : 30) });
  }
  return busy;
}
