/** Dates and times as texts in English, like the page. */

const LOCALE = navigator.language.startsWith('en') ? navigator.language : 'en-GB';

const formats = new Map<string, Intl.DateTimeFormat>();

const format = (instant: number, zone: string, options: Intl.DateTimeFormatOptions): string => {
  const key = zone + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: zone });
    formats.set(key, made);
  }
  return made.format(instant);
};

export const timeOf = (instant: number, zone: string): string =>
  format(instant, zone, { hour: 'numeric', minute: '2-digit' });

export const longDateOf = (instant: number, zone: string): string =>
  format(instant, zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** A `YYYY-MM-DD` in words. Noon UTC is that day in UTC. */
const noonOf = (day: string): number => Date.parse(`${day}T12:00:00Z`);

export const dayInWords = (day: string): string =>
  format(noonOf(day), 'UTC', { weekday: 'long', day: 'numeric', month: 'long' });

/** The same where there is little room. */
export const dayInFewWords = (day: string): string =>
  format(noonOf(day), 'UTC', { weekday: 'short', day: 'numeric', month: 'long' });

export const shortDay = (day: string): string =>
  format(noonOf(day), 'UTC', { weekday: 'short', day: 'numeric' });

/** `YYYY-MM` in words. */
export const monthInWords = (month: string): string =>
  format(noonOf(`${month}-15`), 'UTC', { month: 'long', year: 'numeric' });

/** Monday first. 2024-01-01 was a Monday. */
export const WEEKDAYS = Array.from({ length: 7 }, (_, index) => {
  const noon = noonOf(`2024-01-0${String(index + 1)}`);
  return {
    short: format(noon, 'UTC', { weekday: 'short' }),
    long: format(noon, 'UTC', { weekday: 'long' }),
  };
});

export const minutesInWords = (minutes: number): string =>
  minutes === 60 ? '1 hour' : `${String(minutes)} minutes`;

export const zoneInWords = (zone: string): string => zone.replaceAll('_', ' ').replaceAll('/', ' / ');
