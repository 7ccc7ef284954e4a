import { Hono } from 'hono';
import * as z from 'zod';
import type { Booking } from './bookings.js';
import { calError, calInvalid, calSuccess } from './cal-answers.js';
import { complaintsOf } from './cal-api-reservations.js';
import { findEventType } from './cal-event-type.js';
import type { SlotsAddress } from './cal-slots-query.js';
import { version } from './cal-version.js';
import type { EventType } from './catalogue.js';
import { book, cancel, move } from './booking-actions.js';
import type { Env } from './http.js';
import { isZone } from './page/zone-time.js';
import type { Service } from './service.js';

const instant = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a valid ISO 8601 date string');

const bookingSchema = z.object({
  start: instant,
  lengthInMinutes: z.int().min(1).optional(),
  attendee: z.object({
    name: z.string().min(1),
    email: z.email(),
    timeZone: z.string().refine(isZone, 'must be a valid IANA time-zone'),
    phoneNumber: z.string().optional(),
    language: z.string().optional(),
  }),
  eventTypeId: z.int().optional(),
  eventTypeSlug: z.string().optional(),
  username: z.string().optional(),
  teamSlug: z.string().optional(),
  organizationSlug: z.string().optional(),
  bookingFieldsResponses: z.record(z.string(), z.unknown()).optional(),
  guests: z.array(z.email()).optional(),
  metadata: z.record(z.string(), z.string()).optional(),
});

const rescheduleSchema = z.object({ start: instant, reschedulingReason: z.string().optional() });
const cancelSchema = z.object({ cancellationReason: z.string().optional() });

const addressIn = (body: z.infer<typeof bookingSchema>): SlotsAddress | null => {
  const { eventTypeId: id, eventTypeSlug: slug, username, teamSlug, organizationSlug: organization } = body;
  if (id !== undefined) return { by: 'id', id };
  const owner = username ?? teamSlug;
  if (slug === undefined || owner === undefined) return null;
  return { by: username === undefined ? 'team' : 'user', owner, slug, ...(organization && { organization }) };
};

const written = (booking: Booking, event: EventType): object => ({
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
  location: 'integrations:daily',
  absentHost: false,
  createdAt: booking.createdAt,
  metadata: booking.metadata,
  attendees: [{ ...booking.attendee, language: 'en', absent: false }],
  guests: booking.guests,
  bookingFieldsResponses: {
    name: booking.attendee.name,
    email: booking.attendee.email,
    notes: booking.notes,
  },
  ...(booking.rescheduledFromUid && { rescheduledFromUid: booking.rescheduledFromUid }),
  ...(booking.rescheduledToUid && { rescheduledToUid: booking.rescheduledToUid }),
  ...(booking.cancellationReason && { cancellationReason: booking.cancellationReason }),
});

const TAKEN = 'User either already has booking at this time or is not available';

/** `/v2/bookings`: making one needs no key, and whoever knows its uid may move and cancel it. */
export function calBookingRoutes(service: Service): Hono<Env> {
  const { bookings, catalogue } = service;
  const app = new Hono<Env>();
  app.use('*', version('2024-08-13', '2026-02-25'));

  const known = (uid: string): { booking: Booking; event: EventType } | null => {
    const booking = bookings.get(uid);
    const event = booking && catalogue.byKey(booking.key);
    return booking && event ? { booking, event } : null;
  };

  app.post('/', async (c) => {
    const asked = bookingSchema.safeParse(c.get('body'));
    if (!asked.success) return calInvalid(c, complaintsOf(asked.error));
    const address = addressIn(asked.data);
    if (!address)
      return calInvalid(c, ['either eventTypeId or eventTypeSlug with username or teamSlug must be given']);
    const event = findEventType(service, address);
    if (typeof event === 'string') return calError(c, 404, event);
    const {
      start,
      lengthInMinutes: duration = event.durations[0],
      attendee,
      guests = [],
      metadata = {},
    } = asked.data;
    const notes = asked.data.bookingFieldsResponses?.['notes'];
    const booking = await book(
      service,
      {
        event,
        start: Date.parse(start),
        duration,
        attendee: { name: attendee.name, email: attendee.email, timeZone: attendee.timeZone },
        guests,
        metadata,
        ...(typeof notes === 'string' && { notes }),
      },
      c.get('knobs'),
    );
    return booking === 'taken' ? calError(c, 400, TAKEN) : calSuccess(c, written(booking, event), 201);
  });

  app.get('/:uid', (c) => {
    const found = known(c.req.param('uid'));
    if (!found)
      return calError(c, 404, `Booking with uid=${c.req.param('uid')} was not found in the database`);
    return calSuccess(c, written(found.booking, found.event));
  });

  app.post('/:uid/reschedule', async (c) => {
    const found = known(c.req.param('uid'));
    if (!found)
      return calError(c, 404, `Booking with uid=${c.req.param('uid')} was not found in the database`);
    const asked = rescheduleSchema.safeParse(c.get('body'));
    if (!asked.success) return calInvalid(c, complaintsOf(asked.error));
    const { booking: old, event } = found;
    if (old.status === 'CANCELLED')
      return calError(c, 400, `Can't reschedule booking with uid=${old.uid}: it is cancelled`);
    const { duration, attendee, notes, guests, metadata } = old;
    const request = {
      event,
      start: Date.parse(asked.data.start),
      duration,
      attendee,
      notes,
      guests,
      metadata,
    };
    const booking = await move(service, old, request, c.get('knobs'));
    return booking === 'taken' ? calError(c, 400, TAKEN) : calSuccess(c, written(booking, event), 201);
  });

  app.post('/:uid/cancel', async (c) => {
    const found = known(c.req.param('uid'));
    if (!found)
      return calError(c, 404, `Booking with uid=${c.req.param('uid')} was not found in the database`);
    const asked = cancelSchema.safeParse(c.get('body') ?? {});
    if (!asked.success) return calInvalid(c, complaintsOf(asked.error));
    const { booking: old, event } = found;
    if (old.status === 'CANCELLED')
      return calError(c, 400, `Can't cancel booking with uid=${old.uid}: it is cancelled already`);
    return calSuccess(c, written(await cancel(service, old, asked.data.cancellationReason ?? ''), event));
  });
  return app;
}
