import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { enqueue, isGivenUpInRow, keepFailed } from '../../src/server/queue/jobs.js';
import { openWorker } from '../../src/server/queue/worker.js';
import type { Status } from '../../src/server/status.js';
import { DeliveryTallies } from '../../src/server/webhooks/delivery-tallies.js';
import { deliverySilences } from '../../src/server/webhooks/silence.js';
import { calBody, SECRETS, signedByCal } from './deliveries.js';
import { calSlots, fakeUpstream, json, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-03-02T08:00:00Z');
const token = 'a-token-for-this-test';
const headers = { authorization: `Bearer ${token}` };

onEachEngine('figures that alerts are judged by', (open) => {
  const closing: FakeUpstream[] = [];
  after(async () => {
    for (const each of closing) await each.close();
  });

  it('say how many slots came from the cache in the last hour, all instances together', async () => {
    const upstream = await fakeUpstream((request) => calSlots(request));
    closing.push(upstream);
    const clock = { now: NOW };
    const place = await open();
    const options = {
      token,
      now: () => clock.now,
      upstreams: [{ provider: 'cal' as const, pages: ['https://cal.com/acme'], api: upstream.origin }],
    };
    const [one, other] = [await place.companion(options), await place.companion(options)];
    const answersOf = async (): Promise<Status['answers']> => {
      const response = await other.fetch(new Request('http://companion.test/v1/status', { headers }));
      return ((await response.json()) as Status).answers;
    };
    assert.equal((await answersOf()).hitShare, null);
    for (const [page, companion] of [
      ['acme/30min', one],
      ['acme/30min', one],
      ['acme/30min', other],
      ['nobody/30min', other],
    ] as const)
      await companion.fetch(new Request(`http://companion.test/v1/availability?src=https://cal.com/${page}`));
    await one.close(); // stores what it has counted
    const { times, ...counts } = await answersOf();
    assert.deepEqual(counts, { hit: 2, miss: 1, stale: 0, failed: 1, hitShare: 2 / 3 });
    assert.deepEqual(Object.keys(times).sort(), ['failed', 'hit', 'miss']);
    clock.now += 2 * HOUR;
    assert.equal((await answersOf()).hit, 0);
  });

  it('count responses 429 of a day', async () => {
    const upstream = await fakeUpstream(() => json({}, { status: 429, headers: { 'retry-after': '1' } }));
    closing.push(upstream);
    const clock = { now: NOW };
    const companion = await (
      await open()
    ).companion({
      token,
      now: () => clock.now,
      upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
    });
    const limited = async (): Promise<number | undefined> => {
      const response = await companion.fetch(new Request('http://companion.test/v1/status', { headers }));
      return ((await response.json()) as Status).upstreams[0]?.calls.rateLimitedInDay;
    };
    for (const event of ['a', 'b', 'c']) {
      await companion.fetch(
        new Request(`http://companion.test/v1/availability?src=https://cal.com/acme/${event}`),
      );
      clock.now += 7 * HOUR;
    }
    assert.equal(upstream.arrived.length, 3);
    assert.equal(await limited(), 3);
    clock.now += 6 * HOUR;
    assert.equal(await limited(), 2);
  });

  it('know the latest jobs that were given up with none done between them', async () => {
    const place = await open();
    await (await place.companion()).close(); // makes the tables
    const clock = { now: NOW };
    const store = await place.store({ now: () => clock.now });
    const giveUp = async (key: string): Promise<void> => {
      clock.now += 1000;
      await keepFailed(store, { kind: 'webhook', key, data: null }, 'no use');
    };
    assert.equal(await isGivenUpInRow(store, 3), false);
    for (const key of ['a', 'b']) await giveUp(key);
    assert.equal(await isGivenUpInRow(store, 3), false, 'two are not three');
    await giveUp('c');
    assert.equal(await isGivenUpInRow(store, 3), true);
    clock.now += 1000;
    await enqueue(store, [{ kind: 'good', key: 'd', data: null }]);
    const warn = (): void => undefined;
    const worker = openWorker(
      { store, instance: 'one', log: { warn, error: warn } as never },
      { good: { batch: 1, handle: () => Promise.resolve() } },
    );
    worker.start();
    await until(async () => !(await isGivenUpInRow(store, 3)));
    await worker.stop();
  });

  it('know how long deliveries are usually silent, from those of the last month', async () => {
    const clock = { now: NOW };
    const place = await open();
    await (await place.companion()).close(); // makes the tables
    const store = await place.store({ now: () => clock.now });
    const tallies = new DeliveryTallies(store);
    for (const hours of [800, 1, 1, 2, 60, 1, 1, 1, 1, 1, 1]) {
      clock.now += hours * HOUR;
      tallies.add('cal', 'BOOKING_CREATED');
      await tallies.flush();
      tallies.add('cal', 'BOOKING_CANCELLED');
      await tallies.flush();
    }
    tallies.add('calendly', 'invitee.created');
    await tallies.flush();
    clock.now += 71 * HOUR;
    assert.deepEqual(await deliverySilences(store), [
      { provider: 'cal', silent: 70 * HOUR, usual: 60 * HOUR },
      { provider: 'calendly', silent: 70 * HOUR, usual: null },
    ]);
    clock.now += 31 * 24 * HOUR;
    assert.deepEqual(await deliverySilences(store), []);
  });

  it('come of real deliveries, and of a backlog, which the health names while it is well', async () => {
    const place = await open();
    const companion = await place.companion({ webhooks: SECRETS });
    const start = Date.now() + 24 * HOUR;
    assert.equal((await companion.fetch(signedByCal(calBody('BOOKING_CREATED', 'a', start)))).status, 202);
    const health = async (): Promise<unknown> => {
      const response = await companion.fetch(new Request('http://companion.test/healthz'));
      assert.equal(response.status, 200);
      return response.json();
    };
    const store = await place.store();
    const fill = (from: number, to: number): Promise<number> =>
      enqueue(
        store,
        Array.from({ length: to - from }, (_, i) => ({
          kind: 'nobody-does-it',
          key: String(from + i),
          data: null,
        })),
      );
    await fill(0, 99);
    await until(async () => !JSON.stringify(await health()).includes('backlog'));
    assert.deepEqual(await health(), { healthy: true });
    await fill(99, 100);
    assert.deepEqual(await health(), { healthy: true, warnings: ['backlog'] });
    await companion.close();
    const [silence] = await deliverySilences(store);
    assert.equal(silence?.provider, 'cal');
  });
});
