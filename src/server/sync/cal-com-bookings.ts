import * as z from 'zod';
import { canonicalName } from '../../scheduling/page-address.js';
import type { BookingState } from '../bookings/booking.js';
import { UpstreamFailure, type Upstream } from '../upstreams/upstream.js';
import { instant } from '../webhooks/delivery.js';
import type { Listed, ListBookings, ReadBooking } from './booking-list.js';

const VERSION = { 'cal-api-version': '2024-08-13' };

/** Bookings on one page; the API gives 250 at most. */
const PAGE = 100;

/** All there are: without them the list may leave some out. */
const STATUSES = 'upcoming,recurring,past,cancelled,unconfirmed';

const id = z.string().min(1).max(200);
const bookingSchema = z.object({
  uid: id,
  status: z.enum(['accepted', 'pending', 'cancelled', 'rejected']),
  start: instant,
  end: instant,
  createdAt: instant.nullish().catch(undefined),
  updatedAt: instant.nullish().catch(undefined),
  eventTypeId: z.int().positive().nullish().catch(undefined),
  eventType: z
    .object({ slug: z.string().max(200) })
    .nullish()
    .catch(undefined),
  hosts: z
    .array(z.object({ username: z.string().max(200).nullish() }))
    .max(100)
    .nullish()
    .catch(undefined),
  /** An attendee with a seat says that there are seats. */
  attendees: z
    .array(z.object({ seatUid: z.string().nullish() }))
    .nullish()
    .catch(undefined),
  rescheduledFromUid: id.nullish().catch(undefined),
  rescheduledToUid: id.nullish().catch(undefined),
});
const pageSchema = z.object({
  data: z.array(z.unknown()).max(1000),
  pagination: z.object({ hasNextPage: z.boolean(), totalItems: z.int().nullish() }).optional(),
});

function listedOf(entry: unknown, account: string, asked: number): Listed | null {
  const { success, data } = bookingSchema.safeParse(entry);
  if (!success) return null;
  const { uid, status, start, end, createdAt, updatedAt, eventTypeId, eventType } = data;
  const state: BookingState = status;
  const hosts = (data.hosts ?? []).flatMap(({ username }) =>
    username ? [encodeURIComponent(canonicalName(username))] : [],
  );
  return {
    changedAt: updatedAt ?? createdAt ?? asked,
    observation: {
      provider: 'cal',
      id: uid,
      source: 'sync',
      at: asked,
      state,
      start,
      end,
      account,
      ...(typeof eventTypeId === 'number' && { eventType: String(eventTypeId) }),
      ...(eventType && { slug: canonicalName(eventType.slug) }),
      hosts,
      isShared: (data.attendees ?? []).some(({ seatUid }) => Boolean(seatUid)),
      ...(typeof createdAt === 'number' && { bookedAt: createdAt }),
      ...(typeof updatedAt === 'number' && { overAt: Math.min(updatedAt, asked) }),
      ...(data.rescheduledFromUid && { movedFrom: data.rescheduledFromUid }),
      ...(data.rescheduledToUid && { movedTo: data.rescheduledToUid }),
    },
  };
}

/**
 * Cal.com's list of bookings, by how many were had already: no booking ever leaves the list, so one that is added
 * meanwhile shows another twice and hides none.
 */
export const calBookings =
  ({ ask, account }: Pick<Upstream, 'ask' | 'account'>, now: () => number): ListBookings =>
  async ({ from, to }, cursor) => {
    const skip = Number(cursor || 0);
    const words = new URLSearchParams({
      afterStart: new Date(from).toISOString(),
      beforeEnd: new Date(to).toISOString(),
      status: STATUSES,
      sortStart: 'asc',
      take: String(PAGE),
      skip: String(skip),
    });
    const asked = now();
    const answer = await ask({
      operation: 'bookings',
      path: `/v2/bookings?${words}`,
      headers: VERSION,
      who: 'sync',
      background: true,
    });
    const { success, data: page } = pageSchema.safeParse(answer);
    if (!success)
      throw new UpstreamFailure('not-understood', 'the answer holds no bookings as Cal.com writes them');
    const { data, pagination } = page;
    const listed = data.flatMap((entry) => listedOf(entry, account, asked) ?? []);
    const goesOn = data.length > 0 && (pagination?.hasNextPage ?? data.length === PAGE);
    return {
      listed,
      unreadable: data.length - listed.length,
      next: goesOn ? String(skip + data.length) : null,
      total: pagination?.totalItems ?? null,
    };
  };

const oneSchema = z.object({ data: z.union([z.array(z.unknown()).max(1000), z.looseObject({})]) });

/** One booking by its uid, which is all that Cal.com asks for: no key is needed. */
export const calBooking =
  ({ ask }: Pick<Upstream, 'ask'>, now: () => number): ReadBooking =>
  async (uid) => {
    const asked = now();
    const answer = await ask({
      operation: 'bookings',
      path: `/v2/bookings/${encodeURIComponent(uid)}`,
      headers: VERSION,
      who: 'bookings',
      background: true,
    });
    const { data } = oneSchema.safeParse(answer);
    // Of a series all bookings come.
    const all = Array.isArray(data?.data) ? data.data : [data?.data];
    const found = all.flatMap((entry) => listedOf(entry, '', asked)?.observation ?? []);
    return found.find((one) => one.id === uid) ?? null;
  };
