import type { BookingState, Observation } from '../../src/server/bookings/booking.js';
import { calDeliveries } from '../../src/server/webhooks/cal-com.js';
import { calendlyDeliveries } from '../../src/server/webhooks/calendly.js';
import { calBody, CALENDLY_TYPE, calendlyBody, calendlyEvent } from './deliveries.js';

/*
 * A scheduling service as small as can be: what its bookings are, and what it delivers about them. Whatever a companion
 * makes of the deliveries and of the list has to come to the same.
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const BEGIN = Date.parse('2026-03-02T08:00:00Z');

/** When everything has happened and the list is read. */
export const LATER = BEGIN + DAY;

export type Step =
  | { readonly is: 'book'; readonly seated: boolean; readonly pending: boolean }
  | { readonly is: 'confirm' | 'cancel' | 'move' | 'join' | 'leave' | 'shift'; readonly which: number };

export interface WorldBooking {
  readonly id: string;
  readonly start: number;
  readonly seated: boolean;
  state: BookingState;
  seats: number;
  movedTo: string;
}

export interface World {
  readonly bookings: readonly WorldBooking[];
  /** What deliveries say, one entry for each delivery, in the order in which they were sent. */
  readonly delivered: readonly (readonly Observation[])[];
  /** What the list or a look at one booking shows at the end. */
  readonly listed: (id: string) => Observation;
}

type Provider = 'cal' | 'calendly';

const isActive = ({ state }: WorldBooking): boolean => state === 'accepted' || state === 'pending';

/** Lets things happen, one a minute. Steps that are not possible do nothing. */
export function happen(provider: Provider, steps: readonly Step[], prefix = ''): World {
  const bookings: WorldBooking[] = [];
  const delivered: (readonly Observation[])[] = [];
  let at = BEGIN;
  let seat = 0;

  const idOf = (name: string): string => (provider === 'cal' ? name : calendlyEvent(name));
  const add = (seated: boolean, state: BookingState): WorldBooking => {
    const name = `${prefix}b${bookings.length}`;
    const start = BEGIN + (3 + bookings.length) * DAY;
    const booking = { id: idOf(name), start, seated, state, seats: 1, movedTo: '' };
    bookings.push(booking);
    return booking;
  };
  const nameOf = ({ id }: WorldBooking): string => id.split('/').at(-1) ?? '';

  function sendCal(trigger: string, booking: WorldBooking, more: object = {}, isOfSeat = true): void {
    const status = { accepted: 'ACCEPTED', pending: 'PENDING', cancelled: 'CANCELLED', rejected: 'REJECTED' };
    const seats = booking.seated && {
      seatsPerTimeSlot: 9,
      ...(isOfSeat && { attendeeSeatId: `seat-${seat++}` }),
    };
    const body = calBody(
      trigger,
      booking.id,
      booking.start,
      { status: status[booking.state], ...seats, ...more },
      at,
    );
    read(calDeliveries.read(JSON.parse(body), at));
  }

  function sendCalendly(
    event: string,
    booking: WorldBooking,
    more: { old?: string; next?: string } = {},
  ): void {
    const body = calendlyBody(event, nameOf(booking), booking.start, {
      ...more,
      createdAt: at,
      payload: {
        scheduled_event: {
          uri: booking.id,
          status: booking.state === 'cancelled' ? 'canceled' : 'active',
          start_time: new Date(booking.start).toISOString(),
          end_time: new Date(booking.start + HOUR).toISOString(),
          event_type: CALENDLY_TYPE,
          invitees_counter: { total: 1, active: booking.seats, limit: booking.seated ? 9 : 1 },
        },
      },
    });
    read(calendlyDeliveries.read(JSON.parse(body), at));
  }

  function read(delivery: ReturnType<typeof calDeliveries.read>): void {
    if (delivery.is !== 'booking') throw new Error('the delivery is not understood');
    delivered.push(delivery.observations);
  }

  const moved = (old: WorldBooking): object => ({
    rescheduleUid: old.id,
    rescheduleStartTime: new Date(old.start).toISOString(),
    rescheduleEndTime: new Date(old.start + HOUR).toISOString(),
  });

  function leave(booking: WorldBooking): void {
    booking.seats--;
    if (booking.seats === 0) booking.state = 'cancelled';
  }

  for (const step of steps) {
    at += 60_000;
    if (step.is === 'book') {
      const isPending = step.pending && !step.seated && provider === 'cal';
      const booking = add(step.seated, isPending ? 'pending' : 'accepted');
      if (provider === 'cal') sendCal(isPending ? 'BOOKING_REQUESTED' : 'BOOKING_CREATED', booking);
      else sendCalendly('invitee.created', booking);
      continue;
    }
    const able = bookings.filter(
      (one) => isActive(one) && (/^(join|leave|shift)$/.test(step.is) ? one.seated : true),
    );
    const booking = able[step.which % Math.max(1, able.length)];
    if (!booking) continue;
    switch (step.is) {
      case 'confirm':
        if (booking.state !== 'pending') break;
        booking.state = 'accepted';
        sendCal('BOOKING_CREATED', booking);
        break;
      case 'join':
        booking.seats++;
        if (provider === 'cal') sendCal('BOOKING_CREATED', booking);
        else sendCalendly('invitee.created', booking);
        break;
      case 'leave':
        leave(booking);
        if (provider === 'cal') sendCal('BOOKING_CANCELLED', booking, { status: 'CANCELLED' });
        else sendCalendly('invitee.canceled', booking);
        break;
      case 'cancel':
        booking.state = 'cancelled';
        if (provider === 'cal') sendCal('BOOKING_CANCELLED', booking, {}, false);
        else sendCalendly('invitee.canceled', booking);
        break;
      case 'shift': {
        leave(booking);
        const next = add(true, 'accepted');
        if (provider === 'cal') sendCal('BOOKING_RESCHEDULED', next, moved(booking));
        else {
          sendCalendly('invitee.canceled', booking, { next: nameOf(next) });
          sendCalendly('invitee.created', next, { old: nameOf(booking) });
        }
        break;
      }
      case 'move': {
        if (booking.seated) break;
        const isPending = booking.state === 'pending';
        booking.state = 'cancelled';
        const next = add(false, isPending ? 'pending' : 'accepted');
        booking.movedTo = next.id;
        if (provider === 'cal')
          sendCal(isPending ? 'BOOKING_REQUESTED' : 'BOOKING_RESCHEDULED', next, moved(booking));
        else {
          sendCalendly('invitee.canceled', booking, { next: nameOf(next) });
          sendCalendly('invitee.created', next, { old: nameOf(booking) });
        }
        break;
      }
    }
  }

  return {
    bookings,
    delivered,
    listed(id) {
      const booking = bookings.find((one) => one.id === id);
      if (!booking) throw new Error(`no booking ${id}`);
      return {
        provider,
        id,
        source: 'sync',
        at: LATER,
        state: booking.state,
        start: booking.start,
        end: booking.start + HOUR,
        // Cal.com's list says what replaced a booking, and Calendly's does not.
        ...(provider === 'cal' && booking.movedTo && { movedTo: booking.movedTo }),
      };
    },
  };
}
