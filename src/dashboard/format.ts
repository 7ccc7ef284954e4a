/** Writes figures in one language and one time zone. */
export interface Format {
  readonly zone: string;
  count(value: number): string;
  /** A share from 0 to 1, with one digit after the point below 10 %; a dash for null. */
  percent(share: number | null): string;
  /** With one digit after the point at most. */
  decimal(value: number): string;
  /** Milliseconds as milliseconds or seconds; a dash for nothing. */
  duration(ms: number | undefined): string;
  /**
   * The starts of the steps of a chart, short enough for an axis. Steps of some hours: the day where it begins, else
   * nothing. `step` in milliseconds.
   */
  ticks(starts: readonly string[], step: number): string[];
  /** The whole step, from when to when. */
  step(iso: string, step: number): string;
  /** The time of day. */
  clock(at: string | number): string;
  /** How long before `now` something was, in milliseconds since 1970. */
  ago(at: number, now: number): string;
  /** The zone and its distance from UTC. */
  zoneName(at: number): string;
}

const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const NONE = '–';

/** @param locales as in `navigator.languages`; the clock of 12 or 24 hours is the language's own */
export function createFormat(locales: readonly string[], zone: string): Format {
  const languages = [...locales];
  const numbers = (options: Intl.NumberFormatOptions): Intl.NumberFormat =>
    new Intl.NumberFormat(languages, options);
  const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(languages, { timeZone: zone, ...options });

  const whole = numbers({ maximumFractionDigits: 0 });
  const share = numbers({ style: 'percent', maximumFractionDigits: 0 });
  const smallShare = numbers({ style: 'percent', maximumFractionDigits: 1 });
  const decimal = numbers({ maximumFractionDigits: 1 });
  const time = dates({ timeStyle: 'short' });
  const day = dates({ day: 'numeric', month: 'short' });
  const weekday = dates({ weekday: 'short' });
  const wholeDay = dates({ weekday: 'short', day: 'numeric', month: 'short' });
  const offset = dates({ timeZoneName: 'shortOffset' });

  return {
    zone,
    count: (value) => whole.format(value),
    decimal: (value) => decimal.format(value),
    percent: (value) => {
      if (value === null) return NONE;
      return (value < 0.0995 ? smallShare : share).format(value);
    },
    duration(ms) {
      if (ms === undefined) return NONE;
      return ms < 1000 ? `${whole.format(ms)}\u00a0ms` : `${decimal.format(ms / 1000)}\u00a0s`;
    },
    ticks(starts, step) {
      if (step <= HOUR) return starts.map((start) => time.format(new Date(start)));
      const days = starts.map((start) => (step < DAY ? weekday : day).format(new Date(start)));
      // The first day may have only its evening, where its name would run into the next one.
      const isShort = step < DAY && days[2] !== days[0];
      return days.map((name, i) => (name === days[i - 1] || (i === 0 && isShort) ? '' : name));
    },
    step(iso, step) {
      const [at, end] = [Date.parse(iso), Date.parse(iso) + step];
      if (step === DAY) return wholeDay.format(at);
      if (step > DAY) return `${wholeDay.format(at)} – ${wholeDay.format(end - 1)}`;
      return `${wholeDay.format(at)}, ${time.format(at)} – ${time.format(end)}`;
    },
    clock: (at) => time.format(new Date(at)),
    ago(at, now) {
      const minutes = Math.round((now - at) / 60_000);
      if (minutes < 1) return 'just now';
      if (minutes < 60) return `${whole.format(minutes)} min ago`;
      if (minutes < 2880) return `${whole.format(minutes / 60)} h ago`;
      return `${whole.format(minutes / 1440)} days ago`;
    },
    zoneName(at) {
      const parts = offset.formatToParts(at);
      const distance = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
      return zone === distance || zone === 'UTC' ? 'UTC' : `${zone.replaceAll('_', ' ')} (${distance})`;
    },
  };
}
