import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { queueDepth } from '../../src/server/queue/jobs.js';
import { runCli, type CliRun } from './cli-run.js';
import { CAL_SECRET, signedByCal } from './deliveries.js';
import { assertAllThere, available, bodyOf, heir, newUpstream, optionsFor } from './killed-scene.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';

const folder = mkdtempSync(join(tmpdir(), 'killed-'));
const runs: CliRun[] = [];
after(() => {
  for (const { child } of runs) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

onEachEngine('a companion that is killed while it serves', (open) => {
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
      const [, origin = ''] = await run.output(/answers at (\S+)/);
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
