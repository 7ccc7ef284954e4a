import * as z from 'zod';
import { canonicalName } from '../../scheduling/page-address.js';
import type { Booked } from '../availability/forget.js';
import type { BookedEventType, BookingState, Observation } from '../bookings/booking.js';
import { Problem } from '../http/problem.js';
import { organizationOf } from '../upstreams/cal-com.js';
import {
  instant,
  isEmpty,
  NO_TIMES,
  triggerOf,
  whyUnreadable,
  type DeliveredTimes,
  type Delivery,
  type DeliveryFormat,
} from './delivery.js';
import { looseTimes } from './loose-times.js';

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
const name = z.string().max(200).nullish().catch(undefined);

/** Maximum number of bookings of one series that are marked. */
const MAX_SERIES = 60;

/** What is read of a payload. Of people only the host's user name, which is part of the page's address. */
const payloadSchema = z
  .object({
    uid: uid.nullish(),
    startTime: instant,
    endTime: instant,
    eventTypeId: z.int().nullish(),
    /** The last part of the event type’s address. */
    type: z.string().max(200).nullish(),
    status: z.string().max(40).nullish(),
    organizer: z.object({ username: name, usernameInOrg: name }).nullish().catch(undefined),
    /** There where the event type is a team's; its name is not its address. */
    team: z.looseObject({}).nullish().catch(undefined),
    schedulingType: name,
    /** The address of the host's pages, which names the organisation. */
    bookerUrl: name,
    seatsPerTimeSlot: z.number().nullish().catch(undefined),
    attendeeSeatId: name,
    rescheduleUid: uid.nullish(),
    rescheduleStartTime: instant.nullish(),
    rescheduleEndTime: instant.nullish(),
    /** Of a whole series that was cancelled, with the one that `uid` names. */
    cancelledDates: z.array(instant).max(1000).nullish().catch(undefined),
    recurringEvent: z
      .object({ freq: z.int().min(0).max(3), count: z.int().min(1), interval: z.int().min(1).nullish() })
      .nullish()
      .catch(undefined),
  })
  .refine(({ startTime, endTime }) => startTime < endTime, {
    path: ['endTime'],
    message: 'must be after `startTime`',
  });

type Payload = z.output<typeof payloadSchema>;

const envelopeSchema = z.object({ createdAt: instant.optional(), payload: payloadSchema });

const SIGNATURE = 'x-cal-signature-256';

const refuse = (code: string, detail: string): Problem => new Problem({ status: 401, code, detail });

/** The event type of a booking, as far as the payload names it. */
function eventTypeOf({
  eventTypeId,
  type,
  organizer,
  team,
  schedulingType,
  bookerUrl,
}: Payload): BookedEventType {
  const hosts = [organizer?.username, organizer?.usernameInOrg].flatMap((one) =>
    one ? [encodeURIComponent(canonicalName(one))] : [],
  );
  const isTeam = Boolean(team) || /^(ROUND_ROBIN|COLLECTIVE)$/i.test(schedulingType ?? '');
  const organization = bookerUrl && URL.canParse(bookerUrl) ? organizationOf(new URL(bookerUrl)) : undefined;
  return {
    provider: 'cal',
    // A group of people that the page's address put together has none.
    eventType: eventTypeId ? String(eventTypeId) : '',
    slug: type ? canonicalName(type) : '',
    hosts: [...new Set(hosts)],
    organization: organization === undefined ? '' : organization || '-',
    team: isTeam ? 'yes' : hosts.length > 0 ? 'no' : 'unknown',
  };
}

/** Several attendees share the booking: what happens to one of them does not happen to it. */
const isSeated = ({ seatsPerTimeSlot, attendeeSeatId }: Payload): boolean =>
  (seatsPerTimeSlot ?? 0) > 0 || Boolean(attendeeSeatId);

/** Whether the slot may outlive the booking. Of a team's event type only `COLLECTIVE` says that it does not. */
const isShared = (payload: Payload, { team }: BookedEventType): boolean =>
  isSeated(payload) || (team === 'yes' && !/^COLLECTIVE$/i.test(payload.schedulingType ?? ''));

/** The booking that this one replaced, under any trigger: a request that has to be confirmed replaces one, too. */
const replacedBy = ({ uid: id, rescheduleUid: old }: Payload): string | undefined =>
  old && old !== id ? old : undefined;

const oldSpanOf = ({
  rescheduleStartTime: start,
  rescheduleEndTime: end,
}: Payload): { readonly start: number; readonly end: number } | undefined =>
  typeof start === 'number' && typeof end === 'number' && start < end ? { start, end } : undefined;

function observationsOf(
  id: string,
  trigger: string,
  payload: Payload,
  { at, now }: { readonly at: number; readonly now: number },
): Observation[] {
  const { startTime: start, endTime: end, status } = payload;
  const fallback = TRIGGERS[trigger] ?? 'accepted';
  // A cancelled booking may still carry the status it had.
  const isOver = fallback === 'cancelled' || fallback === 'rejected';
  const state = isOver ? fallback : (STATUS[(status ?? '').toUpperCase()] ?? fallback);
  const type = eventTypeOf(payload);
  const common = { ...type, source: 'webhook' as const, at, isShared: isShared(payload, type) };
  const old = replacedBy(payload);
  const oldSpan = oldSpanOf(payload);
  if (isSeated(payload)) {
    // Nothing here says whether others keep their seats: `pending` claims nothing, and the API is asked.
    const open = { ...common, state: 'pending' as const, unsureAt: now };
    return [
      isOver ? { ...open, id, start, end } : { ...common, id, state, start, end, bookedAt: at },
      ...(old ? [{ ...open, id: old, ...oldSpan }] : []),
    ];
  }
  return [
    { ...common, id, state, start, end, ...(!isOver && { bookedAt: at }), ...(old && { movedFrom: old }) },
    ...(old ? [{ ...common, id: old, state: 'cancelled' as const, movedTo: id, ...oldSpan }] : []),
  ];
}

/** Times of a series, as often as the rule says; its own zone may move them by an hour, and days have neighbours. */
function seriesOf(payload: Payload, booked: Booked): Booked[] {
  const { freq = 0, count = 1, interval } = payload.recurringEvent ?? {};
  return Array.from({ length: Math.min(count, MAX_SERIES) - 1 }, (_, i) => {
    const step = (i + 1) * (interval ?? 1);
    const start = new Date(booked.start);
    if (freq === 0) start.setUTCFullYear(start.getUTCFullYear() + step);
    else if (freq === 1) start.setUTCMonth(start.getUTCMonth() + step);
    else start.setUTCDate(start.getUTCDate() + step * (freq === 2 ? 7 : 1));
    const begin = start.getTime();
    return { ...booked, start: begin, end: begin + booked.end - booked.start, isShared: true };
  });
}

/** What the payload says of times whose bookings it does not name. */
function timesOf(trigger: string, payload: Payload, at: number): DeliveredTimes {
  const { uid: id, startTime: start, endTime: end, cancelledDates = [] } = payload;
  const type = eventTypeOf(payload);
  const isOver = /^(cancelled|rejected)$/.test(TRIGGERS[trigger] ?? '');
  const shared = isShared(payload, type);
  const booked: Booked = { ...type, start, end, isShared: shared, freed: isOver };
  const oldSpan = oldSpanOf(payload);
  const starts = isOver ? (cancelledDates ?? []).filter((one) => one !== start) : [];
  return {
    times: [
      ...(id ? [] : [booked, ...(oldSpan ? [{ ...booked, ...oldSpan, freed: true }] : [])]),
      ...starts.map((one) => ({ ...booked, start: one, end: one + end - start })),
    ],
    unsure: isOver ? [] : seriesOf(payload, booked),
    cancelled: starts.length > 0 && !shared ? { of: type, starts, at } : null,
  };
}

/** Cal.com: a signature over the body alone; a delivery has neither an id nor a moment. */
export const calDeliveries: DeliveryFormat = {
  provider: 'cal',

  claim(headers) {
    const signature = (headers.get(SIGNATURE) ?? '').trim();
    if (signature === '') throw refuse('no-signature', 'X-Cal-Signature-256 is missing.');
    if (signature === 'no-secret-provided')
      throw refuse('no-signature', 'This webhook has no secret at Cal.com: set the same there as here.');
    return { prefix: '', signatures: [signature] };
  },

  read(body, now): Delivery {
    if (isEmpty(body)) return { is: 'ignored', trigger: '(empty)' };
    const written = (body as { triggerEvent?: unknown }).triggerEvent;
    const trigger = triggerOf(written);
    if (typeof written !== 'string')
      return {
        is: 'unreadable',
        trigger,
        why: '`triggerEvent`: missing; a payload template of your own cannot be read: use the default one',
        about: { ...NO_TIMES, times: looseTimes('cal', body) },
      };
    if (!Object.hasOwn(TRIGGERS, trigger)) return { is: 'ignored', trigger };
    const { success, data, error } = envelopeSchema.safeParse(body);
    if (!success)
      return {
        is: 'unreadable',
        trigger,
        why: whyUnreadable(error),
        about: { ...NO_TIMES, times: looseTimes('cal', body) },
      };
    const { payload, createdAt: at = now } = data;
    const about = timesOf(trigger, payload, at);
    if (!payload.uid) return { is: 'unreadable', trigger, why: '`payload.uid`: missing', about };
    const observations = observationsOf(payload.uid, trigger, payload, { at, now });
    return { is: 'booking', trigger, observations, about };
  },
};
