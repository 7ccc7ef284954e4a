import type { Slot } from '../../protocol/availability.js';

/** The slots of one local day, `YYYY-MM-DD`. */
export interface DayOfSlots {
  readonly day: string;
  readonly slots: readonly Slot[];
}

/**
 * Chooses which `count` slots to show: the soonest, but at most half of them (three at least) from one day, so that a
 * visitor with a busy first day sees a second one, too. Slots that have begun by `now` are left out.
 */
export function pickSlots(
  slots: readonly Slot[],
  count: number,
  now: number,
  localDay: (slot: Slot) => string,
): readonly DayOfSlots[] {
  const perDay = Math.max(3, Math.ceil(count / 2));
  const days = new Map<string, Slot[]>();
  let left = count;
  for (const slot of slots) {
    if (!left) break;
    if (Date.parse(slot.start) <= now) continue;
    const day = localDay(slot);
    const ofDay = days.get(day) ?? [];
    if (ofDay.length === perDay) continue;
    days.set(day, [...ofDay, slot]);
    left--;
  }
  return [...days].map(([day, ofDay]) => ({ day, slots: ofDay }));
}
