import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Availability } from '../../src/protocol/availability.js';
import { findBooking } from '../../src/server/bookings/bookings.js';
import { statusOf } from '../../src/server/bookings/merge.js';
import type { Companion, CompanionOptions } from '../../src/server/index.js';
import { queueDepth } from '../../src/server/queue/jobs.js';
import type { Store } from '../../src/server/store/store.js';
import { calBody, calendlyBody, SECRETS } from './deliveries.js';
import { calSlots, fakeUpstream, type FakeUpstream } from './fake-upstream.js';
import { type Place } from './places.js';
import { until } from './until.js';

export const NOW = Date.parse('2026-03-02T08:00:00Z');
export const HOUR = 3_600_000;
export const START = Date.parse('2026-03-05T09:00:00Z');
export const TOKEN = 'a-token-for-this-test';
const upstreams: FakeUpstream[] = [];
after(async () => {
  for (const each of upstreams) await each.close();
});

export const codeOf = async (answer: Response): Promise<string> => {
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  return ((await answer.json()) as { code: string }).code;
};

export const times = async (companion: Companion): Promise<string[]> => {
  const answer = await companion.fetch(
    new Request(
      'http://companion.test/v1/availability?src=https://cal.com/acme/30min&start=2026-03-03T00:00:00Z&end=2026-03-10T00:00:00Z',
    ),
  );
  assert.equal(answer.status, 200);
  return ((await answer.json()) as Availability).slots.map(({ start }) => start.slice(5, 16));
};

/** A booking as the row says it. */
export async function rowOf(store: Store, id: string): Promise<string> {
  const provider = id.startsWith('https:') ? 'calendly' : 'cal';
  const booking = await findBooking(store, provider, id);
  if (!booking) return 'none';
  const { state, start } = statusOf(booking);
  const moved = [
    booking.movedFrom && `from ${booking.movedFrom}`,
    booking.movedTo && `to ${booking.movedTo}`,
  ];
  return [state, start === null ? '?' : new Date(start).toISOString().slice(5, 16), ...moved]
    .filter(Boolean)
    .join(' ');
}

/** Companions on one store that take deliveries. */
export interface WebhookScene {
  readonly upstream: FakeUpstream;
  readonly companion: Companion;
  readonly companions: Companion[];
  readonly store: Store;
  readonly clock: { now: number };
  readonly deliver: (request: Request) => Promise<Response>;
  readonly drained: () => Promise<void>;
}

/** Opens scenes whose upstreams are closed when the file's tests are over. */
export const webhookScenesOn =
  (open: () => Promise<Place>) =>
  async (options: CompanionOptions = {}, instances = 1): Promise<WebhookScene> => {
    const upstream = await fakeUpstream((request) => calSlots(request));
    upstreams.push(upstream);
    const clock = { now: NOW };
    const place = await open();
    const companions = [];
    for (let i = 0; i < instances; i++)
      companions.push(
        await place.companion({
          now: () => clock.now,
          webhooks: SECRETS,
          token: TOKEN,
          upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
          ...options,
        }),
      );
    const [companion] = companions;
    assert.ok(companion);
    const store = await place.store({ now: () => clock.now });
    return {
      upstream,
      companion,
      companions,
      store,
      clock,
      deliver: (request) => companion.fetch(request),
      drained: () => until(async () => (await queueDepth(store)).waiting === 0),
    };
  };
export const created = (uid = 'uid-1'): string => calBody('BOOKING_CREATED', uid, START);
export const createdAtCalendly = (): string => calendlyBody('invitee.created', 'ONE', START);
