import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BELIEVED_AFTER_MS } from '../../src/server/durations.js';
import type { Booking, Observation } from '../../src/server/bookings/booking.js';
import { countBookings, findBooking, record } from '../../src/server/bookings/bookings.js';
import { merge, statusOf } from '../../src/server/bookings/merge.js';
import { bookingMigrations } from '../../src/server/bookings/schema.js';
import { migrate } from '../../src/server/store/migrate.js';
import { onEachEngine } from './places.js';

const HOUR = 3_600_000;
const NINE = Date.parse('2026-03-05T09:00:00Z');
const TEN = NINE + HOUR;

const delivered = (
  at: number,
  state: Observation['state'],
  more: Partial<Observation> = {},
): Observation => ({
  provider: 'cal',
  id: 'uid',
  source: 'webhook',
  at,
  state,
  start: NINE,
  end: TEN,
  ...more,
});
const seen = (at: number, state: Observation['state'], more: Partial<Observation> = {}): Observation => ({
  ...delivered(at, state, more),
  source: 'sync',
});

const withoutTimes = ({ start: _, end: __, ...rest }: Observation): Observation => rest;

function* orders<One>(all: readonly One[]): Generator<One[]> {
  if (all.length === 0) yield [];
  for (const [i, one] of all.entries())
    for (const rest of orders([...all.slice(0, i), ...all.slice(i + 1)])) yield [one, ...rest];
}

const after = (observations: readonly Observation[]): Booking => {
  let booking: Booking | null = null;
  for (const observation of observations) booking = merge(booking, observation);
  assert.ok(booking);
  return booking;
};

describe('what was delivered and listed of a booking', () => {
  const cases: readonly [about: string, observations: Observation[], state: string, start?: number][] = [
    ['booked', [delivered(1, 'accepted')], 'accepted'],
    ['asked for, then confirmed', [delivered(1, 'pending'), delivered(2, 'accepted')], 'accepted'],
    ['asked for, then rejected', [delivered(1, 'pending'), delivered(2, 'rejected')], 'rejected'],
    ['booked, then cancelled', [delivered(1, 'accepted'), delivered(2, 'cancelled')], 'cancelled'],
    [
      'cancelled, while word of the booking was sent late',
      [delivered(9, 'accepted'), delivered(2, 'cancelled')],
      'cancelled',
    ],
    [
      'moved away, known from the new one alone',
      [withoutTimes(delivered(3, 'cancelled', { movedTo: 'new' }))],
      'cancelled',
    ],
    ['seen, then cancelled', [seen(1, 'accepted'), delivered(2, 'cancelled')], 'cancelled'],
    [
      'cancelled, then seen by a list that lags',
      [delivered(1, 'cancelled'), seen(2, 'accepted')],
      'cancelled',
    ],
    [
      'one of several seats cancelled: the API still has it',
      [delivered(1, 'accepted'), delivered(2, 'cancelled'), seen(2 + BELIEVED_AFTER_MS, 'accepted')],
      'accepted',
    ],
    ['cancelled without word of it', [delivered(1, 'accepted'), seen(2, 'cancelled')], 'cancelled'],
    ['seen twice', [seen(1, 'accepted'), seen(2, 'cancelled'), delivered(1, 'accepted')], 'cancelled'],
    [
      'put at another time under the same id',
      [
        delivered(1, 'accepted'),
        delivered(2, 'accepted', { start: TEN, end: TEN + HOUR }),
        seen(1, 'accepted'),
      ],
      'accepted',
      TEN,
    ],
    [
      'stamped alike with different times',
      [
        delivered(1, 'accepted', { end: TEN + HOUR }),
        delivered(1, 'accepted'),
        seen(1, 'pending', { start: NINE - HOUR }),
      ],
      'accepted',
      NINE,
    ],
  ];
  for (const [about, observations, state, start = NINE] of cases)
    it(`comes to one row in any order and however often: ${about}`, () => {
      const [first] = orders(observations);
      assert.ok(first);
      const expected = after(first);
      assert.equal(statusOf(expected).state, state);
      if (about !== 'moved away, known from the new one alone') assert.equal(statusOf(expected).start, start);
      for (const order of orders([...observations, ...observations.slice(0, 2)]))
        assert.deepEqual(after(order), expected);
    });

  it('keeps every fact that one of them had', () => {
    const all = [
      delivered(5, 'accepted', {
        slug: '30min',
        eventType: '7',
        bookedAt: 5,
        movedFrom: 'old',
        hosts: ['nora'],
        team: 'no',
      }),
      seen(6, 'accepted', { account: 'cal-1', eventType: '7', bookedAt: 4, hosts: ['ada'], unsureAt: 8 }),
      delivered(7, 'cancelled', { movedTo: 'next', team: 'yes', isShared: true, unsureAt: 2 }),
    ];
    for (const order of orders(all))
      assert.deepEqual(after(order), {
        provider: 'cal',
        id: 'uid',
        account: 'cal-1',
        eventType: '7',
        slug: '30min',
        bookedAt: 4,
        overAt: 7,
        movedFrom: 'old',
        movedTo: 'next',
        hosts: ['ada', 'nora'],
        organization: '',
        team: 'yes',
        isShared: true,
        unsureAt: 8,
        delivered: { state: 'cancelled', at: 7 },
        seen: { state: 'accepted', at: 6 },
        span: { start: NINE, end: TEN, at: 7 },
      });
  });
});

onEachEngine('bookings', (open) => {
  it('are one row each, written by three instances at once in different orders', async () => {
    const place = await open();
    const stores = await Promise.all([1, 2, 3].map(() => place.store()));
    const [store] = stores;
    assert.ok(store);
    await migrate(store, bookingMigrations);
    const ids = Array.from({ length: 20 }, (_, i) => `uid-${i}`);
    const all = ids.flatMap((id) => [
      delivered(1, 'accepted', { id, slug: '30min' }),
      delivered(3, 'cancelled', { id, movedTo: `next of ${id}` }),
      seen(2, 'accepted', { id, account: 'cal-1', bookedAt: 1 }),
    ]);
    await Promise.all(
      stores.flatMap((each, i) =>
        [0, 1, 2, 3].map((part) => {
          const mine = all.filter((_, n) => n % 4 === (part + i) % 4);
          return record(each, i === 1 ? mine.reverse() : mine);
        }),
      ),
    );
    for (const id of ids)
      assert.deepEqual(await findBooking(store, 'cal', id), after(all.filter((one) => one.id === id)));
    const [{ rows } = { rows: 0 }] = await store
      .tables<{ booking: { id: string } }>()
      .selectFrom('booking')
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .execute();
    assert.equal(rows, 20);
  });

  it('say which event types are popular, by the bookings that were kept', async () => {
    const store = await (await open()).store();
    await migrate(store, bookingMigrations);
    const booked = (id: string, slug: string, bookedAt: number): Observation =>
      delivered(1, 'accepted', { id, slug, eventType: slug === '30min' ? '7' : '8', bookedAt });
    await record(store, [
      booked('a', '30min', 100),
      booked('b', '30min', 200),
      booked('c', '30min', 50),
      booked('d', '15min', 300),
    ]);
    await record(store, [
      { ...booked('e', '15min', 300), state: 'cancelled' },
      { ...booked('f', '15min', 300), state: 'rejected' },
      { ...booked('g', '15min', 300), state: 'cancelled', movedTo: 'd' },
    ]);
    const counted = await countBookings(store, { since: 100 });
    assert.deepEqual(
      counted.map(({ provider, eventType, slug, bookings }) => ({ provider, eventType, slug, bookings })),
      [
        { provider: 'cal', eventType: '7', slug: '30min', bookings: 2 },
        { provider: 'cal', eventType: '8', slug: '15min', bookings: 1 },
      ],
    );
    assert.equal((await countBookings(store, { since: 100, least: 2 })).length, 1);
  });
});
