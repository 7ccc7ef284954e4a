import type { Context } from '../area.js';
import { forgetAll, type Booked } from '../availability/forget.js';
import type { Booking } from './booking.js';
import type { Change } from './bookings.js';

const bookedTimes = ({ provider, eventType, slug, span }: Booking, now: number): Booked[] =>
  span && span.end > now && (eventType || slug)
    ? [{ provider, eventType, slug, start: span.start, end: span.end }]
    : [];

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
    for (const booked of [...bookedTimes(after, now), ...(before ? bookedTimes(before, now) : [])])
      times.set([booked.provider, booked.eventType, booked.slug, booked.start, booked.end].join(' '), booked);
  await forgetAll(context, [...times.values()]);
}
