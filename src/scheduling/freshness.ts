import { DAY_MS, MINUTE_MS } from './durations.js';

/** A stretch of time whose bookable times are known. All in milliseconds since 1970; `to` is exclusive. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** When the answer was given. */
  readonly at: number;
  /** Until when it may be taken for the truth. */
  readonly until: number;
}

export type Freshness = 'fresh' | 'stale' | 'expired';

/** Clocks are corrected by a little all the time; a larger step backwards makes every age unknown. */
const CLOCK_STEP = 5000;

/** How long details of an event type and the profile of its host stay fresh, in milliseconds. */
export const MAX_EVENT_AGE = 10 * MINUTE_MS;
export const MAX_HOST_AGE = 60 * MINUTE_MS;

/** Maximum freshness of any answer, in milliseconds. */
export const LONGEST_AGE = 10 * MINUTE_MS;

/**
 * How long an answer with `count` times stays fresh, in milliseconds. Few times left go soon, and an empty week may be
 * filled any minute; what is a week away changes slowly.
 */
export function maxAge(count: number, from: number, at: number): number {
  if (!count) return MINUTE_MS;
  if (count < 5) return 3 * MINUTE_MS;
  return from - at > 7 * DAY_MS ? LONGEST_AGE : 5 * MINUTE_MS;
}

/** `fresh` needs no confirmation, `stale` is shown while it is confirmed, `expired` is not shown at all. */
export function freshness({ at, until }: Stretch, now: number): Freshness {
  const age = now - at;
  if (age >= -CLOCK_STEP && now < until) return 'fresh';
  return Math.abs(age) < DAY_MS ? 'stale' : 'expired';
}
