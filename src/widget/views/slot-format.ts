import type { Slot } from '../../protocol/availability.js';

/** How slots are written: the visitor's language, and the zone they are shown in. */
export interface SlotFormat {
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
  /** A month's first local day: `December 2026` */
  month(first: string): string;
  /** The zone's name at an instant: `Central European Standard Time` */
  zone(instant: Date): string;
}

const formats = new Map<string, SlotFormat>();

const zoneName = (format: Intl.DateTimeFormat, instant: Date): string =>
  format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';

/** @param tag a language tag that `Intl` knows. Formatters are costly to make, so they are kept. */
export function slotFormat(tag: string, timeZone: string): SlotFormat {
  const key = `${tag} ${timeZone}`;
  const kept = formats.get(key);
  if (kept) return kept;
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(tag, { timeZone, ...options });
  const day = format({ weekday: 'long', day: 'numeric', month: 'long' });
  const time = format({ hour: 'numeric', minute: '2-digit' });
  const full = format({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  });
  const offset = format({ timeZoneName: 'shortOffset' });
  const zone = format({ timeZoneName: 'long' });
  // Local days are written as such, whatever the zone.
  const days = format({ day: 'numeric', month: 'short', timeZone: 'UTC' });
  const month = format({ month: 'long', year: 'numeric', timeZone: 'UTC' });
  const offsetAt = (instant: Date): string => zoneName(offset, instant);
  const made: SlotFormat = {
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
    month: (first) => month.format(new Date(first)),
    zone: (instant) => zoneName(zone, instant) || timeZone,
  };
  formats.set(key, made);
  return made;
}
