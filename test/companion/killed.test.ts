import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { after, it } from 'node:test';
import { enqueue, queueDepth } from '../../src/server/queue/jobs.js';
import { calDeliveries } from '../../src/server/webhooks/cal-com.js';
import { program } from '../../tools/program.js';
import { assertAllThere, available, bodyOf, heir, newUpstream, optionsFor } from './killed-scene.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';

const DIES_AT_WORK = program(new URL('dies-at-work.ts', import.meta.url));

const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
});

onEachEngine('a companion that is killed', (open) => {
  for (const stage of ['in bookings', 'after bookings'])
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
        const delivery = calDeliveries.read(JSON.parse(bodyOf(i)), Date.now());
        assert.ok(delivery.is === 'booking');
        const { observations, about } = delivery;
        await enqueue(store, [{ kind: 'webhook', key: `delivery ${i}`, data: { observations, about } }]);
      }
      const child = spawn(
        process.execPath,
        [...DIES_AT_WORK.options, DIES_AT_WORK.file, JSON.stringify(options), stage],
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
});
