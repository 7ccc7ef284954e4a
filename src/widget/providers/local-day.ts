import type { Param } from './page-query.js';

/** The day of an instant (ms since 1970) in a zone as `YYYY-MM-DD`. A zone nobody knows counts as UTC. */
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
