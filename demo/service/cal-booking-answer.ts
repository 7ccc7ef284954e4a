import type { Booking } from './booking.js';
import type { EventType } from './event-type.js';

/** A booking as every version of `/v2/bookings` describes it. */
export const describeBooking = (booking: Booking, event: EventType, origin: string): object => ({
  id: booking.id,
  uid: booking.uid,
  title: booking.title,
  description: booking.notes,
  hosts: event.hosts.map(({ slug, name, email, zone }) => ({
    id: 1,
    name,
    email,
    username: slug,
    timeZone: zone,
  })),
  status: booking.status.toLowerCase(),
  start: booking.start,
  end: booking.end,
  duration: booking.duration,
  eventTypeId: event.id,
  eventType: { id: event.id, slug: event.slug },
  location: booking.location ?? `${origin}/video/${booking.uid}`,
  absentHost: false,
  createdAt: booking.createdAt,
  metadata: booking.metadata,
  attendees: [{ language: 'en', ...booking.attendee, absent: false }],
  guests: booking.guests,
  bookingFieldsResponses: {
    name: booking.attendee.name,
    email: booking.attendee.email,
    ...(booking.notes && { notes: booking.notes }),
    ...booking.responses,
  },
  ...(booking.seatUid && { seatUid: booking.seatUid }),
  ...(booking.recurringUid && { recurringBookingUid: booking.recurringUid }),
  ...(booking.rescheduledFromUid && { rescheduledFromUid: booking.rescheduledFromUid }),
  ...(booking.rescheduledToUid && { rescheduledToUid: booking.rescheduledToUid }),
  ...(booking.cancellationReason && { cancellationReason: booking.cancellationReason }),
});
