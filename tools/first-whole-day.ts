import { Catalogue } from '../demo/service/catalogue.js';
import { addDays, dayAt, startOfDay } from '../demo/service/page/zone-time.js';
import { freeSlots } from '../demo/service/slots.js';

const ZONE = 'Europe/Berlin';
const EVENT_TYPE = 'acme/30min';
/** Before the first working hour of that day, and the same day and month from America to Asia. */
const MORNING_MS = 8 * 3_600_000;
/** Slots of a day, and days of a month, that a test finds at least. */
const SLOTS = 6;
const DAYS = 3;

/**
 * The morning from which the scheduling service offers slots to tests, in milliseconds since 1970: of the first day
 * after today that has several slots and, in the same month, is followed by more such days. What a test sees does not
 * depend on how much is left of today, of the week or of the month.
 */
export function firstWholeDay(now = Date.now()): number {
  const event = new Catalogue().byKey(EVENT_TYPE);
  if (!event) throw new Error(`the catalogue has no ${EVENT_TYPE}`);
  const isFull = (day: string): boolean => {
    const from = startOfDay(day, ZONE);
    const to = startOfDay(addDays(day, 1), ZONE) - 1;
    return freeSlots({ event, from, to, duration: 30, now, taken: [] }).length >= SLOTS;
  };
  let day = addDays(dayAt(now, ZONE), 1);
  const fullDaysOfMonth = (): number => {
    let count = 0;
    for (let next = day; next.slice(0, 7) === day.slice(0, 7); next = addDays(next, 1)) {
      if (isFull(next)) count += 1;
    }
    return count;
  };
  while (!isFull(day) || fullDaysOfMonth() < DAYS) day = addDays(day, 1);
  return startOfDay(day, ZONE) + MORNING_MS;
}
