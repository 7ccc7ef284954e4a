import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, it } from 'node:test';
import { pino } from 'pino';
import type { Availability } from '../../src/protocol/availability.js';
import { enqueue, queueDepth } from '../../src/server/queue/jobs.js';
import { queueMigrations } from '../../src/server/queue/schema.js';
import { openWorker, type Worker } from '../../src/server/queue/worker.js';
import { leaseMigrations, takeLease } from '../../src/server/store/leases.js';
import { migrate } from '../../src/server/store/migrate.js';
import type { Store } from '../../src/server/store/store.js';
import { budgetMigrations } from '../../src/server/upstreams/budget-schema.js';
import { endCall, pauseAccount, takeCall, type CallDecision } from '../../src/server/upstreams/budget.js';
import { calSlots, fakeUpstream, json, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine, type Place } from './places.js';
import { until } from './until.js';

const DAY = 86_400_000;
const MINUTE = 60_000;
const upstreams: FakeUpstream[] = [];
const workers: Worker[] = [];
after(async () => {
  for (const worker of workers) await worker.stop();
  for (const each of upstreams) await each.close();
});

/** A wall clock that can be set, and a monotonic one that cannot. */
interface Clocks {
  wall: number;
  steady: number;
}

const pass = (clocks: Clocks, ms: number): void => {
  clocks.wall += ms;
  clocks.steady += ms;
};

async function storeWith(place: Place, clocks: Clocks): Promise<Store> {
  const store = await place.store({ now: () => clocks.wall });
  return { ...store, monotonic: () => clocks.steady };
}

onEachEngine('a clock that is set', (open) => {
  const START = Date.parse('2026-03-02T08:00:00Z');

  for (const [about, step] of [
    ['forward', DAY],
    ['back', -DAY],
  ] as const)
    it(`${about} by a day exceeds no budget in the minute around it, and takes nobody out for longer`, async () => {
      const clocks = { wall: START, steady: 0 };
      const store = await storeWith(await open(), clocks);
      await migrate(store, budgetMigrations);
      const take = (): Promise<CallDecision> =>
        takeCall(store, { account: 'a', who: 'w', budget: 8, atOnce: 100, longest: 4000 });
      const seen: number[] = [];
      for (let second = 0; second < 300; second += 4) {
        if (second === 100) clocks.wall += step;
        const grant = await take();
        if (grant.is === 'call') {
          seen.push(clocks.steady);
          await endCall(store, grant.call);
        }
        pass(clocks, 4000);
      }
      for (const at of seen) {
        const inMinute = seen.filter((one) => one >= at && one < at + MINUTE).length;
        assert.ok(inMinute <= 8, `${inMinute} calls within a minute`);
      }
      const afterwards = seen.filter((at) => at > 100_000 + 2 * MINUTE + 5000);
      assert.ok(afterwards.length >= 2, 'it goes on after a minute or two');
    });

  for (const isReplaced of [false, true])
    it(`forward by a day and right again exceeds no budget where processes are replaced ${isReplaced ? 'meanwhile' : 'afterwards'}`, async () => {
      const clocks = { wall: START, steady: 0 };
      const place = await open();
      const first = await storeWith(place, clocks);
      await migrate(first, budgetMigrations);
      const seen: number[] = [];
      async function use(store: Store): Promise<void> {
        for (let i = 0; i < 10; i++) {
          const { is, ...decision } = await takeCall(store, {
            account: 'a',
            who: 'w',
            budget: 8,
            atOnce: 100,
            longest: 4000,
          });
          if (is !== 'call' || !('call' in decision)) break;
          seen.push(clocks.steady);
          await endCall(store, decision.call);
        }
      }
      await use(first);
      pass(clocks, 5000);
      clocks.wall += DAY;
      await use(first);
      // One that begins now cannot know that the clock was set.
      await use(isReplaced ? await storeWith(place, clocks) : first);
      pass(clocks, 5000);
      clocks.wall -= DAY;
      const afterwards = await storeWith(place, clocks);
      for (let second = 10; second < 200; second += 5) {
        await use(afterwards);
        pass(clocks, 5000);
      }
      for (const at of seen) {
        const inMinute = seen.filter((one) => one >= at && one < at + MINUTE).length;
        assert.ok(inMinute <= 8, `${inMinute} calls within a minute`);
      }
      assert.ok(seen.length >= 16, 'it goes on');
    });

  it('back by a day keeps neither a breaker nor a pause for a day', async () => {
    const clocks = { wall: START, steady: 0 };
    const store = await storeWith(await open(), clocks);
    await migrate(store, budgetMigrations);
    const take = (account: string): Promise<CallDecision> =>
      takeCall(store, { account, who: 'w', budget: 100, atOnce: 100, longest: 4000 });
    for (let i = 0; i < 5; i++) {
      const grant = await take('broken');
      assert.ok(grant.is === 'call');
      await endCall(store, grant.call, 'timeout');
    }
    await pauseAccount(store, 'paused', 60_000);
    assert.equal((await take('broken')).is, 'open');
    assert.equal((await take('paused')).is, 'paused');
    clocks.wall -= DAY;
    assert.equal((await take('broken')).is, 'call', 'a trial');
    assert.equal((await take('paused')).is, 'call');
  });

  it('back by a day keeps no lease and no job from anybody', async () => {
    const clocks = { wall: START, steady: 0 };
    const place = await open();
    const store = await storeWith(place, clocks);
    await migrate(store, { ...leaseMigrations, ...queueMigrations });
    assert.ok(await takeLease(store, 'x', 'one', 10_000));
    await enqueue(store, [{ kind: 'test', key: 'a', data: null }]);
    let attempts = 0;
    const worker = openWorker(
      { store, instance: randomUUID(), log: pino({ level: 'silent' }) },
      {
        test: {
          batch: 1,
          handle: () => (++attempts === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve()),
        },
      },
    );
    workers.push(worker);
    worker.start();
    await until(async () => attempts === 1 && (await queueDepth(store)).underWay === 0);
    clocks.wall -= DAY;
    assert.ok(await takeLease(store, 'x', 'two', 10_000));
    worker.wake();
    await until(async () => (await queueDepth(store)).waiting === 0);
    assert.equal(attempts, 2);
  });

  it('back by a day makes no times fresh for a day: they are asked for again', async () => {
    const place = await open();
    let now = Date.now();
    const upstream = await fakeUpstream((request) => calSlots(request));
    upstreams.push(upstream);
    const companion = await place.companion({
      now: () => now,
      upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
    });
    const from = Math.ceil(now / DAY) * DAY + 2 * DAY;
    const ask = async (): Promise<Availability> => {
      const words = new URLSearchParams({
        src: 'https://cal.com/acme/30min',
        start: new Date(from).toISOString(),
        end: new Date(from + DAY).toISOString(),
      });
      const answer = await companion.fetch(new Request(`http://companion.test/v1/availability?${words}`));
      assert.equal(answer.status, 200);
      return (await answer.json()) as Availability;
    };
    assert.equal((await ask()).slots.length, 3);
    now -= DAY;
    upstream.talk = () => json({ status: 'success', data: {} });
    assert.equal((await ask()).slots.length, 0);
    now += 30_000;
    await ask();
    assert.equal(upstream.arrived.length, 2, 'and what was answered now is fresh now');
  });
});
