import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import Database from 'libsql';
import pg from 'pg';
import { runCli, type CliRun } from './cli-run.js';
import { databaseProxy, type DatabaseProxy } from './database-proxy.js';
import { CAL_SECRET, SECRETS, signedByCal } from './deliveries.js';
import { calSlots, fakeUpstream, type FakeUpstream } from './fake-upstream.js';
import { available, bodyOf } from './killed-scene.js';
import { openPlace, type Place } from './places.js';
import { until } from './until.js';

const folder = mkdtempSync(join(tmpdir(), 'outage-'));
const token = 'a-token-for-this-test';
const closers: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
after(async () => {
  for (const close of closers.reverse()) await close();
});

let count = 0;

interface Serving extends CliRun {
  readonly origin: string;
}

async function newUpstream(): Promise<FakeUpstream> {
  const upstream = await fakeUpstream((request) => calSlots(request));
  closers.push(() => upstream.close());
  return upstream;
}

function start(where: object, upstream: FakeUpstream): CliRun {
  const config = join(folder, `${++count}.json`);
  writeFileSync(
    config,
    JSON.stringify({
      ...where,
      token,
      log: 'silent',
      clientLimit: 1_000_000,
      webhooks: SECRETS,
      upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
    }),
  );
  const run = runCli(['serve', '--port', '0', '--config', config]);
  closers.push(() => run.child.kill('SIGKILL'));
  return run;
}

async function serving(run: CliRun): Promise<Serving> {
  const [, origin = ''] = await run.output(/answers at (\S+)/);
  return { ...run, origin };
}

const statusOf = (response: Response): number => response.status;
const ready = (origin: string): Promise<number> => fetch(`${origin}/readyz`).then(statusOf);
const deliver = (origin: string, i: number): Promise<Response> =>
  fetch(signedByCal(bodyOf(i), CAL_SECRET, origin));

/** Milliseconds from SIGTERM to the end, and the exit code. */
async function end({ child, ended }: CliRun): Promise<{ ms: number; code: number | null }> {
  const started = performance.now();
  child.kill('SIGTERM');
  const { code } = await ended;
  return { ms: performance.now() - started, code };
}

async function withDatabase(): Promise<{ place: Place; proxy: DatabaseProxy; upstream: FakeUpstream }> {
  const place = await openPlace('postgres');
  closers.push(() => place.close());
  const proxy = await databaseProxy(place.where.database ?? '');
  closers.push(() => proxy.close());
  return { place, proxy, upstream: await newUpstream() };
}

describe('a companion whose PostgreSQL goes away', () => {
  it('lives, says 503 with Retry-After, gives out the times it has, and works again by itself', async () => {
    const { place, proxy, upstream } = await withDatabase();
    const run = await serving(start({ database: proxy.url }, upstream));
    const { origin } = run;
    assert.equal((await fetch(available(origin))).status, 200);
    assert.equal((await deliver(origin, 0)).status, 202);

    // As at a restart: connections in use are ended by the server while deliveries are under way.
    const admin = new pg.Client({ connectionString: place.where.database ?? '' });
    await admin.connect();
    const name = new URL(place.where.database ?? '').pathname.slice(1);
    const under = Array.from({ length: 20 }, (_, i) => deliver(origin, 1 + i).then(statusOf));
    await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
      [name],
    );
    assert.ok((await Promise.all(under)).every((status) => status === 202 || status === 503));
    await admin.end();

    // A booking that is worked off now would make its days unknown: the times are to lie ready when the database goes away.
    const queueOf = (): Promise<Response> =>
      fetch(`${origin}/v1/queue`, { headers: { authorization: `Bearer ${token}` } });
    await until(async () => {
      const depth = await queueOf();
      return depth.status === 200 && ((await depth.json()) as { waiting: number }).waiting === 0;
    });
    await until(async () => (await fetch(available(origin))).status === 200);

    await proxy.refuse();
    const refused = await deliver(origin, 50);
    assert.deepEqual([refused.status, refused.headers.has('retry-after')], [503, true]);
    const queue = await queueOf();
    assert.deepEqual(
      [queue.status, queue.headers.has('retry-after'), ((await queue.json()) as { code: string }).code],
      [503, true, 'store-unavailable'],
    );
    assert.equal((await fetch(available(origin))).status, 200, 'times that lie ready');
    await until(async () => (await ready(origin)) === 503);

    await proxy.restore();
    await until(async () => (await ready(origin)) === 200);
    await until(async () => (await deliver(origin, 50)).status === 202);
    assert.equal((await end(run)).code, 0);
  });

  it('starts before its database does: 503 first, and then as if nothing had been', async () => {
    const { proxy, upstream } = await withDatabase();
    await proxy.refuse();
    const waiting = start({ database: proxy.url }, upstream);
    await waiting.output(/trying again in/);
    const run = await serving(waiting);
    assert.equal(await ready(run.origin), 503);
    const early = await fetch(available(run.origin));
    assert.deepEqual([early.status, early.headers.has('retry-after')], [503, true]);
    await proxy.restore();
    await until(async () => (await ready(run.origin)) === 200);
    assert.equal((await fetch(available(run.origin))).status, 200);
    assert.equal((await end(run)).code, 0);
  });

  it('ends at once when what is wrong with it does not pass, such as a wrong name', async () => {
    const { place, upstream } = await withDatabase();
    const url = new URL(place.where.database ?? '');
    url.pathname = '/there_is_no_such_database';
    const { code, said } = await start({ database: url.href }, upstream).ended;
    assert.equal(code, 1);
    assert.match(said, /`database`: .*does not exist/);
  });

  for (const [about, take] of [
    ['refuses', (proxy: DatabaseProxy) => proxy.refuse()],
    ['hangs', (proxy: DatabaseProxy) => proxy.hang()],
  ] as const)
    it(`ends within ten seconds of SIGTERM while its database ${about}`, async () => {
      const { proxy, upstream } = await withDatabase();
      const run = await serving(start({ database: proxy.url }, upstream));
      assert.equal((await deliver(run.origin, 0)).status, 202);
      await take(proxy);
      const pending = deliver(run.origin, 1).then(statusOf, () => 0);
      const { ms, code } = await end(run);
      assert.ok(ms < 10_000, `${ms} ms`);
      assert.equal(code, 0);
      assert.ok([0, 503].includes(await pending));
    });

  it('goes on without a frozen instance that holds a lock, after seconds', async () => {
    const { place, upstream } = await withDatabase();
    const store = await place.store();
    const frozen = await place.companion({
      webhooks: SECRETS,
      upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
    });
    assert.equal((await frozen.fetch(available())).status, 200);
    // What SIGSTOP leaves behind: a transaction with a lock that nobody goes on with.
    let letGo = (): void => undefined;
    const held = store.exclusive('bus', () => new Promise<void>((resolve) => (letGo = resolve)));
    const outcome = held.then(
      () => 'committed',
      () => 'taken away',
    );
    const other = await place.store();
    await other.exclusive('bus', () => Promise.resolve());
    letGo();
    assert.equal(await outcome, 'taken away');
  });
});

describe('a companion whose file is locked by another process', () => {
  it('gives out the times it has at once, and stores again when the lock is gone', async () => {
    const upstream = await newUpstream();
    const data = join(folder, 'locked');
    const run = await serving(start({ data }, upstream));
    assert.equal((await fetch(available(run.origin))).status, 200);
    const other = new Database(join(data, 'companion.db'));
    other.exec('begin immediate');
    let isAnswered = false;
    const delivery = deliver(run.origin, 0).finally(() => (isAnswered = true));
    assert.equal((await fetch(available(run.origin))).status, 200);
    assert.equal(
      isAnswered,
      false,
      'what needs the store waits for the lock, and what does not goes past it',
    );
    for (let i = 0; i < 20; i++) assert.equal((await fetch(available(run.origin))).status, 200);
    other.exec('rollback');
    other.close();
    assert.ok([202, 503].includes((await delivery).status));
    await until(async () => (await deliver(run.origin, 0)).status === 202);
    const { ms, code } = await end(run);
    assert.ok(ms < 10_000);
    assert.equal(code, 0);
  });

  it('ends within ten seconds of SIGTERM when its file was overwritten while it ran', async () => {
    const upstream = await newUpstream();
    const data = join(folder, 'damaged');
    const run = await serving(start({ data }, upstream));
    assert.equal((await deliver(run.origin, 0)).status, 202);
    for (const name of ['companion.db', 'companion.db-wal', 'companion.db-shm']) {
      const path = join(data, name);
      // In place, as a disk does it: a process that reads a mapped file (-shm) while it is emptied gets SIGBUS.
      writeFileSync(path, Buffer.alloc(statSync(path).size, 'this is no database '), { flag: 'r+' });
    }
    await until(async () => (await deliver(run.origin, 1)).status === 503);
    const { ms } = await end(run);
    assert.ok(ms < 10_000, `${ms} ms`);
  });

  it('says 503 when the lock stays, and still ends within ten seconds', async () => {
    const upstream = await newUpstream();
    const data = join(folder, 'locked-for-long');
    const run = await serving(start({ data }, upstream));
    assert.equal((await fetch(available(run.origin))).status, 200);
    const other = new Database(join(data, 'companion.db'));
    other.exec('begin immediate');
    const refused = await deliver(run.origin, 0);
    assert.deepEqual([refused.status, refused.headers.has('retry-after')], [503, true]);
    await until(async () => (await ready(run.origin)) === 503);
    const { ms, code } = await end(run);
    other.close();
    assert.ok(ms < 10_000, `${ms} ms`);
    assert.equal(code, 0);
  });
});
