import type { Slot } from '../../../protocol/availability.js';
import { fieldsOf, instantOf, textOf } from '../foreign-values.js';
import type { SlotsSource } from '../provider.js';
import { slotsRequest } from './slots-request.js';

/** What is read of one entry of a day. */
type Fields = keyof Slot | 'away' | 'seatsRemaining';

const startOf = (entry: unknown): string => instantOf(fieldsOf<Fields>(entry).start ?? entry);

/** Days out of office come among the slots, as do slots without a seat left. */
const canBeBooked = (entry: unknown): boolean => {
  const { away, seatsRemaining } = fieldsOf<Fields>(entry);
  return !away && !(typeof seatsRemaining === 'number' && seatsRemaining <= 0);
};

/** Cal.com's public slots API, version 2024-09-04. */
export const slots: SlotsSource = {
  request: slotsRequest,

  read(body) {
    const { data } = fieldsOf<'data'>(body);
    if (typeof data !== 'object' || !data || (Array.isArray(data) && data.length)) return null;
    const days: unknown[] = Object.values(data);
    const entries: unknown[] = days.filter(Array.isArray).flat();
    const found = new Map<number, Slot>();
    for (const entry of entries.filter(canBeBooked)) {
      const start = startOf(entry);
      const end = instantOf(fieldsOf<Fields>(entry).end);
      if (start) found.set(Date.parse(start), { start, ...(end && { end }) });
    }
    // Slots that cannot be read are not the same as no slots; a day without slots may be null.
    const isRead = entries.length
      ? entries.some(startOf)
      : days.every((day) => day === null || Array.isArray(day));
    return isRead ? [...found].sort(([a], [b]) => a - b).map(([, slot]) => slot) : null;
  },

  // A server without this API also answers 404: "Cannot GET /v2/slots".
  isMissing(status, body) {
    const { message } = fieldsOf<'message'>(fieldsOf<'error'>(body).error);
    return status === 404 && /^(Event Type|User|Team)\b.* not found/i.test(textOf(message));
  },
};
