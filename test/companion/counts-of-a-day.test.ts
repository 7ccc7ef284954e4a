import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { HOUR, NOW } from './booking-scene.js';
import { onEachEngine } from './places.js';
import { DAY, dice, simulate, view, type Simulation } from './simulated-visitors.js';
import { until } from './until.js';

/*
 * What may not grow, in counts and simulated time: the same on every machine. `npm run bench:server` measures the times.
 */

/** One call for every five minutes that an event type with many slots is fresh, whatever the number of visitors: 12 an hour. */
const CALLS_PER_DAY = 288;

/** Visitors of that day, so that a call serves at least this many views. */
const VIEWS_PER_DAY = 1440;
const CALLS_PER_VIEW = CALLS_PER_DAY / VIEWS_PER_DAY;

onEachEngine('counts:', (open) => {
  const simulations: Simulation[] = [];
  after(async () => {
    for (const each of simulations) await each.close();
  });

  it('a day of views of one event type costs no more calls than it has stretches of freshness', async () => {
    const simulation = await simulate(await open(), NOW);
    simulations.push(simulation);
    const { clock, companions, calls } = simulation;
    const roll = dice(11);
    const zones = ['Europe/Berlin', 'Asia/Kolkata', 'America/New_York', 'Pacific/Auckland'];
    /** Visitors are in different zones and arrive at different moments: hardly two requests are the same. */
    const visit = async (): Promise<number> => {
      const response = await view(companions[0], {
        page: 'acme/30min',
        from: clock.now + Math.floor(roll() * 12 * HOUR),
        days: 33,
        timeZone: zones[Math.floor(roll() * zones.length)] ?? 'UTC',
      });
      assert.equal(response.status, 200, await response.text());
      return Number(/ttl=(-?\d+)/.exec(response.headers.get('cache-status') ?? '')?.[1] ?? 1);
    };
    for (let i = 0; i < VIEWS_PER_DAY; i++) {
      clock.now = NOW + Math.floor(((i + roll()) * DAY) / VIEWS_PER_DAY / 1000) * 1000; // the header counts whole seconds
      // Slots that are being renewed are given out meanwhile; the clock stands still until they are there.
      if ((await visit()) <= 0) await until(async () => (await visit()) > 0);
    }
    assert.ok(calls.length <= CALLS_PER_DAY, `${calls.length} calls`);
    assert.ok(calls.length / VIEWS_PER_DAY <= CALLS_PER_VIEW);
  });
});
