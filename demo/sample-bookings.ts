import type { LoadReport, WidgetReport } from '../src/protocol/load-report.js';
import { randomNumbers, type Random } from './random-numbers.js';

/** What a scheduling service delivers of a booking, without its signature. */
export interface SampleDelivery {
  readonly provider: 'cal' | 'calendly';
  readonly body: object;
}

/** Names no account that anybody can have: as a host of Cal.com, and as that of Calendly's addresses (RFC 2606). */
const OWNER = 'sample-data';
const ADDRESSES = `https://${OWNER}.example`;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Lengths in minutes of the made-up event types, and ids that the demo's own have not, by the end of their calendar's address. */
const EVENT_TYPES: Readonly<Record<string, { readonly id: number; readonly length: number }>> = {
  'first-consultation': { id: 9_000_001, length: 45 },
  'short-call': { id: 9_000_002, length: 15 },
  anna: { id: 9_000_003, length: 30 },
};

/** Shares of bookings that are cancelled, and moved, some time before they begin. */
const CANCELLED = 0.1;
const MOVED = 0.07;

interface Meeting {
  readonly id: string;
  /** The end of the calendar's address. */
  readonly slug: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
}

/** A booking, or what became of one; `old` is what it replaces. */
interface Change {
  readonly is: 'booked' | 'moved' | 'cancelled';
  readonly at: number;
  readonly meeting: Meeting;
  readonly old?: Meeting;
}

const iso = (at: number): string => new Date(at).toISOString();

const TRIGGERS = {
  booked: 'BOOKING_CREATED',
  moved: 'BOOKING_RESCHEDULED',
  cancelled: 'BOOKING_CANCELLED',
} as const;

function calDeliveries({ is, at, meeting, old }: Change): object[] {
  const payload = {
    uid: meeting.id,
    type: meeting.slug,
    eventTypeId: EVENT_TYPES[meeting.slug]?.id,
    startTime: iso(meeting.start),
    endTime: iso(meeting.end),
    organizer: { username: OWNER },
    ...(old && {
      rescheduleUid: old.id,
      rescheduleStartTime: iso(old.start),
      rescheduleEndTime: iso(old.end),
    }),
  };
  return [{ triggerEvent: TRIGGERS[is], createdAt: iso(at), payload }];
}

const meetingAddress = ({ id }: Meeting): string => `${ADDRESSES}/scheduled_events/${id}`;
const inviteeAddress = (meeting: Meeting): string => `${meetingAddress(meeting)}/invitees/1`;

function calendlyDelivery(at: number, meeting: Meeting, isOver: boolean, links: object): object {
  return {
    event: isOver ? 'invitee.canceled' : 'invitee.created',
    created_at: iso(at),
    payload: {
      uri: inviteeAddress(meeting),
      ...links,
      scheduled_event: {
        uri: meetingAddress(meeting),
        status: isOver ? 'canceled' : 'active',
        start_time: iso(meeting.start),
        end_time: iso(meeting.end),
        event_type: `${ADDRESSES}/event_types/${meeting.slug}`,
      },
    },
  };
}

function calendlyDeliveries({ is, at, meeting, old }: Change): object[] {
  if (!old) return [calendlyDelivery(at, meeting, is === 'cancelled', {})];
  return [
    calendlyDelivery(at, old, true, { new_invitee: inviteeAddress(meeting) }),
    calendlyDelivery(at, meeting, false, { old_invitee: inviteeAddress(old) }),
  ];
}

/** A time on a working day, one to twelve days after a moment. */
function meetingAfter(at: number, { id, slug }: Pick<Meeting, 'id' | 'slug'>, random: Random): Meeting {
  const day = new Date(at + (1 + Math.floor(random() * 12)) * DAY);
  const weekday = day.getDay();
  if (weekday === 0 || weekday === 6) day.setDate(day.getDate() + (weekday === 6 ? 2 : 1));
  const start = day.setHours(9 + Math.floor(random() * 8), random() < 0.5 ? 0 : 30, 0, 0);
  return { id, slug, start, end: start + (EVENT_TYPES[slug]?.length ?? 30) * MINUTE };
}

/** A booking, and what became of it before `now`. */
function changesOf(
  booked: Pick<Meeting, 'id' | 'slug'>,
  { at, now, random }: { readonly at: number; readonly now: number; readonly random: Random },
): Change[] {
  const meeting = meetingAfter(at, booked, random);
  const first: Change = { is: 'booked', at, meeting };
  const later = at + random() * (meeting.start - at);
  const fate = random();
  if (later >= now || fate >= CANCELLED + MOVED) return [first];
  if (fate < CANCELLED) return [first, { is: 'cancelled', at: later, meeting }];
  const next = meetingAfter(later, { ...booked, id: `${booked.id}-moved` }, random);
  return [first, { is: 'moved', at: later, meeting: next, old: meeting }];
}

const isBooked = ({ marks }: WidgetReport): boolean => marks.booked !== undefined;

/**
 * Deliveries about what the made-up visitors of one stretch of time have booked, by the reports of their widgets: so the
 * bookings of a page and those of its event type agree. Nobody's name or address is in them.
 */
export function sampleDeliveries(
  reports: readonly LoadReport[],
  { at, length, now }: { readonly at: number; readonly length: number; readonly now: number },
): SampleDelivery[] {
  const random = randomNumbers(Math.floor(at / HOUR));
  return reports.flatMap(({ id, widgets }) =>
    widgets.filter(isBooked).flatMap(({ provider, calendar = '' }) => {
      const isCalendly = provider === 'calendly';
      const slug = calendar.split('/').at(-1) ?? '';
      const moment = Math.min(now, Math.floor(at + random() * length));
      return changesOf({ id: `${OWNER}-${id}`, slug }, { at: moment, now, random })
        .flatMap(isCalendly ? calendlyDeliveries : calDeliveries)
        .map((body): SampleDelivery => ({ provider: isCalendly ? 'calendly' : 'cal', body }));
    }),
  );
}
