import { MINUTE_MS } from '../durations.js';

/** An appointment for the visitor's own calendar. */
export interface CalendarEntry {
  readonly title: string;
  /** ISO 8601 instants; an empty `end` means `minutes` after the start. */
  readonly start: string;
  readonly end: string;
  readonly minutes: number;
  /** Text or URL; may be empty. */
  readonly location: string;
}

/** Start and end, ISO 8601 in UTC. */
function instants({ start, end, minutes }: CalendarEntry): readonly [string, string] {
  const from = Date.parse(start);
  const to = Date.parse(end) || from + minutes * MINUTE_MS;
  return [new Date(from).toISOString(), new Date(to).toISOString()];
}

/** An instant as `20261201T090000Z`. */
const compact = (instant: string): string => instant.replace(/[-:]|\.\d{3}/g, '');

/** Lines of at most 75 octets, as RFC 5545 section 3.1 asks; characters are not split. */
function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (octets + size > 74) {
      parts.push(part);
      part = '';
      octets = 0;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n ');
}

const escaped = (text: string): string =>
  text.replace(/[\\;,]/g, (character) => `\\${character}`).replace(/\r?\n/g, '\\n');

/**
 * A calendar file (RFC 5545) with one entry.
 *
 * @param now milliseconds since 1970
 * @param uid unique among all entries; the booking's own id is a secret and must not be it
 */
export function calendarFile(entry: CalendarEntry, now: number, uid: string): string {
  const [from, to] = instants(entry);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//booking-widget//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${compact(new Date(now).toISOString())}`,
    `DTSTART:${compact(from)}`,
    `DTEND:${compact(to)}`,
    `SUMMARY:${escaped(entry.title)}`,
    ...(entry.location ? [`LOCATION:${escaped(entry.location)}`] : []),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
    .map(fold)
    .join('\r\n');
}

/** Opens Google Calendar with the entry filled in. */
export function googleUrl(entry: CalendarEntry): string {
  const query = new URLSearchParams({
    action: 'TEMPLATE',
    text: entry.title,
    dates: instants(entry).map(compact).join('/'),
    location: entry.location,
  });
  return `https://calendar.google.com/calendar/render?${query}`;
}

/** Opens Outlook on the web with the entry filled in. */
export function outlookUrl(entry: CalendarEntry): string {
  const [startdt, enddt] = instants(entry);
  const query = new URLSearchParams({
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: entry.title,
    startdt,
    enddt,
    location: entry.location,
  });
  return `https://outlook.live.com/calendar/0/deeplink/compose?${query}`;
}
