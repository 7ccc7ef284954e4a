import type { Param } from './page-query.js';

/** The day of an instant (ms since 1970) in a zone as `YYYY-MM-DD`. An unknown zone counts as UTC. */
function localDay(instant: number, timeZone: string): string {
  const date = new Date(instant);
  try {
    // Swedish dates are written as in ISO 8601.
    return date.toLocaleDateString('sv', { timeZone });
  } catch {
    return date.toISOString().slice(0, 10);
  }
}

/** Day and month of an instant where the visitor is, in the words that Cal.com and Calendly share. */
export function dayParams(instant: number, timeZone: string): Param[] {
  const day = localDay(instant, timeZone);
  return [
    ['date', day],
    ['month', day.slice(0, 7)],
  ];
}

/**
 * The day that an address opens at: Cal.com and Calendly both read `date=YYYY-MM-DD`, and `month=YYYY-MM` where there is
 * no date. Null for neither, and for days that do not exist.
 */
export function openingDay({ searchParams }: URL): string | null {
  const day = searchParams.get('date') ?? `${searchParams.get('month') ?? ''}-01`;
  const date = new Date(`${day}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(day) && !isNaN(date.getTime()) && date.toISOString().startsWith(day)
    ? day
    : null;
}
