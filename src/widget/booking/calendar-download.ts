import { calendarFile, type CalendarEntry } from './calendar-entry.js';

/** The address of the calendar file of one booking at a time; it is dropped with the booking. */
export function calendarDownload() {
  let url = '';
  return {
    urlOf(entry: CalendarEntry): string {
      const uid = `${Date.now()}-${Math.random()}@booking-widget`;
      return (url ||= URL.createObjectURL(
        new Blob([calendarFile(entry, Date.now(), uid)], { type: 'text/calendar' }),
      ));
    },
    drop(): void {
      URL.revokeObjectURL(url);
      url = '';
    },
  };
}
