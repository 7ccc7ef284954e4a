import { DAY_MS, MINUTE_MS, SECOND_MS } from './durations.js';
import { quickOffset } from './temporal.js';

/** Instants in milliseconds since 1970; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Whole local days of some zone: from `first` (`YYYY-MM-DD`) on, so many of them. */
export interface DayWindow {
  readonly first: string;
  readonly days: number;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Formatters are costly to make, so they are kept. Swedish dates come in the order of ISO 8601. */
const clockOf = (timeZone: string): Intl.DateTimeFormat => {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(timeZone, clock);
  return clock;
};

/** Clocks are put forward or back at a quarter of an hour by UTC, so an offset holds for all of one. */
const QUARTER_MS = 15 * MINUTE_MS;
/** Of one zone: half a year of a host's slots. */
const MAX_OFFSETS = 1024;

/** Offsets by zone and quarter of an hour: drawing asks for those of the same slots again and again. */
const offsets = new Map<string, Map<number, number>>();

function findOffset(instant: number, timeZone: string): number {
  const quick = quickOffset(instant, timeZone);
  if (quick !== null) return quick;
  const [year = 0, month = 1, day, hour, minute, second] = (
    clockOf(timeZone).format(instant).match(/\d+/g) ?? []
  ).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const quarter = Math.floor(instant / QUARTER_MS);
  const known = offsets.get(timeZone)?.get(quarter);
  if (known !== undefined) return known;
  // A zone that is refused is not kept.
  const offset = findOffset(quarter * QUARTER_MS, timeZone);
  const all = offsets.get(timeZone) ?? new Map<number, number>();
  if (all.size >= MAX_OFFSETS) all.clear();
  offsets.set(timeZone, all.set(quarter, offset));
  return offset;
}

/**
 * What the zone's clocks show at an instant, as if they showed UTC: milliseconds since 1970, whole seconds. Throws a
 * RangeError for a zone that `Intl` does not know.
 */
export function wallClock(instant: number, timeZone: string): number {
  return Math.floor(instant / SECOND_MS) * SECOND_MS + offsetAt(instant, timeZone);
}

const dayText = (utc: number): string => new Date(utc).toISOString().slice(0, 10);

/** The local day of an instant, `YYYY-MM-DD`. */
export const dayOf = (instant: number, timeZone: string): string => dayText(wallClock(instant, timeZone));

export const addDays = (day: string, count: number): string => dayText(Date.parse(day) + count * DAY_MS);

/**
 * The first instant of a local day. Where clocks are put forward at midnight that is the moment they are; where
 * midnight comes twice, the first one.
 */
export function startOfDay(day: string, timeZone: string): number {
  const midnight = Date.parse(day);
  /** Closer to where the clock shows midnight. Where it never does, this steps to and fro over the gap. */
  const nearer = (instant: number): number => instant + midnight - wallClock(instant, timeZone);
  const near = nearer(nearer(midnight));
  return Math.max(near, nearer(near));
}

/** Local days as instants, in milliseconds since 1970; `to` is exclusive. */
export const spanOf = ({ first, days }: DayWindow, timeZone: string): Span => ({
  from: startOfDay(first, timeZone),
  to: startOfDay(addDays(first, days), timeZone),
});
