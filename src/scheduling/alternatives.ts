import { DAY_MS, HOUR_MS } from './durations.js';
import type { Slot } from '../protocol/availability.js';
import { addDays, dayOf, wallClock } from './local-days.js';

/** Why a time is offered in place of another. Codes, not words: the view has the words. */
export type AlternativeReason =
  'preferred' | 'same-day' | 'next-working-day' | 'same-time-next-week' | 'next-free';

export interface Alternative {
  readonly slot: Slot;
  readonly reason: AlternativeReason;
}

export interface AlternativesOptions {
  /** Milliseconds since 1970; times before it are over. */
  readonly now: number;
  readonly timeZone: string;
  /** Maximum number. */
  readonly limit?: number;
  /** Days without work, 0 is Sunday. */
  readonly weekend?: readonly number[];
}

const WEEK = 7 * DAY_MS;

/** How far "the same day" and "the same time next week" may be from the wanted time of day. */
const WINDOW = 2 * HOUR_MS;

/**
 * The times nearest to a preferred one (milliseconds since 1970), nearest first: up to two hours away on the same day,
 * the closest time of day on the next working day, up to two hours away at the same time next week by the clock on the
 * wall, and the next free time. Each time is offered once. One answer that begins on the preferred day is enough to choose from.
 */
export function alternatives(
  slots: readonly Slot[],
  preferred: number,
  { now, timeZone, limit = 6, weekend = [6, 0] }: AlternativesOptions,
): Alternative[] {
  const wanted = wallClock(preferred, timeZone);
  const day = dayOf(preferred, timeZone);
  const distance = ({ start }: Slot): number => Math.abs(Date.parse(start) - preferred);
  const wall = ({ start }: Slot): number => wallClock(Date.parse(start), timeZone);
  const dayOfSlot = ({ start }: Slot): string => dayOf(Date.parse(start), timeZone);

  let workingDay = addDays(day, 1);
  while (weekend.length < 7 && weekend.includes(new Date(workingDay).getUTCDay()))
    workingDay = addDays(workingDay, 1);
  const timeOfDay = wanted - Date.parse(day) + Date.parse(workingDay);

  const free = slots.filter(({ start }) => Date.parse(start) > now);
  // Reading a zone's clock is slow, and nothing further away can be any of these.
  const near = free.filter((slot) => distance(slot) < WEEK + DAY_MS);
  const nearest = near
    .filter((slot) => distance(slot) <= WINDOW && dayOfSlot(slot) === day)
    .sort((a, b) => distance(a) - distance(b));
  /** The slot whose wall clock is nearest to `shown`, at most `most` away. */
  const closest = (of: readonly Slot[], shown: number, most = Infinity): Slot | undefined =>
    of
      .map((slot) => ({ slot, apart: Math.abs(wall(slot) - shown) }))
      .filter(({ apart }) => apart <= most)
      .sort((a, b) => a.apart - b.apart)[0]?.slot;
  const others: readonly (readonly [AlternativeReason, Slot | undefined])[] = [
    ['same-time-next-week', closest(near, wanted + WEEK, WINDOW)],
    [
      'next-working-day',
      closest(
        near.filter((slot) => dayOfSlot(slot) === workingDay),
        timeOfDay,
      ),
    ],
    ['next-free', free.find(({ start }) => Date.parse(start) >= preferred)],
  ];

  const chosen = new Map<Slot, AlternativeReason>();
  const [first] = nearest;
  if (first) chosen.set(first, distance(first) ? 'same-day' : 'preferred');
  for (const [reason, slot] of others) if (slot && !chosen.has(slot)) chosen.set(slot, reason);
  for (const slot of nearest) if (chosen.size < limit && !chosen.has(slot)) chosen.set(slot, 'same-day');
  return [...chosen]
    .map(([slot, reason]) => ({ slot, reason }))
    .sort((a, b) => distance(a.slot) - distance(b.slot))
    .slice(0, limit);
}
