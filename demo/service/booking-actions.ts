import type { Booking, BookingRequest } from './booking.js';
import type { Knobs } from './knobs.js';
import type { Service } from './service.js';

/** Why a booking was not made: the slot is taken, or all its seats are. */
export type Refusal = 'taken' | 'full';

/** Books the slot if it is bookable, and sends the webhooks. */
export async function book(
  service: Service,
  request: BookingRequest,
  knobs: Knobs,
): Promise<Booking | Refusal> {
  const { event, start, duration, seats } = request;
  const isFull = (): boolean =>
    seats !== undefined && service.bookings.seatsTaken(event.key, new Date(start).toISOString()) >= seats;
  if (isFull()) return 'full';
  if (!service.isBookable(event, start, duration, knobs)) return 'taken';
  const booking = await service.bookings.create(request);
  if (!booking) return isFull() ? 'full' : 'taken';
  const trigger = booking.status === 'PENDING' ? 'BOOKING_REQUESTED' : 'BOOKING_CREATED';
  service.webhooks.announce({ trigger, event, booking });
  return booking;
}

/** Moves a booking to another slot. */
export async function move(
  service: Service,
  old: Booking,
  request: BookingRequest,
  knobs: Knobs,
): Promise<Booking | Refusal> {
  const { event, start, duration } = request;
  if (!service.isBookable(event, start, duration, knobs, old.uid)) return 'taken';
  const booking = await service.bookings.move(old, request);
  if (!booking) return 'taken';
  service.webhooks.announce({ trigger: 'BOOKING_RESCHEDULED', event, booking, old });
  return booking;
}

/** Cancels; a second time changes nothing. */
export async function cancel(service: Service, old: Booking, reason: string): Promise<Booking> {
  if (old.status === 'CANCELLED') return old;
  const booking = await service.bookings.cancel(old, reason);
  const event = service.catalogue.byKey(booking.key);
  if (event) service.webhooks.announce({ trigger: 'BOOKING_CANCELLED', event, booking });
  return booking;
}
