import type { Slot } from '../../protocol/availability.js';

/** The times of one day, under the words that name it. */
export interface DayOfTimes {
  readonly day: string;
  readonly slots: readonly Slot[];
}

/**
 * Chooses which `count` times to show: the soonest, but no more than half of them (three at least) from one day, so
 * that a busy visitor sees a second day too. Times that have passed are never among them.
 */
export function pickTimes(
  slots: readonly Slot[],
  count: number,
  now: number,
  dayOf: (slot: Slot) => string,
): readonly DayOfTimes[] {
  const perDay = Math.max(3, Math.ceil(count / 2));
  const days = new Map<string, Slot[]>();
  let left = count;
  for (const slot of slots) {
    if (!left) break;
    if (Date.parse(slot.start) <= now) continue;
    const day = dayOf(slot);
    const times = days.get(day) ?? [];
    if (times.length === perDay) continue;
    days.set(day, [...times, slot]);
    left--;
  }
  return [...days].map(([day, times]) => ({ day, slots: times }));
}
