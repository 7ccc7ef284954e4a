import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Observation } from '../../src/server/bookings/booking.js';
import { record } from '../../src/server/bookings/bookings.js';
import { bookingMigrations, type BookingTables } from '../../src/server/bookings/schema.js';
import type { BookingSummary } from '../../src/server/bookings/summarize-bookings.js';
import { migrate } from '../../src/server/store/migrate.js';
import { openContext } from '../../src/server/open-context.js';
import { accountHealthReader, type AccountHealth } from '../../src/server/sync/account-health.js';
import { accountsOf } from '../../src/server/sync/accounts.js';
import { syncAccount } from '../../src/server/sync/sync-account.js';
import { calList } from './cal-bookings.js';
import { fakeUpstream } from './fake-upstream.js';
import { onEachEngine } from './places.js';

const NOW = Date.parse('2026-03-04T12:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const token = 'a-token-for-this-test';
const headers = { authorization: `Bearer ${token}` };

const booking = (id: string, more: Partial<Observation>): Observation => ({
  provider: 'cal',
  id,
  source: 'webhook',
  at: NOW,
  state: 'accepted',
  start: NOW + DAY,
  end: NOW + DAY + HOUR,
  eventType: '4711',
  slug: '30min',
  hosts: ['acme'],
  ...more,
});

onEachEngine('the summary of bookings', (open) => {
  it('counts by day of the owner’s zone what was booked, moved and cancelled, by event type and source', async () => {
    const place = await open();
    const companion = await place.companion({ token, now: () => NOW });
    const store = await place.store({ now: () => NOW });
    // 2 March, 23:30 UTC, is 3 March in Berlin.
    const late = Date.parse('2026-03-02T23:30:00Z');
    await record(store, [
      booking('a', { bookedAt: late }),
      booking('b', { source: 'sync', bookedAt: NOW - HOUR, hosts: ['other'] }),
      booking('c', { state: 'cancelled', bookedAt: NOW - 2 * DAY, overAt: NOW - HOUR }),
      booking('c', { source: 'sync', state: 'cancelled' }),
      booking('old', { state: 'cancelled', at: NOW - HOUR, movedTo: 'new', bookedAt: NOW - 30 * DAY }),
      booking('new', { movedFrom: 'old', bookedAt: NOW - HOUR }),
      booking('refused', { state: 'rejected', bookedAt: NOW - HOUR, eventType: '1', slug: '' }),
      booking('long-ago', { bookedAt: NOW - 40 * DAY }),
    ]);
    const query = 'from=2026-03-01T23:00:00Z&to=2026-03-04T23:00:00Z&timeZone=Europe/Berlin';
    const read = (more = '', own: object = headers): Promise<Response> =>
      companion.fetch(
        new Request(`http://companion.test/v1/bookings/summary?${query}${more}`, { headers: { ...own } }),
      );
    assert.equal((await read('', {})).status, 401);
    const summary = (await (await read()).json()) as BookingSummary;
    assert.deepEqual(summary, {
      v: 1,
      from: '2026-03-01T23:00:00.000Z',
      to: '2026-03-04T23:00:00.000Z',
      timeZone: 'Europe/Berlin',
      total: { booked: 4, moved: 1, cancelled: 2 },
      delivered: 3,
      synchronised: 1,
      days: [
        { at: '2026-03-01T23:00:00.000Z', booked: 1, moved: 0, cancelled: 0 },
        { at: '2026-03-02T23:00:00.000Z', booked: 1, moved: 0, cancelled: 0 },
        { at: '2026-03-03T23:00:00.000Z', booked: 2, moved: 1, cancelled: 2 },
      ],
      eventTypes: [
        {
          provider: 'cal',
          eventType: '4711',
          slug: '30min',
          hosts: ['acme', 'other'],
          booked: 3,
          moved: 1,
          cancelled: 1,
        },
        { provider: 'cal', eventType: '1', slug: '', hosts: ['acme'], booked: 1, moved: 0, cancelled: 1 },
      ],
    });
    const other = (await (await read('&provider=calendly')).json()) as BookingSummary;
    assert.deepEqual(other.total, { booked: 0, moved: 0, cancelled: 0 });
    assert.equal(((await (await read('&limit=1')).json()) as BookingSummary).eventTypes.length, 1);
    assert.equal((await read('&provider=nobody')).status, 400);
  });

  it('keeps the earliest moment at which a booking was over, in any order, also when it is synchronised again', async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const place = await open();
      const companion = await place.companion({ token, now: () => NOW });
      const store = await place.store({ now: () => NOW });
      const seen = [
        booking('a', { bookedAt: NOW - 3 * DAY, at: NOW - 3 * DAY }),
        booking('a', { state: 'cancelled', at: NOW - DAY }),
        booking('a', { source: 'sync', state: 'cancelled', overAt: NOW - 2 * HOUR }),
      ];
      for (const i of order) await record(store, seen.slice(i, i + 1));
      const url = 'http://companion.test/v1/bookings/summary?window=7d';
      const { days } = (await (
        await companion.fetch(new Request(url, { headers }))
      ).json()) as BookingSummary;
      const of = (day: string) => days.find(({ at }) => at.startsWith(day));
      assert.deepEqual([of('2026-03-03')?.cancelled, of('2026-03-04')?.cancelled], [1, 0]);
    }
  });
});

onEachEngine('a store of an earlier release', (open) => {
  it('has the moment of the delivery for bookings that were over already', async () => {
    const store = await (await open('nothing')).store({ now: () => NOW });
    const { 'bookings-3': latest, ...before } = bookingMigrations;
    assert.ok(latest);
    await migrate(store, before);
    const db = store.tables<BookingTables>();
    const names = {
      provider: 'cal',
      account: '',
      event_type: '',
      slug: '',
      moved_to: '',
      moved_from: '',
    } as const;
    await db
      .insertInto('booking')
      .values(
        (['cancelled', 'accepted'] as const).map((state) => ({
          ...names,
          id: state,
          state,
          heard_state: state,
          heard_at: NOW - DAY,
          seen_state: state,
          seen_at: NOW,
          hosts: '',
          organization: '',
          team: 'unknown' as const,
          shared: 0,
        })),
      )
      .execute();
    await migrate(store, bookingMigrations);
    const rows = await db.selectFrom('booking').select(['id', 'over_at']).orderBy('id').execute();
    assert.deepEqual(rows, [
      { id: 'accepted', over_at: null },
      { id: 'cancelled', over_at: NOW - DAY },
    ]);
  });
});

onEachEngine('the bookings of an account', (open) => {
  it('are counted as active, gone and delivered, with the latest of each kind', async () => {
    const upstream = await fakeUpstream(
      calList(
        [
          { uid: 'active', start: NOW + DAY },
          { uid: 'over', start: NOW - DAY },
          { uid: 'gone', start: NOW + DAY, status: 'cancelled', changed: NOW - 2 * HOUR },
          {
            uid: 'moved',
            start: NOW + DAY,
            status: 'cancelled',
            changed: NOW - 3 * HOUR,
            more: { rescheduledToUid: 'active' },
          },
        ],
        NOW - 9 * DAY,
      ),
    );
    const place = await open();
    const accounts = [
      { provider: 'cal' as const, key: 'cal_live_1', pages: ['https://cal.com'], api: upstream.origin },
      { provider: 'hubspot' as const, token: 'a-token', api: upstream.origin },
    ];
    const options = { token, now: () => NOW, upstreams: accounts };
    const context = await openContext({ ...place.where, ...options, log: 'silent' });
    try {
      const account = accountsOf(context)[0]?.sync;
      assert.ok(account);
      await syncAccount(context, account);
      await record(context.store, [
        booking('delivered', { bookedAt: NOW - HOUR, at: NOW - HOUR }),
        booking('active', { at: NOW - 5 * HOUR }),
      ]);
      const companion = await place.companion(options);
      const response = await companion.fetch(new Request('http://companion.test/v1/sync', { headers }));
      const { accounts: found } = (await response.json()) as { accounts: AccountHealth[] };
      assert.deepEqual(found[0]?.bookings, {
        active: 2,
        gone: 2,
        delivered: 2,
        last: { booked: NOW - HOUR, moved: NOW - 3 * HOUR, cancelled: NOW - 2 * HOUR, delivered: NOW - HOUR },
      });
      assert.equal(found[1]?.bookings, null);
    } finally {
      await context.close();
      await upstream.close();
    }
  });

  it('are counted again when a run has gone on, and otherwise twice a minute', async () => {
    const listed = [{ uid: 'one', start: NOW + DAY }];
    const upstream = await fakeUpstream((request, response) => calList(listed)(request, response));
    const place = await open();
    const clock = { store: NOW, monotonic: 0 };
    const context = await openContext({
      ...place.where,
      log: 'silent',
      now: () => clock.store,
      upstreams: [{ provider: 'cal', key: 'cal_live_1', pages: ['https://cal.com'], api: upstream.origin }],
    });
    try {
      const accounts = accountsOf(context);
      const account = accounts[0]?.sync;
      assert.ok(account);
      const read = accountHealthReader(context, accounts, () => clock.monotonic);
      const active = async (): Promise<number | undefined> => (await read())[0]?.bookings?.active;
      assert.equal(await active(), 0);
      await syncAccount(context, account);
      assert.equal(await active(), 1);
      await record(context.store, [booking('delivered', {})]);
      assert.equal(await active(), 1);
      clock.monotonic += 30_000;
      assert.equal(await active(), 2);
      listed.push({ uid: 'two', start: NOW + DAY });
      clock.store += 60_000;
      await syncAccount(context, account);
      assert.equal(await active(), 3);
    } finally {
      await context.close();
      await upstream.close();
    }
  });
});
