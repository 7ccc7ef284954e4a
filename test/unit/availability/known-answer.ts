import { iso, type KnownSlots } from '../../../src/widget/availability/known-slots.js';
import { DAY, HOUR, MINUTE } from './times.js';

/** Now, where a test has no clock. */
export const NOW = Date.parse('2026-11-21T10:00:00Z');

/** An answer about some days from `NOW` on, with a time at every given hour after `NOW`. */
export const answer = (
  [from, to]: readonly [fromDay: number, toDay: number],
  { age = 0, fresh = 5 * MINUTE, hours = [] as readonly number[] } = {},
): KnownSlots => ({
  from: NOW + from * DAY,
  to: NOW + to * DAY,
  at: NOW - age,
  until: NOW - age + fresh,
  slots: hours.map((hour) => ({ start: iso(NOW + hour * HOUR) })),
});
