import * as z from 'zod';
import type { BookingState, Observation } from '../bookings/booking.js';
import { Problem } from '../http/problem.js';
import { instant, whyUnreadable, wordOf, type Delivery, type DeliveryFormat } from './delivery.js';

/** Triggers that change bookings, and the state where the payload names none. */
const TRIGGERS: Readonly<Record<string, BookingState>> = {
  BOOKING_CREATED: 'accepted',
  BOOKING_REQUESTED: 'pending',
  BOOKING_RESCHEDULED: 'accepted',
  BOOKING_CANCELLED: 'cancelled',
  BOOKING_REJECTED: 'rejected',
  BOOKING_PAYMENT_INITIATED: 'pending',
  BOOKING_PAID: 'accepted',
};

const STATUS: Readonly<Record<string, BookingState>> = {
  ACCEPTED: 'accepted',
  PENDING: 'pending',
  CANCELLED: 'cancelled',
  REJECTED: 'rejected',
};

const uid = z.string().min(1).max(200);

/** What is read of a payload. Names, addresses and answers are not. */
const payloadSchema = z
  .object({
    uid,
    startTime: instant,
    endTime: instant,
    eventTypeId: z.int().positive().nullish(),
    /** The last part of the event type’s address. */
    type: z.string().max(200).nullish(),
    status: z.string().max(40).nullish(),
    rescheduleUid: uid.nullish(),
    rescheduleStartTime: instant.nullish(),
    rescheduleEndTime: instant.nullish(),
  })
  .refine(({ startTime, endTime }) => startTime < endTime, {
    path: ['endTime'],
    message: 'must be after `startTime`',
  });

const envelopeSchema = z.object({ createdAt: instant.optional(), payload: payloadSchema });

const SIGNATURE = 'x-cal-signature-256';

const refuse = (code: string, detail: string): Problem => new Problem({ status: 401, code, detail });

function observationsOf(
  trigger: string,
  { createdAt, payload }: z.output<typeof envelopeSchema>,
  now: number,
): Observation[] {
  const at = createdAt ?? now;
  const { uid: id, startTime: start, endTime: end, eventTypeId, type, status, rescheduleUid: old } = payload;
  const fallback = TRIGGERS[trigger] ?? 'accepted';
  // A cancelled booking may still carry the status it had.
  const isOver = fallback === 'cancelled' || fallback === 'rejected';
  const state = isOver ? fallback : (STATUS[(status ?? '').toUpperCase()] ?? fallback);
  const common = {
    provider: 'cal' as const,
    source: 'webhook' as const,
    at,
    ...(typeof eventTypeId === 'number' && { eventType: String(eventTypeId) }),
    ...(type && { slug: type }),
  };
  const [oldStart, oldEnd] = [payload.rescheduleStartTime, payload.rescheduleEndTime];
  const hasOldTimes = typeof oldStart === 'number' && typeof oldEnd === 'number' && oldStart < oldEnd;
  const moved = typeof old === 'string' && old !== id;
  return [
    { ...common, id, state, start, end, ...(!isOver && { bookedAt: at }), ...(moved && { movedFrom: old }) },
    ...(moved && trigger === 'BOOKING_RESCHEDULED'
      ? [
          {
            ...common,
            id: old,
            state: 'cancelled' as const,
            movedTo: id,
            ...(hasOldTimes && { start: oldStart, end: oldEnd }),
          },
        ]
      : []),
  ];
}

/** Cal.com: a signature over the body alone, no id and no moment of a delivery. */
export const calDeliveries: DeliveryFormat = {
  provider: 'cal',

  claim(headers) {
    const signature = (headers.get(SIGNATURE) ?? '').trim();
    if (signature === '') throw refuse('no-signature', 'X-Cal-Signature-256 is missing.');
    if (signature === 'no-secret-provided')
      throw refuse('no-signature', 'This webhook has no secret at Cal.com: set the same there as here.');
    return { prefix: '', signatures: [signature] };
  },

  read(body, bodyHash, now): Delivery {
    const trigger = wordOf((body as { triggerEvent?: unknown } | null)?.triggerEvent);
    if (!Object.hasOwn(TRIGGERS, trigger)) return { is: 'ignored', trigger };
    const { success, data, error } = envelopeSchema.safeParse(body);
    if (!success) return { is: 'unreadable', key: `cal ${bodyHash}`, trigger, why: whyUnreadable(error) };
    const { payload } = data;
    const times = new Date(payload.startTime).toISOString();
    const status = trigger === 'BOOKING_CANCELLED' ? ` ${wordOf(payload.status)}` : '';
    return {
      is: 'booking',
      key: `cal ${trigger} ${payload.uid} ${times}${status}`,
      observations: observationsOf(trigger, data, now),
    };
  },
};
