import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CompanionOptions } from '../../src/server/index.js';
import { enqueue, queueDepth } from '../../src/server/queue/jobs.js';
import { LEASE } from '../../src/server/queue/worker.js';
import type { Store } from '../../src/server/store/store.js';
import { calDeliveries } from '../../src/server/webhooks/cal-com.js';
import { runCli, type CliRun } from './cli-run.js';
import { CAL_SECRET, calBody, SECRETS, signedByCal } from './deliveries.js';
import { calSlots, fakeUpstream, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine, type Place } from './places.js';
import { until } from './until.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const FIRST = Math.ceil(Date.now() / DAY) * DAY + DAY;
const DIES_AT_WORK = fileURLToPath(new URL('dies-at-work.ts', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'killed-'));
const upstreams: FakeUpstream[] = [];
const runs: CliRun[] = [];
const children: ChildProcess[] = [];
after(async () => {
  for (const child of [...children, ...runs.map((run) => run.child)]) child.kill('SIGKILL');
  for (const each of upstreams) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

/** When booking number `i` begins: three a day. */
const startOf = (i: number): number => FIRST + Math.floor(i / 3) * DAY + (9 + (i % 3)) * HOUR;

const bodyOf = (i: number): string => calBody('BOOKING_CREATED', `uid-${i}`, startOf(i), {}, Date.now());

const optionsFor = (place: Place, upstream: FakeUpstream): CompanionOptions => ({
  ...place.where,
  log: 'silent',
  webhooks: SECRETS,
  upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
});

async function newUpstream(): Promise<FakeUpstream> {
  const upstream = await fakeUpstream((request) => calSlots(request));
  upstreams.push(upstream);
  return upstream;
}

interface AllTables {
  booking: { id: string; state: string; starts_at: number };
  job: { key: string; state: string };
  event: { topic: string; data: string };
}

/** Each of so many bookings is one row, was told to widgets, and its job is done, once. */
async function assertAllThere(store: Store, count: number): Promise<void> {
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
  const told = new Set(events.map(({ data }) => (JSON.parse(data) as { start: number }).start));
  assert.deepEqual(
    [...told].sort((a, b) => a - b),
    numbers.map(startOf),
  );
}

const available = (origin = 'http://companion.test'): Request =>
  new Request(
    `${origin}/v1/availability?${new URLSearchParams({
      src: 'https://cal.com/acme/30min',
      start: new Date(FIRST).toISOString(),
      end: new Date(FIRST + DAY).toISOString(),
    })}`,
  );

onEachEngine('a companion that is killed', (open) => {
  /** Another instance, for which whatever lease is over. */
  const heir = async (place: Place, upstream: FakeUpstream): Promise<void> => {
    await place.companion({ ...optionsFor(place, upstream), now: () => Date.now() + 2 * LEASE });
  };

  for (const stage of ['after queue', 'in bookings', 'after bookings'])
    it(`${stage} loses no delivery, and none is done twice`, async () => {
      const [place, upstream] = [await open(), await newUpstream()];
      const options = optionsFor(place, upstream);
      const companion = await place.companion(options);
      assert.equal((await companion.fetch(available())).status, 200);
      await companion.close();
      // Stored and acknowledged by an instance that has no time to do it.
      const store = await place.store();
      const count = 12;
      for (let i = 0; i < count; i++) {
        const delivery = calDeliveries.read(JSON.parse(bodyOf(i)), '', Date.now());
        assert.ok(delivery.is === 'booking');
        const { key, observations } = delivery;
        await enqueue(store, [{ kind: 'webhook', key, data: { observations } }]);
      }
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', DIES_AT_WORK, JSON.stringify(options), stage],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      );
      children.push(child);
      const signal = await new Promise((resolve) => child.on('exit', (_, by) => resolve(by)));
      assert.equal(signal, 'SIGKILL');
      assert.equal((await queueDepth(store)).waiting, count);
      await heir(place, upstream);
      await until(async () => (await queueDepth(store)).waiting === 0);
      await assertAllThere(store, count);
    });

  it('at any moment loses nothing that it has acknowledged, and doubles nothing that is sent again', async () => {
    const [place, upstream] = [await open(), await newUpstream()];
    const config = join(folder, `${place.engine}.json`);
    writeFileSync(config, JSON.stringify({ ...optionsFor(place, upstream), token: 'a-token-for-this-test' }));
    const count = 60;
    let left = Array.from({ length: count }, (_, i) => i);
    const acknowledged = new Set<number>();
    for (const most of [7, 31, count]) {
      const run = runCli(['serve', '--port', '0', '--config', config]);
      runs.push(run);
      const [, origin = ''] = await run.heard(/answers at (\S+)/);
      if (acknowledged.size === 0) assert.equal((await fetch(available(origin))).status, 200);
      // Killed while others are under way: what was not acknowledged is sent again to the next.
      await Promise.all(
        left.map(async (i) => {
          const answer = await fetch(signedByCal(bodyOf(i), CAL_SECRET, origin)).catch(() => null);
          if (answer?.status !== 202) return;
          acknowledged.add(i);
          if (acknowledged.size === most) run.child.kill('SIGKILL');
        }),
      );
      if (most < count) assert.ok(acknowledged.size >= most);
      left = left.filter((i) => !acknowledged.has(i));
      run.child.kill('SIGKILL');
      await run.ended;
    }
    assert.deepEqual(left, []);
    const store = await place.store();
    await heir(place, upstream);
    await until(async () => (await queueDepth(store)).waiting === 0);
    await assertAllThere(store, count);
  });
});
