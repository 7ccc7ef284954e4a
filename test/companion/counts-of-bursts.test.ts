import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { NOW } from './booking-scene.js';
import { onEachEngine } from './places.js';
import {
  busiestMinute,
  DAY,
  dice,
  MINUTE,
  requestTimes,
  simulate,
  view,
  type Simulation,
} from './simulated-visitors.js';

/*
 * What may not grow, in counts and simulated time: the same on every machine. `npm run bench:server` measures the times.
 */

/** Of the requests for slots in a burst, so many may remain without slots; a 503 is one of them. */
const SHARE_WITHOUT_SLOTS = 0.01;

/** Calls that a scheduling service may receive within any 60 seconds. */
const CALLS_PER_MINUTE = 120;

/** In so many milliseconds all users of a burst have come, and when it ends. */
const RAMP = MINUTE;
const LENGTH = 4 * MINUTE;

onEachEngine('counts:', (open) => {
  const simulations: Simulation[] = [];
  after(async () => {
    for (const each of simulations) await each.close();
  });

  for (const [about, eventTypes, choose] of [
    ['forty event types, a few of them popular', 40, (roll: () => number) => Math.floor(40 * roll() ** 3)],
    ['four hundred event types in turn', 400, (_roll: () => number, i: number) => i % 400],
  ] as const)
    it(`0 to 25 users of ${about}, that were known two days ago, all get slots within the budget`, async () => {
      const simulation = await simulate(await open(), NOW, { instances: 3, latency: 150, perDay: 8 });
      simulations.push(simulation);
      const { clock, companions, calls } = simulation;
      for (let i = 0; i < eventTypes; i++) {
        if (i % 50 === 0) clock.now += 2 * MINUTE;
        const page = `acme/event-${i}`;
        assert.equal((await view(companions[i % 3], { page, from: NOW + DAY, days: 7 })).status, 200);
      }
      calls.length = 0;
      clock.now = NOW + 2 * DAY; // what was known is too old to be shown
      const begin = clock.now;
      const roll = dice(5);
      const times = requestTimes(roll, { users: 25, ramp: RAMP, length: LENGTH, pause: 13_700 });
      const perMinute = Array.from({ length: (LENGTH - RAMP) / MINUTE }, (_, minute) => {
        const from = RAMP + minute * MINUTE;
        return times.filter((at) => at >= from && at < from + MINUTE).length;
      });
      assert.ok(
        perMinute.every((count) => count >= 100 && count <= 120),
        `the load itself is as it is described: ${perMinute.join()}`,
      );
      let without = 0;
      for (const [i, at] of times.entries()) {
        clock.now = Math.max(clock.now, begin + Math.floor(at));
        const page = `acme/event-${choose(roll, i)}`;
        const response = await view(companions[i % 3], { page, from: begin + DAY, days: 7 });
        const body = (await response.json()) as { readonly slots?: readonly unknown[] };
        if (response.status !== 200 || !body.slots?.length) without++;
      }
      const share = without / times.length;
      assert.ok(share < SHARE_WITHOUT_SLOTS, `${without} of ${times.length} without slots`);
      assert.ok(busiestMinute(calls) <= CALLS_PER_MINUTE, `${busiestMinute(calls)} calls in a minute`);
    });
});
