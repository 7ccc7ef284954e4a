import type { Slot } from '../../protocol/availability.js';

/** How times are written: the visitor's language and the zone they are shown in. */
export interface SlotFormat {
  /** `Tuesday, 24 November` */
  day(slot: Slot): string;
  /** `10:00` */
  time(instant: Date): string;
  /** `Tue 24 Nov, 10:00 – 10:30` */
  full(slot: Slot): string;
  /** Two local days, `YYYY-MM-DD`: `30 Nov – 6 Dec` */
  days(first: string, last: string): string;
  /** A month's first local day: `December 2026` */
  month(first: string): string;
  /** `Central European Standard Time` */
  readonly zone: string;
}

const formats = new Map<string, SlotFormat>();

/** Unknown languages fall back to the browser's own. Formatters are costly to make, so they are kept. */
export function slotFormat(lang: string, timeZone: string): SlotFormat {
  const key = `${lang} ${timeZone}`;
  const kept = formats.get(key);
  if (kept) return kept;
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
    try {
      return new Intl.DateTimeFormat(lang || undefined, { timeZone, ...options });
    } catch {
      return new Intl.DateTimeFormat(undefined, { timeZone, ...options });
    }
  };
  const day = format({ weekday: 'long', day: 'numeric', month: 'long' });
  const time = format({ hour: 'numeric', minute: '2-digit' });
  const full = format({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  });
  // Local days are written as such, whatever the zone.
  const days = format({ day: 'numeric', month: 'short', timeZone: 'UTC' });
  const month = format({ month: 'long', year: 'numeric', timeZone: 'UTC' });
  const zone = format({ timeZoneName: 'long' })
    .formatToParts()
    .find(({ type }) => type === 'timeZoneName');
  const made: SlotFormat = {
    day: ({ start }) => day.format(new Date(start)),
    time: (instant) => time.format(instant),
    full: ({ start, end }) =>
      end ? full.formatRange(new Date(start), new Date(end)) : full.format(new Date(start)),
    days: (first, last) => days.formatRange(new Date(first), new Date(last)),
    month: (first) => month.format(new Date(first)),
    zone: zone?.value ?? timeZone,
  };
  formats.set(key, made);
  return made;
}
