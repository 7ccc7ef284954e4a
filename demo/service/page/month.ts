import { addDays, startOfDay, weekdayOf } from './zone-time.js';

/** `YYYY-MM` arithmetic. */

export const monthOf = (day: string): string => day.slice(0, 7);

export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

export const addMonths = (month: string, count: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
};

export const daysOf = (month: string): string[] => {
  const days: string[] = [];
  for (let day = `${month}-01`; monthOf(day) === month; day = addDays(day, 1)) days.push(day);
  return days;
};

/** Monday is 0. */
export const columnOf = (day: string): number => (weekdayOf(day) + 6) % 7;

export const weekOf = (day: string): string[] => {
  const monday = addDays(day, -columnOf(day));
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index));
};

/** First instant of a month, and the last before the next. */
export const boundsOf = (month: string, zone: string): { from: number; to: number } => ({
  from: startOfDay(`${month}-01`, zone),
  to: startOfDay(`${addMonths(month, 1)}-01`, zone) - 1,
});
