import type { EventDetails } from './event-details.js';
import { fieldsOf, listOf, plainText } from './foreign.js';

const minutesIn = (value: unknown): number[] =>
  typeof value === 'number' && value > 0 && Number.isFinite(value) ? [value] : [];

/**
 * Reads a companion's event details (`src/protocol/event-details.ts`): enough to be shown. What they
 * say of a booking is read with the form. Null for everything else. Never throws.
 */
export function readCompanionDetails(body: unknown): EventDetails | null {
  const { v, title, minutes, lengths, host, booking: offer } = fieldsOf(body);
  if (v !== 1) return null;
  const { name, image } = fieldsOf(host);
  return {
    id: 0,
    slug: '',
    title: plainText(title),
    description: '',
    lengths: [...minutesIn(minutes), ...(listOf(lengths) ?? []).flatMap(minutesIn)].filter(
      (each, index, all) => all.indexOf(each) === index,
    ),
    host: { name: plainText(name), avatar: plainText(image, 2000) },
    places: null,
    form: null,
    unsupported: [],
    offer,
    flags: {
      paid: null,
      recurring: null,
      seats: null,
      instant: null,
      login: null,
      emailVerification: null,
    },
    confirms: false,
    lockedZone: false,
    redirect: '',
    cancellable: false,
    reschedulable: false,
  };
}
