import { calendarDownload } from './booking/calendar-download.js';
import { googleUrl, outlookUrl, type CalendarEntry } from './booking/calendar-entry.js';

/*
 * What "Add to calendar" needs, in one lazily loaded file: it comes while the visitor fills in the form.
 */

/** Addresses that put a booking into the visitor's own calendar. */
export interface CalendarLinks {
  /** Of a calendar file. */
  readonly file: string;
  readonly google: string;
  readonly outlook: string;
}

/** The links of one booking at a time; with `drop` its file is given up. */
export function calendarLinks() {
  const download = calendarDownload();
  return {
    of: (entry: CalendarEntry): CalendarLinks => ({
      file: download.urlOf(entry),
      google: googleUrl(entry),
      outlook: outlookUrl(entry),
    }),
    drop: download.drop,
  };
}
