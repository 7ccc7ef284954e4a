import type { Availability, Slot } from '../../protocol/availability.js';
import { LONGEST_AGE, type Stretch } from '../../scheduling/freshness.js';
import type { KnownSlots } from './known-slots.js';

/** Fields of anything; a value that is no object has none. */
export const fieldsOf = (value: unknown) => Object(value) as Readonly<Record<string, unknown>>;

const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 40 && !isNaN(Date.parse(value));

/** Maps a list whose every member can be read; null for any other. */
function readAll<T>(list: unknown, read: (value: unknown) => T | null): T[] | null {
  if (!Array.isArray(list)) return null;
  const all = list.map(read);
  return all.includes(null) ? null : (all as T[]);
}

const readSlots = (list: unknown): Slot[] | null =>
  readAll(list, (value) => {
    const { start, end, url } = fieldsOf(value);
    return isInstant(start) &&
      (end === undefined || isInstant(end)) &&
      (url === undefined || (typeof url === 'string' && url.length <= 2048))
      ? { start, ...(end && { end }), ...(url !== undefined && { url }) }
      : null;
  });

/** Reads a companion's response: accepts exactly what `availabilitySchema` accepts, without its weight. Never throws. */
export function readAvailability(body: unknown): Availability | null {
  const { v, from, to, fetchedAt, slots: list } = fieldsOf(body);
  const slots = readSlots(list);
  return v === 1 &&
    isInstant(from) &&
    isInstant(to) &&
    typeof fetchedAt === 'number' &&
    fetchedAt >= 0 &&
    fetchedAt < Infinity &&
    slots
    ? { v, from, to, fetchedAt, slots }
    : null;
}

/** Reads what another tab, or this browser some time ago, knew of an event type; null for anything else. Never throws. */
export const readKnownSlots = (list: unknown): KnownSlots[] | null =>
  readAll(list, (value) => {
    const { from, to, at, until, slots: list } = fieldsOf(value);
    const slots = readSlots(list);
    const stretch = { from, to, at, until } as Stretch;
    return Object.values(stretch).every(Number.isFinite) && slots
      ? { ...stretch, until: Math.min(stretch.until, stretch.at + LONGEST_AGE), slots }
      : null;
  });
