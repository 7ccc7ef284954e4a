import assert from 'node:assert/strict';
import { after } from 'node:test';
import { JOB_LEASE_MS } from '../../src/server/durations.js';
import type { CompanionOptions } from '../../src/server/index.js';
import type { Store } from '../../src/server/store/store.js';
import { calBody, SECRETS } from './deliveries.js';
import { calSlots, fakeUpstream, type FakeUpstream } from './fake-upstream.js';
import type { Place } from './places.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const FIRST = Math.ceil(Date.now() / DAY) * DAY + DAY;

const upstreams: FakeUpstream[] = [];
after(async () => {
  for (const each of upstreams) await each.close();
});

/** When booking number `i` begins: three a day. */
export const startOf = (i: number): number => FIRST + Math.floor(i / 3) * DAY + (9 + (i % 3)) * HOUR;

const BOOKED = Date.now();

/** The delivery of booking number `i`, the same each time it is sent. */
export const bodyOf = (i: number): string => calBody('BOOKING_CREATED', `uid-${i}`, startOf(i), {}, BOOKED);

export const optionsFor = (place: Place, upstream: FakeUpstream): CompanionOptions => ({
  ...place.where,
  log: 'silent',
  webhooks: SECRETS,
  upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
});

export async function newUpstream(): Promise<FakeUpstream> {
  const upstream = await fakeUpstream((request) => calSlots(request));
  upstreams.push(upstream);
  return upstream;
}

interface AllTables {
  booking: { id: string; state: string; starts_at: number };
  job: { key: string; state: string };
  event: { topic: string; data: string };
}

/** Each of so many bookings is one row, was published to widgets, and its job is done, once. */
export async function assertAllThere(store: Store, count: number): Promise<void> {
  const db = store.tables<AllTables>();
  const numbers = Array.from({ length: count }, (_, i) => i);
  const bookings = await db.selectFrom('booking').select(['id', 'state', 'starts_at']).execute();
  const expected = numbers.map((i) => `uid-${i} accepted ${startOf(i)}`).sort();
  assert.deepEqual(bookings.map((row) => `${row.id} ${row.state} ${row.starts_at}`).sort(), expected);
  const jobs = await db.selectFrom('job').select('state').execute();
  assert.deepEqual(
    jobs.map(({ state }) => state),
    numbers.map(() => 'done'),
  );
  const events = await db.selectFrom('event').select('data').where('topic', '=', 'times-gone').execute();
  const published = new Set(events.map(({ data }) => (JSON.parse(data) as { start: number }).start));
  assert.deepEqual(
    [...published].sort((a, b) => a - b),
    numbers.map(startOf),
  );
}

export const available = (origin = 'http://companion.test'): Request =>
  new Request(
    `${origin}/v1/availability?${new URLSearchParams({
      src: 'https://cal.com/acme/30min',
      start: new Date(FIRST).toISOString(),
      end: new Date(FIRST + DAY).toISOString(),
    })}`,
  );

/** Another instance, for which whatever lease is over. */
export const heir = async (place: Place, upstream: FakeUpstream): Promise<void> => {
  await place.companion({ ...optionsFor(place, upstream), now: () => Date.now() + 2 * JOB_LEASE_MS });
};
