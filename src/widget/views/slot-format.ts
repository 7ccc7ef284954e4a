import type { Slot } from '../../protocol/availability.js';
import { chosenClock, type Clock } from '../clock-choice.js';
import { numberFormat } from '../locales/number-formats.js';

/** How slots are written: the visitor's language and clock, and the zone they are shown in. */
export interface SlotFormat {
  /** The clock that times are written with. */
  readonly clock: Clock;
  /** `Tuesday, 24 November` */
  date(slot: Slot): string;
  /** The same, with the offset where it is not today's: `(GMT+1)`. */
  day(slot: Slot): string;
  /** `10:00` */
  time(instant: Date): string;
  /** `GMT+1`: tells apart the two hours that have the same name when clocks go back. */
  offset(slot: Slot): string;
  /** `Tue 24 Nov, 10:00 – 10:30` */
  full(slot: Slot): string;
  /** Two local days, `YYYY-MM-DD`: `30 Nov – 6 Dec` */
  days(first: string, last: string): string;
  /** A local day: `Tuesday, 24 November` */
  localDay(day: string): string;
  /** A local day's name, as short as it has to be, and number: `Tue`, `24` */
  weekday(day: string): string;
  dayNumber(day: string): string;
  /** A local day's month: `Dec`, or `Jan 2027` in another year than that of `today` */
  month(day: string, today: string): string;
  /** The zone's name at an instant: `Central European Standard Time` */
  zone(instant: Date): string;
}

const formats = new Map<string, SlotFormat>();

const zoneName = (format: Intl.DateTimeFormat, instant: Date): string =>
  format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';

/** @param tag a language tag that `Intl` knows. Formatters are costly to make, so they are kept. */
export function slotFormat(tag: string, timeZone: string): SlotFormat {
  const chosen = chosenClock();
  const key = `${tag} ${timeZone} ${chosen}`;
  const kept = formats.get(key);
  if (kept) return kept;
  const hourCycle = chosen ? { hourCycle: chosen === '12' ? ('h12' as const) : ('h23' as const) } : {};
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(tag, { timeZone, ...options });
  // Local days are written as such, whatever the zone.
  const local = (options: Intl.DateTimeFormatOptions): ((day: string) => string) => {
    const made = format({ timeZone: 'UTC', ...options });
    return (day) => made.format(new Date(day));
  };
  const long = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  const day = format(long);
  const hours = { hour: 'numeric', minute: '2-digit', ...hourCycle } as const;
  const time = format(hours);
  const full = format({ weekday: 'short', day: 'numeric', month: 'short', ...hours });
  const offset = format({ timeZoneName: 'shortOffset' });
  const zone = format({ timeZoneName: 'long' });
  const days = format({ day: 'numeric', month: 'short', timeZone: 'UTC' });
  const month = local({ month: 'short' });
  const monthAndYear = local({ month: 'short', year: 'numeric' });
  const weekday = local({ weekday: 'short' });
  // Seven names fit beside one another at 320 px; in Arabic even the short ones are words.
  const hasShortNames = [1, 2, 3, 4, 5, 6, 7].every((date) => weekday(`2026-11-0${date}`).length < 5);
  const offsetAt = (instant: Date): string => zoneName(offset, instant);
  const made: SlotFormat = {
    clock: time.resolvedOptions().hour12 ? '12' : '24',
    date: ({ start }) => day.format(new Date(start)),
    day({ start }) {
      const at = new Date(start);
      const text = day.format(at);
      return offsetAt(at) === offsetAt(new Date()) ? text : `${text} (${offsetAt(at)})`;
    },
    time: (instant) => time.format(instant),
    offset: ({ start }) => offsetAt(new Date(start)),
    full: ({ start, end }) =>
      end ? full.formatRange(new Date(start), new Date(end)) : full.format(new Date(start)),
    days: (first, last) => days.formatRange(new Date(first), new Date(last)),
    localDay: local(long),
    weekday: hasShortNames ? weekday : local({ weekday: 'narrow' }),
    // Not "24日": the digits alone are what a calendar's columns say.
    dayNumber: (text) => numberFormat(tag).format(Number(text.slice(8))),
    month: (text, today) => (text.slice(0, 4) === today.slice(0, 4) ? month : monthAndYear)(text),
    zone: (instant) => zoneName(zone, instant) || timeZone,
  };
  formats.set(key, made);
  return made;
}
