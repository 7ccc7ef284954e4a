import * as z from 'zod';
import { SIGNATURE_TOLERANCE_MS } from '../durations.js';
import type { BookedEventType, Observation } from '../bookings/booking.js';
import { Problem } from '../http/problem.js';
import {
  instant,
  isEmpty,
  NO_TIMES,
  triggerOf,
  whyUnreadable,
  type Delivery,
  type DeliveryFormat,
} from './delivery.js';
import { looseTimes } from './loose-times.js';

const uri = z.url().max(500);

/** What is read of a payload, which is the invitee. Names, addresses and answers are not. */
const payloadSchema = z.object({
  uri,
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
      /** The hosts. */
      event_memberships: z
        .array(z.object({ user: uri }))
        .max(100)
        .nullish()
        .catch(undefined),
      invitees_counter: z.object({ limit: z.number() }).nullish().catch(undefined),
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
  const type: BookedEventType = {
    provider: 'calendly',
    eventType: booked.event_type ?? '',
    slug: '',
    hosts: (booked.event_memberships ?? []).map(({ user }) => user),
    organization: '',
    team: 'unknown',
  };
  // A group's event has several invitees, who come and go without it.
  const isGroup = (booked.invitees_counter?.limit ?? 1) > 1;
  const common = { ...type, source: 'webhook' as const, at, isShared: isGroup };
  const isOver = booked.status ? booked.status === 'canceled' : event === 'invitee.canceled' && !isGroup;
  const id = booked.uri;
  const from = old ? eventOf(old) : id;
  const to = next ? eventOf(next) : id;
  const bookedAt = booked.created_at ?? (event === 'invitee.created' ? at : undefined);
  const isOpen = !isOver && isGroup && event === 'invitee.canceled' && !booked.status;
  return [
    {
      ...common,
      id,
      state: isOver ? 'cancelled' : isOpen ? 'pending' : 'accepted',
      start: booked.start_time,
      end: booked.end_time,
      ...(isOpen && { unsureAt: now }),
      ...(bookedAt !== undefined && { bookedAt }),
      ...(from !== id && !isGroup && { movedFrom: from }),
      ...(to !== id && isOver && !isGroup && { movedTo: to }),
    },
    // The other half of a pair may come later, or never.
    ...(from !== id && event === 'invitee.created'
      ? [
          isGroup
            ? { ...common, id: from, state: 'pending' as const, unsureAt: now }
            : { ...common, id: from, state: 'cancelled' as const, movedTo: id },
        ]
      : []),
  ];
}

/** Calendly: a signature over the moment and the body; a delivery has no id. */
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
    if (Math.abs(Number(moment) * 1000 - now) > SIGNATURE_TOLERANCE_MS)
      throw refuse(
        'stale-signature',
        `The signature is more than ${SIGNATURE_TOLERANCE_MS / 60_000} minutes older or newer than the companion's clock.`,
      );
    return { prefix: `${moment}.`, signatures };
  },

  read(body, now): Delivery {
    if (isEmpty(body)) return { is: 'ignored', trigger: '(empty)' };
    const written = (body as { event?: unknown }).event;
    const trigger = triggerOf(written);
    const unreadable = (why: string): Delivery => ({
      is: 'unreadable',
      trigger,
      why,
      about: { ...NO_TIMES, times: looseTimes('calendly', body) },
    });
    if (typeof written !== 'string') return unreadable('`event`: missing');
    if (!EVENTS.has(trigger)) return { is: 'ignored', trigger };
    const { success, data, error } = envelopeSchema.safeParse(body);
    if (!success) return unreadable(whyUnreadable(error));
    return { is: 'booking', trigger, observations: observationsOf(data, now), about: NO_TIMES };
  },
};
