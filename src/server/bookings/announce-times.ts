import type { Context } from '../feature.js';
import { forgetAll, type Booked, type OpenSlot } from '../availability/forget.js';
import type { Booking } from './booking.js';
import type { Change } from './bookings.js';
import { statusOf } from './merge.js';

/** The time of a booking, where it is not over yet and an event type is named. */
const timeOf = (booking: Booking, now: number, freed: boolean): Booked[] => {
  const { provider, eventType, slug, hosts, organization, team, isShared, span } = booking;
  return span && span.end > now && (eventType || slug || hosts.length > 0)
    ? [
        {
          ...{ provider, eventType, slug, hosts, organization, team, isShared },
          start: span.start,
          end: span.end,
          freed,
        },
      ]
    : [];
};

const isSameSpan = ({ span: a }: Booking, { span: b }: Booking): boolean =>
  a?.start === b?.start && a?.end === b?.end;

/** Whether the slot of a booking can be booked by others. */
const isOver = (booking: Booking): boolean => /^(cancelled|rejected)$/.test(statusOf(booking).state);

const keyOf = ({ provider, eventType, slug, hosts, start, end }: Booked): string =>
  [provider, eventType, slug, hosts?.join(), start, end].join(' ');

/**
 * Announces the times of changed bookings to every instance: where they are now, and where they were before. Times that are
 * over concern no page. Gives the slots of which only the upstream knows whether they are left.
 */
export async function announceTimes(
  context: Pick<Context, 'store' | 'bus' | 'now'>,
  changes: readonly Change[],
  more: readonly Booked[] = [],
): Promise<OpenSlot[]> {
  const now = context.now();
  const times = new Map<string, { readonly id: string; readonly booked: Booked }>();
  const add = (id: string, booked: Booked): void => {
    const known = times.get(keyOf(booked));
    // A slot that one booking leaves and another takes is taken.
    if (booked.freed && known && known.id !== id && !known.booked.freed) return;
    times.set(keyOf(booked), { id, booked });
  };
  for (const { before, after } of changes) {
    if (before && !isSameSpan(before, after))
      for (const booked of timeOf(before, now, true)) add(before.id, booked);
    for (const booked of timeOf(after, now, isOver(after))) add(after.id, booked);
  }
  for (const booked of more) if (booked.end > now) add('', booked);
  return forgetAll(
    context,
    [...times.values()].map(({ booked }) => booked),
  );
}
