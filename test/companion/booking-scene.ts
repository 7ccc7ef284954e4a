import assert from 'node:assert/strict';
import type { Availability } from '../../src/protocol/availability.js';
import { findBooking } from '../../src/server/bookings/bookings.js';
import { statusOf } from '../../src/server/bookings/merge.js';
import type { Companion, CompanionOptions } from '../../src/server/index.js';
import { queueDepth } from '../../src/server/queue/jobs.js';
import type { Store } from '../../src/server/store/store.js';
import type { ProviderName } from '../../src/server/upstreams/upstream.js';
import { calBody, SECRETS, signedByCal } from './deliveries.js';
import { readEvents, type EventReader } from './event-reader.js';
import { fakeUpstream, json, type FakeUpstream, type Talk } from './fake-upstream.js';
import type { Place } from './places.js';
import { until } from './until.js';

export const NOW = Date.parse('2026-03-02T08:00:00Z');
export const HOUR = 3_600_000;
export const DAY = 86_400_000;
export const NINE = Date.parse('2026-03-05T09:00:00Z');
export const TOKEN = 'a-token-for-this-test';
export const iso = (at: number): string => new Date(at).toISOString();

/** Slots as Cal.com's `format=range` has them, half an hour each unless an end is given. */
export const calAnswer = (
  slots: readonly { readonly start: number; readonly end?: number }[],
): ReturnType<typeof json> => {
  const data: Record<string, object[]> = {};
  for (const { start, end = start + HOUR / 2 } of slots)
    (data[iso(start).slice(0, 10)] ??= []).push({ start: iso(start), end: iso(end) });
  return json({ status: 'success', data });
};

export interface BookingScene {
  readonly upstream: FakeUpstream;
  readonly companion: Companion;
  readonly store: Store;
  readonly clock: { now: number };
  /** Delivers, and waits until the row is written. */
  readonly deliver: (...requests: readonly Request[]) => Promise<void>;
  readonly deliverCal: (trigger: string, uid: string, start: number, more?: object) => Promise<void>;
  /** The beginnings of slots that the companion gives out, as `05T09:00`. */
  readonly slots: (src: string) => Promise<string[]>;
  readonly listen: (src: string) => Promise<EventReader>;
  /** State, begin and where it was moved, of a row. */
  readonly row: (id: string) => Promise<string>;
  /** Calls for slots since the last time this was read. */
  readonly slotCalls: () => number;
}

/** A companion with one upstream and a clock that does not move. */
export async function bookingScene(
  place: Place,
  talk: Talk,
  options: (origin: string) => CompanionOptions = (origin) => ({
    upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: origin, budget: 1000 }],
  }),
): Promise<BookingScene> {
  const upstream = await fakeUpstream(talk);
  const clock = { now: NOW };
  const companion = await place.companion({
    now: () => clock.now,
    webhooks: SECRETS,
    token: TOKEN,
    syncEvery: 0,
    ...options(upstream.origin),
  });
  const store = await place.store({ now: () => clock.now });
  let read = 0;
  const isSlots = ({ path }: { readonly path: string }): boolean => /slots|available_times/.test(path);
  const deliver = async (...requests: readonly Request[]): Promise<void> => {
    for (const request of requests) {
      const { status } = await companion.fetch(request);
      assert.ok(status === 202 || status === 200, String(status));
    }
    await until(async () => (await queueDepth(store)).waiting === 0);
  };
  return {
    upstream,
    companion,
    store,
    clock,
    deliver,
    deliverCal: (trigger, uid, start, more = {}) =>
      deliver(signedByCal(calBody(trigger, uid, start, { endTime: iso(start + HOUR / 2), ...more }))),
    async slots(src) {
      const query = new URLSearchParams({ src, start: iso(NOW), end: iso(NOW + 8 * DAY) });
      const answer = await companion.fetch(new Request(`http://companion.test/v1/availability?${query}`));
      assert.equal(answer.status, 200);
      return ((await answer.json()) as Availability).slots.map(({ start }) => start.slice(8, 16));
    },
    async listen(src) {
      const reader = readEvents(
        await companion.fetch(new Request(`http://companion.test/v1/live?${new URLSearchParams({ src })}`)),
      );
      await until(() => reader.events.length > 0);
      return reader;
    },
    async row(id) {
      const provider: ProviderName = id.startsWith('https:') ? 'calendly' : 'cal';
      const booking = await findBooking(store, provider, id);
      if (!booking) return 'none';
      const { state, start } = statusOf(booking);
      return [
        state,
        start === null ? '?' : iso(start).slice(8, 16),
        booking.movedTo && `to ${booking.movedTo}`,
      ]
        .filter(Boolean)
        .join(' ');
    },
    slotCalls() {
      const calls = upstream.arrived.filter(isSlots).length;
      const fresh = calls - read;
      read = calls;
      return fresh;
    },
  };
}
