/** Wall-clock arithmetic over `Intl`: the only place where days, zones and instants are turned into one another. */

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The five numbers a clock on the wall shows. */
interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

const formatFor = (zone: string): Intl.DateTimeFormat => {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
};

const wallClockAt = (instant: number, zone: string): WallClock => {
  const shown: Record<string, number> = {};
  for (const part of formatFor(zone).formatToParts(instant)) shown[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return { year, month, day, hour, minute, second };
};

/** Whether `Intl` knows this IANA name. */
export const isZone = (zone: string): boolean => {
  try {
    formatFor(zone);
    return true;
  } catch {
    return false;
  }
};

/** Clocks change on quarter hours of UTC only, so one result is valid for a whole quarter. */
const QUARTER = 900_000;
const MOST_KNOWN = 20_000;
const offsets = new Map<string, number>();

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
export const offsetAt = (instant: number, zone: string): number => {
  const quarter = Math.floor(instant / QUARTER);
  const key = `${zone} ${String(quarter)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const { year, month, day, hour, minute, second } = wallClockAt(quarter * QUARTER, zone);
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - quarter * QUARTER;
  if (offsets.size >= MOST_KNOWN) offsets.clear();
  offsets.set(key, offset);
  return offset;
};

const two = (value: number): string => String(value).padStart(2, '0');

/** `YYYY-MM-DD` on the zone's calendars at an instant. */
export const dayAt = (instant: number, zone: string): string => {
  const { year, month, day } = wallClockAt(instant, zone);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
};

/** Midnight UTC of a `YYYY-MM-DD`: days are counted there, where each has 24 hours. */
const utcOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(utcOf(text));

export const addDays = (day: string, count: number): string =>
  new Date(utcOf(day) + count * DAY).toISOString().slice(0, 10);

/** 0 is Sunday. */
export const weekdayOf = (day: string): number => new Date(utcOf(day)).getUTCDay();

/**
 * The instant at which the zone's clocks show `minutes` past midnight of `day`. When they show it twice, `which`
 * decides. When they skip it, the result is as far after the gap as the given time is after the gap's beginning.
 */
export const instantOf = (
  day: string,
  minutes: number,
  zone: string,
  which: 'earlier' | 'later' = 'earlier',
): number => {
  const wall = utcOf(day) + minutes * MINUTE;
  const before = wall - offsetAt(wall - DAY, zone);
  const after = wall - offsetAt(wall + DAY, zone);
  const shown = [before, after].filter((instant) => instant + offsetAt(instant, zone) === wall);
  if (shown.length === 0) return before;
  return which === 'earlier' ? Math.min(...shown) : Math.max(...shown);
};

/** First instant of a local day. */
export const startOfDay = (day: string, zone: string): number => instantOf(day, 0, zone);

/** `2026-03-29T09:00:00.000+02:00`: an instant with the zone's own clock and offset. */
export const isoInZone = (instant: number, zone: string): string => {
  const offset = Math.round(offsetAt(instant, zone) / MINUTE);
  const clock = new Date(instant + offset * MINUTE).toISOString().slice(0, -1);
  const ahead = Math.abs(offset);
  return `${clock}${offset < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
};
