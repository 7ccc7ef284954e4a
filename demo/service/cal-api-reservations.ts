import { Hono, type Context } from 'hono';
import * as z from 'zod';
import { calError, calInvalid, calSuccess, complaintsOf } from './cal-answers.js';
import { version } from './cal-version.js';
import type { EventType } from './event-type.js';
import type { Env } from './http.js';
import type { Reservation } from './reservations.js';
import { hostsOf, type Service } from './service.js';

const instant = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a valid ISO 8601 date string');

const reservationSchema = z.strictObject({
  eventTypeId: z.int(),
  slotStart: instant,
  slotDuration: z.int().min(1).optional(),
  reservationDuration: z.int().min(1).optional(),
});

const written = ({ uid, event, start, end, until, minutes }: Reservation): object => ({
  eventTypeId: event.id,
  slotStart: new Date(start).toISOString(),
  slotEnd: new Date(end).toISOString(),
  slotDuration: (end - start) / 60_000,
  reservationUid: uid,
  reservationDuration: minutes,
  reservationUntil: new Date(until).toISOString(),
});

/** `/v2/slots/reservations`: a client that knows the uid may read, move and release the reservation. */
export function calReservationRoutes(service: Service): Hono<Env> {
  const { reservations, bookings, catalogue } = service;
  const app = new Hono<Env>();
  app.use('*', version('2024-09-04'));

  /** Holds a time, under the old uid where there is one. */
  const hold = (c: Context<Env>, old: Reservation | null): Response => {
    const asked = reservationSchema.safeParse(c.get('body'));
    if (!asked.success) return calInvalid(c, complaintsOf(asked.error));
    const { eventTypeId, slotStart, slotDuration, reservationDuration } = asked.data;
    if (reservationDuration !== undefined) {
      return calError(c, 401, 'reservationDuration can only be used for authenticated requests');
    }
    const event: EventType | null = catalogue.byId(eventTypeId);
    if (!event) return calError(c, 404, `Event Type with ID=${String(eventTypeId)} not found`);
    const duration = slotDuration ?? event.durations[0];
    const from = Date.parse(slotStart);
    const span = { from, to: from + duration * 60_000 };
    const now = service.clock();
    const held = reservations.taken(event, now, old?.uid);
    const clash = held.some((other) => other.from < span.to && span.from < other.to);
    if (clash || !bookings.isFree(hostsOf(event), span)) {
      return calError(c, 422, `Can't reserve a slot if the event is already booked or the slot is reserved`);
    }
    const reservation = reservations.hold(event, from, duration, now, 5, old?.uid);
    return calSuccess(c, written(reservation), old ? 200 : 201);
  };

  app.post('/', (c) => hold(c, null));
  app.get('/:uid', (c) => {
    const found = reservations.get(c.req.param('uid'), service.clock());
    return calSuccess(c, found && written(found));
  });
  app.patch('/:uid', (c) => {
    const old = reservations.get(c.req.param('uid'), service.clock());
    return old ? hold(c, old) : calError(c, 404, `Reservation with uid=${c.req.param('uid')} not found`);
  });
  app.delete('/:uid', (c) => {
    const gone = reservations.release(c.req.param('uid'));
    return gone
      ? c.json({ status: 'success' })
      : calError(c, 404, `Reservation with uid=${c.req.param('uid')} not found`);
  });
  return app;
}
