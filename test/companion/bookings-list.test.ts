import assert from 'node:assert/strict';
import { CompiledQuery } from 'kysely';
import { it } from 'node:test';
import type { Observation } from '../../src/server/bookings/booking.js';
import { record } from '../../src/server/bookings/bookings.js';
import {
  listQuery,
  type BookingFilter,
  type ListedBooking,
} from '../../src/server/bookings/list-bookings.js';
import type { Companion } from '../../src/server/index.js';
import type { Store } from '../../src/server/store/store.js';
import { queueDepth } from '../../src/server/queue/jobs.js';
import { calBody, SECRETS, signedByCal } from './deliveries.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const token = 'a-token-for-this-test';
const iso = (at: number): string => new Date(at).toISOString();

interface Page {
  readonly bookings: readonly ListedBooking[];
  readonly next: string | null;
}

const get = (companion: Companion, query = '', headers: object = { authorization: `Bearer ${token}` }) =>
  companion.fetch(new Request(`http://companion.test/v1/bookings${query}`, { headers: { ...headers } }));

async function list(companion: Companion, query: Readonly<Record<string, string>> = {}): Promise<Page> {
  const response = await get(companion, `?${new URLSearchParams(query)}`);
  assert.equal(response.status, 200);
  return (await response.json()) as Page;
}

const ids = ({ bookings }: Page): string[] => bookings.map(({ id }) => id);

const booking = (id: string, start: number, more: Partial<Observation> = {}): Observation => ({
  provider: 'cal',
  id,
  source: 'sync',
  at: NOW,
  state: 'accepted',
  start,
  end: start + HOUR,
  account: 'cal-1',
  eventType: '4711',
  ...more,
});

/** How the engine answers a query. */
async function planOf(store: Store, filter: BookingFilter): Promise<string> {
  const { sql, parameters } = listQuery(
    store,
    filter,
    { start: filter.from, provider: 'cal', id: 'a' },
    100,
  ).compile();
  const words = store.engine === 'embedded' ? 'explain query plan' : 'explain';
  const { rows } = await store.tables().executeQuery(CompiledQuery.raw(`${words} ${sql}`, [...parameters]));
  return JSON.stringify(rows);
}

onEachEngine('`GET /v1/bookings`', (open) => {
  it('lists what was delivered and synchronised to the owner alone, with nothing of any attendee', async () => {
    const place = await open();
    const companion = await place.companion({ token, webhooks: SECRETS, now: () => NOW });
    const delivery = calBody('BOOKING_CREATED', 'delivered', NOW + DAY, { organizer: { username: 'Acme' } });
    assert.equal((await companion.fetch(signedByCal(delivery))).status, 202);
    const store = await place.store({ now: () => NOW });
    await until(async () => (await queueDepth(store)).waiting === 0);
    await record(store, [
      booking('moved', NOW + 2 * DAY, {
        state: 'cancelled',
        movedTo: 'next',
        bookedAt: NOW - DAY,
        overAt: NOW - HOUR,
      }),
    ]);
    assert.equal((await get(companion, '', {})).status, 401);
    const response = await get(companion);
    assert.match(response.headers.get('cache-control') ?? '', /private, no-store/);
    const text = await response.text();
    assert.doesNotMatch(text, /personal|grace|ada/i);
    assert.deepEqual(JSON.parse(text), {
      v: 1,
      bookings: [
        {
          provider: 'cal',
          id: 'delivered',
          account: '',
          eventType: '4711',
          slug: '30min',
          hosts: ['acme'],
          start: iso(NOW + DAY),
          end: iso(NOW + DAY + HOUR),
          status: 'accepted',
          bookedAt: iso(NOW),
          overAt: null,
          movedTo: '',
          movedFrom: '',
          delivered: true,
          synchronised: false,
        },
        {
          provider: 'cal',
          id: 'moved',
          account: 'cal-1',
          eventType: '4711',
          slug: '',
          hosts: [],
          start: iso(NOW + 2 * DAY),
          end: iso(NOW + 2 * DAY + HOUR),
          status: 'cancelled',
          bookedAt: iso(NOW - DAY),
          overAt: iso(NOW - HOUR),
          movedTo: 'next',
          movedFrom: '',
          delivered: false,
          synchronised: true,
        },
      ],
      next: null,
    });
  });

  it('filters by range, status, provider and event type', async () => {
    const place = await open();
    const companion = await place.companion({ token, now: () => NOW });
    const store = await place.store({ now: () => NOW });
    const uri = 'https://api.calendly.com/event_types/AAA';
    await record(store, [
      booking('past', NOW - DAY),
      booking('soon', NOW + DAY),
      booking('over', NOW + 2 * DAY, { state: 'cancelled' }),
      booking('other-type', NOW + 3 * DAY, { eventType: '1' }),
      booking('of-calendly', NOW + 4 * DAY, { provider: 'calendly', eventType: uri }),
      booking('late', NOW + 31 * DAY),
    ]);
    assert.deepEqual(ids(await list(companion)), ['soon', 'over', 'other-type', 'of-calendly']);
    for (const [query, found] of [
      [{ from: iso(NOW - 2 * DAY), to: iso(NOW) }, ['past']],
      [{ from: iso(NOW + DAY), to: iso(NOW + DAY + 1) }, ['soon']],
      [{ from: iso(NOW), to: iso(NOW + DAY) }, []],
      [{ from: iso(NOW + 31 * DAY) }, ['late']],
      [{ status: 'cancelled' }, ['over']],
      [{ status: 'pending' }, []],
      [{ provider: 'calendly' }, ['of-calendly']],
      [{ eventType: uri }, ['of-calendly']],
      [{ provider: 'cal', eventType: '4711', status: 'accepted' }, ['soon']],
    ] as const)
      assert.deepEqual(ids(await list(companion, query)), found, JSON.stringify(query));
  });

  it('comes page by page, each booking once, also where many begin at the same moment', async () => {
    const place = await open();
    const companion = await place.companion({ token, now: () => NOW });
    const store = await place.store({ now: () => NOW });
    const all = Array.from({ length: 25 }, (_, i) =>
      booking(`id-${String(i).padStart(2, '0')}`, NOW + DAY + Math.floor(i / 10) * HOUR, {
        provider: i % 2 === 0 ? 'cal' : 'calendly',
      }),
    );
    await record(store, all);
    const found: string[] = [];
    let pages = 0;
    for (let cursor: string | null = ''; cursor !== null; pages++) {
      const page: Page = await list(companion, { limit: '4', cursor });
      assert.ok(page.bookings.length <= 4);
      found.push(...ids(page));
      cursor = page.next;
    }
    assert.equal(pages, 7);
    assert.deepEqual(
      [...found].sort(),
      all.map(({ id }) => id),
    );
    const whole = await list(companion);
    assert.deepEqual(found, ids(whole));
  });

  it('refuses parameters that mean nothing, by name', async () => {
    const companion = await (await open()).companion({ token });
    for (const [query, code] of [
      ['from=yesterday', 'bad-instant'],
      ['from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z', 'bad-range'],
      ['status=gone', 'bad-status'],
      ['provider=hubspot', 'bad-provider'],
      ['limit=501', 'bad-limit'],
      ['cursor=x', 'bad-cursor'],
      [`cursor=${Buffer.from('[1,"cal"]').toString('base64url')}`, 'bad-cursor'],
    ] as const) {
      const response = await get(companion, `?${query}`);
      assert.equal(response.status, 400, query);
      assert.equal(((await response.json()) as { code: string }).code, code);
    }
  });

  it('is read from an index in its order, for all event types and for one', async () => {
    const place = await open();
    await (await place.companion()).close(); // makes the tables
    const store = await place.store({ now: () => NOW });
    const many = Array.from({ length: 3000 }, (_, i) =>
      booking(`id-${i}`, NOW + i * HOUR, { eventType: String(i % 3) }),
    );
    for (let i = 0; i < many.length; i += 500) await record(store, many.slice(i, i + 500));
    await store.tables().executeQuery(CompiledQuery.raw('analyze'));
    const range = { from: NOW + DAY, to: NOW + 100 * DAY };
    for (const [filter, index] of [
      [range, 'booking_range'],
      [{ ...range, status: 'accepted' }, 'booking_range'],
      [{ ...range, provider: 'cal', eventType: '1' }, 'booking_listed'],
      [{ ...range, provider: 'cal', eventType: '1', status: 'accepted' }, 'booking_listed'],
    ] as const) {
      const plan = await planOf(store, filter);
      assert.match(plan, new RegExp(index), plan);
      assert.doesNotMatch(plan, /SCAN booking"|Seq Scan|TEMP B-TREE|-> +(Incremental )?Sort/, plan);
    }
  });
});
