import type { Context } from '../feature.js';
import { forgetAll, type Booked } from '../availability/forget.js';
import type { Booking } from './booking.js';
import type { Change } from './bookings.js';
import { standingOf } from './merge.js';

const bookedTimes = ({ provider, eventType, slug, span }: Booking, now: number, freed: boolean): Booked[] =>
  span && span.end > now && (eventType || slug)
    ? [{ provider, eventType, slug, start: span.start, end: span.end, freed }]
    : [];

/** Whether others can have the time of a booking. */
const isOver = (booking: Booking): boolean => /^(cancelled|rejected)$/.test(standingOf(booking).state);

/**
 * Takes the times of changed bookings off every widget: where they are now, and where they were before. Of times that
 * are over nobody is told.
 */
export async function tellTimes(
  context: Pick<Context, 'store' | 'bus' | 'now'>,
  changes: readonly Change[],
): Promise<void> {
  const now = context.now();
  const times = new Map<string, Booked>();
  for (const { before, after } of changes)
    // Where it was is free, unless it still is there.
    for (const booked of [
      ...(before ? bookedTimes(before, now, true) : []),
      ...bookedTimes(after, now, isOver(after)),
    ])
      times.set([booked.provider, booked.eventType, booked.slug, booked.start, booked.end].join(' '), booked);
  await forgetAll(context, [...times.values()]);
}
