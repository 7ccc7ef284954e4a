import { createHmac } from 'node:crypto';

export const CAL_SECRET = 'cal-secret-of-this-test';
export const CALENDLY_SECRET = 'calendly-key-of-this-test';

export const SECRETS = { cal: CAL_SECRET, calendly: CALENDLY_SECRET };

const hmac = (secret: string, body: string | Uint8Array): string =>
  createHmac('sha256', secret).update(body).digest('hex');

const ORIGIN = 'http://companion.test';

/** A body as Cal.com would sign it. */
export const signedByCal = (body: string | Uint8Array, secret = CAL_SECRET, origin = ORIGIN): Request =>
  new Request(`${origin}/v1/webhooks/cal`, {
    method: 'POST',
    body: body as BodyInit,
    headers: { 'content-type': 'application/json', 'x-cal-signature-256': hmac(secret, body) },
  });

/** A body as Calendly would sign it at a moment, in milliseconds since 1970. */
export function signedByCalendly(body: string, at: number, secret = CALENDLY_SECRET): Request {
  const seconds = String(Math.floor(at / 1000));
  const signature = `t=${seconds},v1=${hmac(secret, `${seconds}.${body}`)}`;
  return new Request(`${ORIGIN}/v1/webhooks/calendly`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'calendly-webhook-signature': signature },
  });
}

const HOUR = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();

/** What Cal.com says of a booking; people in it that nobody should find again. */
export const calBody = (
  triggerEvent: string,
  uid: string,
  start: number,
  more: Readonly<Record<string, unknown>> = {},
  createdAt = start - 24 * HOUR,
): string =>
  JSON.stringify({
    triggerEvent,
    createdAt: iso(createdAt),
    payload: {
      uid,
      bookingId: 7,
      eventTypeId: 4711,
      type: '30min',
      title: 'Thirty minutes between Ada and Grace Personal',
      startTime: iso(start),
      endTime: iso(start + HOUR),
      organizer: { name: 'Ada Personal', email: 'ada@personal.example' },
      attendees: [{ name: 'Grace Personal', email: 'grace@personal.example', timeZone: 'UTC' }],
      responses: { notes: { value: 'personal notes' } },
      status: 'ACCEPTED',
      ...more,
    },
  });

export const CALENDLY_API = 'https://api.calendly.com';
export const CALENDLY_TYPE = `${CALENDLY_API}/event_types/AAA`;
export const calendlyEvent = (id: string): string => `${CALENDLY_API}/scheduled_events/${id}`;
const invitee = (id: string): string => `${calendlyEvent(id)}/invitees/${id}`;

interface CalendlyMore {
  readonly old?: string;
  readonly next?: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly eventStatus?: string;
  readonly createdAt?: number;
}

export const calendlyBody = (
  event: string,
  id: string,
  start: number,
  { old, next, payload = {}, eventStatus, createdAt = start - 24 * HOUR }: CalendlyMore = {},
): string =>
  JSON.stringify({
    event,
    created_at: iso(createdAt),
    created_by: `${CALENDLY_API}/users/ME`,
    payload: {
      uri: invitee(id),
      email: 'grace@personal.example',
      name: 'Grace Personal',
      status: event === 'invitee.canceled' ? 'canceled' : 'active',
      rescheduled: next !== undefined,
      old_invitee: old === undefined ? null : invitee(old),
      new_invitee: next === undefined ? null : invitee(next),
      questions_and_answers: [{ question: 'Why?', answer: 'personal notes', position: 0 }],
      scheduled_event: {
        uri: calendlyEvent(id),
        name: 'Thirty minutes',
        status: eventStatus ?? (event === 'invitee.canceled' ? 'canceled' : 'active'),
        start_time: iso(start),
        end_time: iso(start + HOUR),
        event_type: CALENDLY_TYPE,
      },
      ...payload,
    },
  });
