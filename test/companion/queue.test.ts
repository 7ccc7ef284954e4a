import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, it } from 'node:test';
import { pino } from 'pino';
import { RETRY_AFTER_MS, JOBS_KEPT_MS, JOB_LEASE_MS } from '../../src/server/durations.js';
import {
  enqueue,
  failedJobs,
  keepFailed,
  queueDepth,
  removeOldJobs,
  retryFailed,
  type FailedJob,
  type QueueDepth,
} from '../../src/server/queue/jobs.js';
import { queueMigrations, type JobTables } from '../../src/server/queue/schema.js';
import { openWorker, type JobKind, type Worker } from '../../src/server/queue/worker.js';
import { migrate } from '../../src/server/store/migrate.js';
import type { Store } from '../../src/server/store/store.js';
import { WEBHOOK } from '../../src/server/webhooks/webhook-jobs.js';
import { onEachEngine, type Place } from './places.js';
import { until } from './until.js';

const workers: Worker[] = [];
const log = pino({ level: 'silent' });
const ends: (() => void)[] = [];

const jobs = (count: number, kind = 'test', first = 0): { kind: string; key: string; data: unknown }[] =>
  Array.from({ length: count }, (_, i) => ({ kind, key: `key ${first + i}`, data: { number: first + i } }));

const numbers = (given: readonly { data: unknown }[]): number[] =>
  given.map(({ data }) => (data as { number: number }).number);

onEachEngine('the queue', (open) => {
  after(async () => {
    ends.splice(0).forEach((end) => end());
    for (const worker of workers.splice(0)) await worker.stop();
  });

  async function scene(): Promise<{
    clock: { now: number };
    place: Place;
    store: Store;
    worker: (handle: JobKind['handle'], batch?: number) => Promise<Worker>;
  }> {
    const clock = { now: 5_000_000_000 };
    const place = await open();
    const another = (): Promise<Store> => place.store({ now: () => clock.now });
    const store = await another();
    await migrate(store, queueMigrations);
    return {
      clock,
      place,
      store,
      async worker(handle, batch = 10) {
        const worker = openWorker(
          { store: await another(), instance: randomUUID(), log },
          { test: { batch, handle }, other: { batch, handle } },
        );
        workers.push(worker);
        worker.start();
        return worker;
      },
    };
  }

  const empty = (store: Store) => async (): Promise<boolean> => (await queueDepth(store)).waiting === 0;

  it('takes a job once, also when it is added again, also when it is done', async () => {
    const { store, worker } = await scene();
    assert.equal(await enqueue(store, jobs(3)), 3);
    assert.equal(await enqueue(store, jobs(4)), 1);
    const done: number[] = [];
    const one = await worker((batch) => {
      done.push(...numbers(batch));
      return Promise.resolve();
    });
    await until(empty(store));
    assert.equal(await enqueue(store, jobs(4)), 0);
    one.wake();
    await until(empty(store));
    assert.deepEqual(done, [0, 1, 2, 3]);
  });

  it('is emptied by three instances together, each job done by one of them, in batches of a kind', async () => {
    const { store, worker } = await scene();
    await enqueue(store, [...jobs(100), ...jobs(20, 'other', 100)]);
    const batches: (readonly { kind: string; data: unknown }[])[] = [];
    for (let i = 0; i < 3; i++)
      await worker((batch) => {
        batches.push(batch);
        return Promise.resolve();
      });
    await until(empty(store));
    const all = batches.flatMap(numbers).sort((a, b) => a - b);
    assert.deepEqual(
      all,
      Array.from({ length: 120 }, (_, i) => i),
    );
    assert.ok(batches.length < 20, 'similar ones go together');
    for (const batch of batches) assert.equal(new Set(batch.map(({ kind }) => kind)).size, 1);
  });

  it('does a job again without counting a try when the store was out meanwhile', async () => {
    const { store, worker } = await scene();
    await enqueue(store, jobs(1));
    const tried: number[] = [];
    const one = await worker((batch) => {
      tried.push(...batch.map(({ attempts }) => attempts));
      const isFirst = tried.length === batch.length;
      // The clock of the store stands still: neither a lease nor a retry delay runs out.
      return isFirst
        ? Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))
        : Promise.resolve();
    });
    await until(() => {
      one.wake();
      return empty(store)();
    });
    assert.deepEqual(tried, [0, 0]);
  });

  it('tries again after 5, 10 and 20 seconds, then keeps the job for inspection', async () => {
    const { store, clock, worker } = await scene();
    await enqueue(store, jobs(1));
    const tried: number[] = [];
    const one = await worker(([job]) => {
      tried.push(clock.now);
      assert.equal(job?.attempts, tried.length - 1);
      return Promise.reject(new Error('no use'));
    });
    const begun = clock.now;
    for (const [attempt, pause] of RETRY_AFTER_MS.entries()) {
      await until(async () => tried.length === attempt + 1 && (await queueDepth(store)).underWay === 0);
      clock.now += pause - 1;
      one.wake();
      assert.equal(tried.length, attempt + 1);
      clock.now += 1;
      one.wake();
    }
    await until(empty(store));
    assert.deepEqual(
      tried.map((at) => at - begun),
      [0, 5000, 15_000, 35_000],
    );
    const [failed] = await failedJobs(store);
    assert.deepEqual(
      { ...failed, id: 0 },
      {
        id: 0,
        kind: 'test',
        key: 'key 0',
        data: { number: 0 },
        attempts: 4,
        error: 'no use',
        createdAt: begun,
        failedAt: begun + 35_000,
      },
    );
    assert.deepEqual(await queueDepth(store), { waiting: 0, underWay: 0, failed: 1, oldest: 0 });

    assert.equal(await retryFailed(store), 1);
    one.wake();
    await until(() => tried.length === 5);
  });

  it('is looked into and tried again by its owner', async () => {
    const { store, clock, place } = await scene();
    const token = 'a-token-for-this-test';
    const companion = await place.companion({ token, now: () => clock.now });
    async function ask<Answer>(path: string, method = 'GET'): Promise<Answer> {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await companion.fetch(new Request(`http://companion.test${path}`, { method, headers }));
      assert.equal(answer.status, 200);
      return (await answer.json()) as Answer;
    }
    const again = (): Promise<{ retried: number }> => ask('/v1/queue/retry', 'POST');
    const read = (): Promise<QueueDepth & { jobs: FailedJob[] }> => ask('/v1/queue');
    await keepFailed(store, { kind: WEBHOOK, key: 'unreadable', data: {} }, 'no use');
    await enqueue(store, [{ kind: WEBHOOK, key: 'bad', data: { observations: [null] } }]);
    for (const [i, pause] of [0, ...RETRY_AFTER_MS].entries()) {
      // Asked before the job is due: after it, the worker may have given it up before the request arrives.
      assert.deepEqual(await again(), { retried: 0 });
      clock.now += pause;
      await until(async () => {
        const [job] = await store
          .tables<JobTables>()
          .selectFrom('job')
          .select('attempts')
          .where('key', '=', 'bad')
          .execute();
        return job?.attempts === i + 1;
      });
    }
    const { waiting, failed, jobs: given } = await read();
    assert.deepEqual([waiting, failed], [0, 2]);
    assert.deepEqual(
      given.map(({ key, attempts }) => [key, attempts]),
      [
        ['bad', 4],
        ['unreadable', 0],
      ],
    );

    // The cause has been corrected; what cannot be read at all stays where it is.
    await store
      .tables<JobTables>()
      .updateTable('job')
      .set({ data: JSON.stringify({ observations: [] }) })
      .where('key', '=', 'bad')
      .execute();
    assert.deepEqual(await again(), { retried: 1 });
    await until(empty(store));
    assert.deepEqual(
      (await read()).jobs.map(({ key }) => key),
      ['unreadable'],
    );
    assert.deepEqual(await again(), { retried: 0 });
  });

  it('does not let one bad job keep the others of its batch', async () => {
    const { store, worker } = await scene();
    await enqueue(store, jobs(5));
    const done: number[] = [];
    await worker((batch) => {
      if (numbers(batch).includes(2)) return Promise.reject(new Error('two'));
      done.push(...numbers(batch));
      return Promise.resolve();
    });
    await until(async () => done.length === 4 && (await queueDepth(store)).waiting === 1);
    assert.deepEqual(done, [0, 1, 3, 4]);
  });

  it('gives the jobs of one who died to another when its lease is over, and not before', async () => {
    const { store, clock, worker } = await scene();
    await enqueue(store, jobs(2));
    let begun = 0;
    let finish = (): void => undefined;
    await worker(() => {
      begun++;
      return new Promise((resolve) => {
        finish = resolve;
        ends.push(resolve);
      });
    });
    await until(() => begun === 1);
    const done: number[] = [];
    const second = await worker((batch) => {
      done.push(...numbers(batch));
      return Promise.resolve();
    });
    clock.now += JOB_LEASE_MS - 1;
    second.wake();
    assert.equal((await queueDepth(store)).underWay, 2);
    assert.deepEqual(done, []);
    clock.now += 1;
    second.wake();
    await until(empty(store));
    assert.deepEqual(done, [0, 1]);
    // The first was only asleep: what it thinks it has finished is not its own any more.
    finish();
    assert.equal(await enqueue(store, jobs(2)), 0);
    assert.equal((await failedJobs(store)).length, 0);
  });

  it('counts nothing as tried while the store is out, and goes on when it is back', async () => {
    const { store, clock } = await scene();
    await enqueue(store, jobs(2));
    let isOut = false;
    const out = new Error('the store is out');
    const shaky: Store = {
      ...store,
      tables: () => {
        if (isOut) throw out;
        return store.tables();
      },
      exclusive: (lock, work) => (isOut ? Promise.reject(out) : store.exclusive(lock, work)),
    };
    let attempts = 0;
    const given: number[] = [];
    const one = openWorker(
      { store: shaky, instance: randomUUID(), log },
      {
        test: {
          batch: 10,
          handle: (batch) => {
            given.push(...batch.map((job) => job.attempts));
            // The store goes while it is at work: not even the failure can be written.
            if (++attempts === 1) isOut = true;
            return isOut ? Promise.reject(out) : Promise.resolve();
          },
        },
      },
    );
    workers.push(one);
    one.start();
    await until(() => attempts === 2);
    one.wake();
    assert.equal((await queueDepth(store)).waiting, 2);
    assert.deepEqual(await failedJobs(store), []);
    isOut = false;
    clock.now += JOB_LEASE_MS;
    one.wake();
    await until(empty(store));
    assert.ok(given.every((before) => before === 0));
  });

  it('says how much there is to do, and since when', async () => {
    const { store, clock } = await scene();
    assert.deepEqual(await queueDepth(store), { waiting: 0, underWay: 0, failed: 0, oldest: 0 });
    await enqueue(store, jobs(2));
    clock.now += 1500;
    await enqueue(store, jobs(3));
    assert.deepEqual(await queueDepth(store), { waiting: 3, underWay: 0, failed: 0, oldest: 1500 });
  });

  it('forgets what was done after 30 days, and keeps what is still to do', async () => {
    const { store, clock, worker } = await scene();
    await enqueue(store, jobs(1));
    const one = await worker(() => Promise.resolve());
    await until(empty(store));
    await one.stop();
    await enqueue(store, jobs(2));
    clock.now += JOBS_KEPT_MS;
    await removeOldJobs(store);
    assert.equal(await enqueue(store, jobs(1)), 0, 'remembered for 30 days');
    clock.now += 1;
    await removeOldJobs(store);
    assert.equal(await enqueue(store, jobs(1)), 1);
    assert.equal((await queueDepth(store)).waiting, 2);
  });

  it('gives up only the job that its process does not survive alone, and none that was merely beside it', async () => {
    const { store, clock, worker } = await scene();
    await enqueue(store, jobs(5));
    // A process that dies over number 2, and whose lease runs out: once with all five, then with each by itself.
    const begun: number[][] = [];
    for (let death = 0; death < 30 && (await queueDepth(store)).waiting > 0; death++) {
      let isDead = false;
      await worker((batch) => {
        begun.push(numbers(batch));
        if (!numbers(batch).includes(2)) return Promise.resolve();
        isDead = true;
        return new Promise((resolve) => ends.push(resolve));
      });
      await until(async () => isDead || (await queueDepth(store)).waiting === 0);
      // Dead: it does nothing any more.
      clock.now += JOB_LEASE_MS + 1;
    }
    assert.deepEqual(begun[0], [0, 1, 2, 3, 4]);
    assert.ok(begun.slice(1).every((batch) => batch.length === 1));
    assert.deepEqual(
      (await failedJobs(store)).map(({ key, error }) => [key, error]),
      [['key 2', 'its process died 10 times over it']],
    );
    assert.equal(begun.filter(([only, more]) => only === 2 && more === undefined).length, 10);
  });

  it('gives up no job whose process dies often while others of its batch are under way', async () => {
    const { store, clock, worker } = await scene();
    let added = 0;
    for (let death = 0; death < 12; death++) {
      // Always new ones beside it, and the process dies before it has done anything.
      await enqueue(store, jobs(2, 'test', added));
      added += 2;
      let isBegun = false;
      await worker(() => {
        isBegun = true;
        return new Promise((resolve) => ends.push(resolve));
      }, 3);
      await until(() => isBegun);
      clock.now += JOB_LEASE_MS + 1;
      if (death % 4 === 3) {
        // A healthy process comes by.
        const healthy = await worker(() => Promise.resolve(), 3);
        await until(empty(store));
        await healthy.stop();
      }
    }
    assert.deepEqual(await failedJobs(store), []);
  });
});
