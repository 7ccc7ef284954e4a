import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import type { Availability } from '../../src/protocol/availability.js';
import { runCli, type CliRun } from './cli-run.js';
import { calSlots, fakeUpstream, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine, type Place } from './places.js';
import { until } from './until.js';

const DAY = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'processes-'));
const upstreams: FakeUpstream[] = [];
const runs: CliRun[] = [];
after(async () => {
  for (const { child } of runs) child.kill('SIGKILL');
  for (const each of upstreams) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

let started = 0;

/** A companion in a process of its own on the place's store. */
async function companionProcess(
  place: Place,
  upstream: FakeUpstream,
): Promise<CliRun & { readonly origin: string }> {
  const config = join(folder, `${++started}.json`);
  writeFileSync(
    config,
    JSON.stringify({
      ...place.where,
      log: 'silent',
      token: 'a-token-for-this-test',
      upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
    }),
  );
  const run = runCli(['serve', '--port', '0', '--config', config]);
  runs.push(run);
  const [, origin = ''] = await run.heard(/answers at (\S+)/);
  return { ...run, origin };
}

async function times(origin: string, event: string): Promise<Availability> {
  const from = Math.ceil(Date.now() / DAY) * DAY + DAY;
  const words = new URLSearchParams({
    src: `https://cal.com/acme/${event}`,
    start: new Date(from).toISOString(),
    end: new Date(from + 3 * DAY).toISOString(),
  });
  const answer = await fetch(`${origin}/v1/availability?${words}`);
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()) as Availability;
}

onEachEngine('companions in processes of their own', (open) => {
  it('share what they know, and one request among all who ask at once', async () => {
    const upstream = await fakeUpstream((request) => calSlots(request));
    upstreams.push(upstream);
    const place = await open();
    const companions = await Promise.all([1, 2, 3].map(() => companionProcess(place, upstream)));
    const answers = await Promise.all(
      companions.flatMap(({ origin }) => Array.from({ length: 5 }, () => times(origin, 'shared'))),
    );
    assert.ok(answers.every(({ slots }) => slots.length === 9));
    assert.equal(new Set(answers.map(({ fetchedAt }) => fetchedAt)).size, 1);
    assert.equal(upstream.arrived.length, 1);

    // One is killed while it asks: another asks in its place as soon as it must be taken for dead.
    const [first, second] = companions;
    assert.ok(first && second);
    upstream.talk = () => null;
    const lost = times(first.origin, 'other').catch((cause: unknown) => cause);
    await until(() => upstream.arrived.length === 2);
    first.child.kill('SIGKILL');
    assert.ok((await lost) instanceof Error);
    upstream.talk = (request) => calSlots(request);
    const found = async (): Promise<boolean> =>
      times(second.origin, 'other').then(
        ({ slots }) => slots.length === 9,
        () => false,
      );
    await until(found);
    for (const { child, ended } of companions.slice(1)) {
      child.kill('SIGTERM');
      assert.equal((await ended).code, 0);
    }
  });
});
