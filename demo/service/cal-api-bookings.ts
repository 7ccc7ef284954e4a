import { Hono, type Context } from 'hono';
import { randomUUID } from 'node:crypto';
import { book, cancel, move } from './booking-actions.js';
import { bookingFault, lostAnswer } from './booking-faults.js';
import type { Booking, BookingRequest } from './booking.js';
import { calError, calInvalid, calSuccess, complaintsOf } from './cal-answers.js';
import { describeBooking } from './cal-booking-answer.js';
import { bookingSchema, cancelSchema, rescheduleSchema, type BookingBody } from './cal-booking-body.js';
import { EMAIL_CODE, bookingErrorOf, placeOf, responsesOf } from './cal-booking-check.js';
import { BOOKING_ERRORS, bookingError, isBookingErrorName } from './cal-booking-errors.js';
import { findEventType } from './cal-event-type.js';
import type { SlotsAddress } from './cal-slots-query.js';
import { BOOKING_VERSIONS, bookingVersion, version } from './cal-version.js';
import type { EventType } from './event-type.js';
import { configured, type ConfiguredEvent } from './event-settings.js';
import { fieldOf, type Env } from './http.js';
import type { Service } from './service.js';

const WEEK = 7 * 86_400_000;

const addressIn = (body: BookingBody): SlotsAddress | null => {
  const { eventTypeId: id, eventTypeSlug: slug, username, teamSlug, organizationSlug: organization } = body;
  if (id !== undefined) return { by: 'id', id };
  const owner = username ?? teamSlug;
  if (slug === undefined || owner === undefined) return null;
  return { by: username === undefined ? 'team' : 'user', owner, slug, ...(organization && { organization }) };
};

/** The booking core names the event type that it does not find; the slots routes do not. */
const notFound = (message: string, address: SlotsAddress): string =>
  message !== 'Event Type not found'
    ? message
    : address.by === 'id'
      ? `Event type with id ${String(address.id)} not found.`
      : address.by === 'group'
        ? message
        : `Event type with slug ${address.slug} not found.`;

function requestOf(event: ConfiguredEvent, body: BookingBody): BookingRequest {
  const { attendee, guests = [], metadata = {}, lengthInMinutes: duration = event.durations[0] } = body;
  const { seats } = event.settings;
  const { notes = '', ...responses } = responsesOf(body);
  const place = placeOf(event, body);
  const { name, email = '', timeZone, phoneNumber, language } = attendee;
  return {
    event: event.settings.price > 0 ? { ...event, needsConfirmation: true } : event,
    start: Date.parse(body.start),
    duration,
    attendee: { name, email, timeZone, ...(phoneNumber && { phoneNumber }), ...(language && { language }) },
    guests,
    metadata: Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, String(value)])),
    notes: String(notes),
    responses,
    ...(place !== undefined && { location: place }),
    ...(seats !== null && { seats }),
  };
}

/** `/v2/bookings`: creating one needs no key; its uid is the secret for reading, moving and cancelling it. */
export function calBookingRoutes(service: Service): Hono<Env> {
  const { bookings, catalogue } = service;
  const app = new Hono<Env>();
  const known = version(...BOOKING_VERSIONS);

  const find = (uid: string): { booking: Booking; event: EventType } | null => {
    const booking = bookings.get(uid);
    const event = booking && catalogue.byKey(booking.key);
    return booking && event ? { booking, event } : null;
  };
  const missing = (c: Context<Env>): Response =>
    calError(c, 404, `Booking with uid=${c.req.param('uid') ?? ''} was not found in the database`);
  const describe = (c: Context<Env>, booking: Booking, event: EventType): object =>
    describeBooking(booking, event, new URL(c.req.url).origin);

  /** A host that confirms bookings gets a repeated request once: the answer is the booking that exists. */
  const repeated = ({ event, start, attendee }: BookingRequest): Booking | undefined =>
    event.needsConfirmation
      ? bookings.list(
          (each) =>
            each.key === event.key &&
            each.status === 'PENDING' &&
            Date.parse(each.start) === start &&
            each.attendee.email === attendee.email,
        )[0]
      : undefined;

  app.post('/', bookingVersion, async (c) => {
    const knobs = c.get('knobs');
    const stopped = await bookingFault(c, knobs, (name) =>
      isBookingErrorName(name) ? bookingError(c, BOOKING_ERRORS[name]) : null,
    );
    if (stopped) return stopped;
    const read = bookingSchema.safeParse(c.get('body'));
    if (!read.success) return calInvalid(c, complaintsOf(read.error));
    const address = addressIn(read.data);
    if (!address)
      return calInvalid(c, ['either eventTypeId or eventTypeSlug with username or teamSlug must be given']);
    const found = findEventType(service, address);
    if (typeof found === 'string') return calError(c, 404, notFound(found, address));
    const event = configured(found, knobs);
    const wrong = bookingErrorOf(
      event,
      read.data,
      service.nowFor(knobs),
      c.req.header('authorization') !== undefined,
    );
    if (wrong) return bookingError(c, wrong);

    const request = requestOf(event, read.data);
    const old = repeated(request);
    const { occurrences } = event.settings;
    const count = occurrences === null ? 1 : Math.min(read.data.recurrenceCount ?? occurrences, occurrences);
    const series = occurrences === null ? {} : { recurringUid: randomUUID() };
    const made: Booking[] = old ? [old] : [];
    for (let i = 0; !old && i < count; i++) {
      const booking = await book(service, { ...request, ...series, start: request.start + i * WEEK }, knobs);
      if (typeof booking === 'object') made.push(booking);
      else if (i === 0) return bookingError(c, BOOKING_ERRORS[booking]);
    }
    const answers = made.map((booking) => describe(c, booking, event));
    return (await lostAnswer(c, knobs)) ?? calSuccess(c, occurrences === null ? answers[0] : answers, 201);
  });

  app.get('/verification/email/check', known, (c) => calSuccess(c, { required: true }));
  app.post('/verification/email/send-code', known, (c) => calSuccess(c, { sent: true }));
  app.post('/verification/email/verify-code', known, (c) =>
    fieldOf(c.get('body'), 'code') === EMAIL_CODE
      ? calSuccess(c, { verified: true })
      : bookingError(c, BOOKING_ERRORS['verification-code']),
  );

  app.get('/:uid', known, (c) => {
    const found = find(c.req.param('uid'));
    return found ? calSuccess(c, describe(c, found.booking, found.event)) : missing(c);
  });

  app.post('/:uid/reschedule', known, async (c) => {
    const found = find(c.req.param('uid'));
    if (!found) return missing(c);
    const read = rescheduleSchema.safeParse(c.get('body'));
    if (!read.success) return calInvalid(c, complaintsOf(read.error));
    const { booking: old, event } = found;
    if (old.status === 'CANCELLED')
      return calError(c, 400, `Can't reschedule booking with uid=${old.uid} because it is cancelled.`);
    const knobs = c.get('knobs');
    const start = Date.parse(read.data.start);
    if (start < service.nowFor(knobs)) return bookingError(c, BOOKING_ERRORS.past);
    const booking = await move(service, old, { ...old, event: configured(event, knobs), start }, knobs);
    if (typeof booking !== 'object') return bookingError(c, BOOKING_ERRORS[booking]);
    return (await lostAnswer(c, knobs)) ?? calSuccess(c, describe(c, booking, event), 201);
  });

  app.post('/:uid/cancel', known, async (c) => {
    const found = find(c.req.param('uid'));
    if (!found) return missing(c);
    const read = cancelSchema.safeParse(c.get('body') ?? {});
    if (!read.success) return calInvalid(c, complaintsOf(read.error));
    const { booking: old, event } = found;
    if (old.status === 'CANCELLED')
      return calError(c, 400, `Can't cancel booking with uid=${old.uid} because it is cancelled already.`);
    const cancelled = await cancel(service, old, read.data.cancellationReason ?? '');
    return (await lostAnswer(c, c.get('knobs'))) ?? calSuccess(c, describe(c, cancelled, event));
  });
  return app;
}
