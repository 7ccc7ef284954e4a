import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { pino } from 'pino';
import { syncFeature } from '../../src/server/sync/sync-routes.js';
import { readSync } from '../../src/server/sync/sync-account.js';
import { Arrivals } from '../../src/server/webhooks/arrivals.js';
import { calList } from './cal-bookings.js';
import { runCli, type CliRun } from './cli-run.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';
import { NOW, DAY, HOUR, TOKEN, many, lists, rows, syncScenesOn } from './sync-scene.js';

const folder = mkdtempSync(join(tmpdir(), 'sync-'));
const runs: CliRun[] = [];
after(() => {
  for (const { child } of runs) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

onEachEngine('synchronising', (open) => {
  const scene = syncScenesOn(open);

  it('is asked for and looked at by the owner alone, and says what it cannot do', async () => {
    const { place, options, context, account } = await scene(calList(many(3)));
    const companion = await place.companion(options);
    const ask = (method: string, body?: string, token = TOKEN): Promise<Response> =>
      companion.fetch(
        new Request('http://companion.test/v1/sync', {
          method,
          headers: { authorization: `Bearer ${token}` },
          ...(body !== undefined && { body }),
        }),
      );
    for (const method of ['GET', 'POST']) assert.equal((await ask(method, undefined, 'another')).status, 401);
    assert.equal((await ask('POST', '{')).status, 400);
    assert.equal((await ask('POST', '{"ful":true}')).status, 400);
    assert.equal((await ask('POST', '{"account":"nobody"}')).status, 404);
    const started = await ask('POST', JSON.stringify({ full: true, account: account.account }));
    assert.equal(started.status, 202);
    assert.deepEqual(await started.json(), { started: [account.account] });
    await until(async () => (await readSync(context.store, account.account))?.ok_at === NOW);
    assert.equal(await rows(context.store), 3);

    const keyless = await place.companion({ ...options, upstreams: [{ provider: 'cal' }] });
    const refused = await keyless.fetch(
      new Request('http://companion.test/v1/sync', {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}` },
      }),
    );
    assert.equal(refused.status, 422);
  });

  it('is done by itself every quarter of an hour, and every few hours where webhooks are known to tell everything', async () => {
    const { clock, context, account, upstream } = await scene(calList(many(3)));
    const settings = { ...context.settings, syncEvery: 6 };
    /** What was put off, and for how long; undefined when there is nothing to come. */
    let putOff: { readonly ms: number; readonly work: () => Promise<void> } | undefined;
    const said: string[] = [];
    const log = pino(
      { level: 'debug' },
      { write: (line: string) => void said.push((JSON.parse(line) as { msg: string }).msg) },
    );
    const feature = syncFeature({ ...context, settings, log }, (ms, work) => {
      putOff = { ms, work };
      return () => (putOff = undefined);
    });
    await feature.start?.();
    assert.ok(putOff && putOff.ms >= 60_000 && putOff.ms <= 120_000, 'not all instances at once');
    await putOff.work();
    const [begun, ended] = ['bookings are being synchronised', 'bookings synchronised'];
    await until(() => said.length === 2);
    assert.deepEqual(said, [begun, ended]);
    assert.equal(putOff.ms, 300_000);
    const first = lists(upstream).length;

    const QUARTER = HOUR / 4;
    clock.now = NOW + QUARTER - 1;
    await putOff.work();
    assert.equal(said.length, 2, 'not before it is due');
    clock.now = NOW + QUARTER;
    await putOff.work();
    await until(() => said.length === 4);
    assert.deepEqual(said, [begun, ended, begun, ended]);
    const run = await readSync(context.store, account.account);
    assert.deepEqual([run?.kind, run?.started_at], ['recent', NOW + QUARTER]);
    assert.deepEqual([run?.added, run?.changed, run?.gone], [0, 0, 0], 'it found nothing new');
    assert.equal(lists(upstream).length, first + 1);

    await new Arrivals(context.store).note('cal');
    clock.now += 6 * HOUR - 1;
    await putOff.work();
    assert.equal(said.length, 4, 'deliveries arrive, and nothing was missing');
    clock.now += 1;
    await putOff.work();
    await until(() => said.length === 6);
    clock.now += DAY; // no delivery for a day
    await putOff.work();
    await until(() => said.length === 8);
    clock.now += QUARTER;
    await putOff.work();
    await until(() => said.length === 10);

    await feature.stop?.();
    assert.equal(putOff, undefined);
    const never = syncFeature({ ...context, settings: { ...settings, syncEvery: 0 } }, () => {
      throw new Error('nothing is to be done by itself');
    });
    await never.start?.();
    await never.stop?.();
  });

  it('as a command says how far it is, and goes on after it was killed', async () => {
    const talk = calList(many(250));
    const { upstream, options, context } = await scene(talk);
    const { now: _, ...written } = options;
    const config = join(folder, `${context.store.engine}.json`);
    writeFileSync(config, JSON.stringify(written));
    // The list is that of the tests' day: the command's own clock has to see it.
    const near = calList(many(250).map((one) => ({ ...one, start: one.start - NOW + Date.now() })));
    upstream.talk = (request, response) =>
      request.query.get('skip') === '100' ? null : near(request, response);
    const first = runCli(['sync', '--config', config]);
    runs.push(first);
    await first.output(/100 of 250 bookings, 1 pages/);
    await until(() => lists(upstream).length >= 2);
    first.child.kill('SIGKILL');
    await first.ended;
    assert.equal(await rows(context.store), 100);

    await context.store.tables<{ lease: object }>().deleteFrom('lease').execute(); // as if ten seconds had passed
    upstream.talk = near;
    upstream.arrived.length = 0;
    const second = runCli(['sync', '--config', config]);
    runs.push(second);
    const { code, said } = await second.ended;
    assert.equal(code, 0, said);
    assert.match(said, /done, 250 bookings/);
    assert.deepEqual(
      lists(upstream).map(({ query }) => query.get('skip')),
      ['100', '200'],
    );
    assert.equal(await rows(context.store), 250);
  });
});

it('synchronising as a command says what is missing when no account has a key', async () => {
  const data = join(folder, 'keyless');
  const { code, said } = await runCli(['sync', '--data', data], { BOOKING_LOG: 'silent' }).ended;
  assert.equal(code, 2, said);
  assert.match(said, /`upstreams`: no account whose bookings can be read/);
});
