import * as z from 'zod';
import type { Observation } from '../bookings/booking.js';
import { Problem } from '../http/problem.js';
import { instant, whyUnreadable, wordOf, type Delivery, type DeliveryFormat } from './delivery.js';

/** A signature is believed for so long, in milliseconds; Calendly recommends three minutes. */
export const TOLERANCE = 180_000;

const uri = z.url().max(500);

/** What is read of a payload, which is the invitee. Names, addresses and answers are not. */
const payloadSchema = z.object({
  uri,
  updated_at: z.string().max(40).nullish(),
  old_invitee: uri.nullish(),
  new_invitee: uri.nullish(),
  scheduled_event: z
    .object({
      uri,
      status: z.string().max(40).nullish(),
      start_time: instant,
      end_time: instant,
      event_type: uri.nullish(),
      created_at: instant.optional().catch(undefined),
    })
    .refine(({ start_time: start, end_time: end }) => start < end, {
      path: ['end_time'],
      message: 'must be after `start_time`',
    }),
});

const envelopeSchema = z.object({
  event: z.string(),
  created_at: z.string().max(40).nullish(),
  payload: payloadSchema,
});

const EVENTS = new Set(['invitee.created', 'invitee.canceled']);

/** `…/scheduled_events/A/invitees/B` is an invitee of `…/scheduled_events/A`. */
const eventOf = (invitee: string): string => invitee.replace(/\/invitees\/[^/]*$/, '');

const refuse = (code: string, detail: string): Problem => new Problem({ status: 401, code, detail });

function observationsOf(
  { event, created_at: sent, payload }: z.output<typeof envelopeSchema>,
  now: number,
): Observation[] {
  const { scheduled_event: booked, old_invitee: old, new_invitee: next } = payload;
  const stamp = Date.parse(sent ?? '');
  const at = Number.isNaN(stamp) ? now : stamp;
  const common = {
    provider: 'calendly' as const,
    source: 'webhook' as const,
    at,
    ...(booked.event_type && { eventType: booked.event_type }),
  };
  // Of a group’s event one invitee may go while it takes place: the event itself knows best.
  const isOver = booked.status ? booked.status === 'canceled' : event === 'invitee.canceled';
  const id = booked.uri;
  const [from, to] = [old, next].map((one) => (one ? eventOf(one) : id));
  return [
    {
      ...common,
      id,
      state: isOver ? 'cancelled' : 'accepted',
      start: booked.start_time,
      end: booked.end_time,
      ...(booked.created_at !== undefined
        ? { bookedAt: booked.created_at }
        : event === 'invitee.created' && { bookedAt: at }),
      ...(from && from !== id && { movedFrom: from }),
      ...(to && to !== id && { movedTo: to }),
    },
    // The other half of a pair may come later, or never.
    ...(from && from !== id && event === 'invitee.created'
      ? [{ ...common, id: from, state: 'cancelled' as const, movedTo: id }]
      : []),
  ];
}

/** Calendly: a signature over the moment and the body, and no id of a delivery. */
export const calendlyDeliveries: DeliveryFormat = {
  provider: 'calendly',

  claim(headers, now) {
    const written = (headers.get('calendly-webhook-signature') ?? '').slice(0, 1000);
    const parts = written.split(',').map((part) => part.trim().split('=', 2));
    const valuesOf = (wanted: string): string[] =>
      parts.flatMap(([name, value]) => (name === wanted && value ? [value] : []));
    const [moment = ''] = valuesOf('t');
    const signatures = valuesOf('v1').slice(0, 10);
    if (!/^\d{1,12}$/.test(moment) || signatures.length === 0)
      throw refuse(
        'no-signature',
        'Calendly-Webhook-Signature must be `t=<seconds>,v1=<hex>`; a subscription without `signing_key` sends none.',
      );
    if (Math.abs(Number(moment) * 1000 - now) > TOLERANCE)
      throw refuse(
        'stale-signature',
        `The signature is from another time than the last ${TOLERANCE / 60_000} minutes.`,
      );
    return { prefix: `${moment}.`, signatures };
  },

  read(body, bodyHash, now): Delivery {
    const trigger = wordOf((body as { event?: unknown } | null)?.event);
    if (!EVENTS.has(trigger)) return { is: 'ignored', trigger };
    const { success, data, error } = envelopeSchema.safeParse(body);
    if (!success)
      return { is: 'unreadable', key: `calendly ${bodyHash}`, trigger, why: whyUnreadable(error) };
    const moment = data.payload.updated_at ?? data.created_at ?? bodyHash;
    return {
      is: 'booking',
      key: `calendly ${trigger} ${data.payload.uri} ${moment}`,
      observations: observationsOf(data, now),
    };
  },
};
