import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { TIMES_GONE, type TimesGone } from '../../src/server/availability/forget.js';
import { openBus, type Bus } from '../../src/server/store/bus.js';
import { bookingScene, calAnswer, HOUR, NINE, NOW } from './booking-scene.js';
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
import { until } from './until.js';

/*
 * What may not grow, in counts and simulated time: the same on every machine. `npm run bench:server` measures the times.
 */

/** A booking makes the booked event type be requested once more, by whichever page shows it next; others cost nothing. */
const CALLS_PER_BOOKING = 1;

/** A booking makes nothing be forgotten but the booked event type, although fifty hosts use the same slug. */
const KEYS_PER_BOOKING = 1;

/** A host's other event types are forgotten with the booked one, because it fills their calendar, too: so many have this host. */
const EVENT_TYPES_OF_HOST = 3;

/**
 * A delivery without host names fifty event types by their slug. Nothing says which one it means, so all are forgotten and confirmed.
 * The level of fewer than fifty keys is not met here: this is today's count, held so that it does not grow.
 */
const KEYS_WITHOUT_HOST = 50;

/** One call for every five minutes that an event type with many slots is fresh, whatever the number of visitors: 12 an hour. */
const CALLS_PER_DAY = 288;

/** Visitors of that day, so that a call serves at least this many views. */
const VIEWS_PER_DAY = 1440;
const CALLS_PER_VIEW = CALLS_PER_DAY / VIEWS_PER_DAY;

/** Of the requests for slots in a burst, so many may remain without slots; a 503 is one of them. */
const SHARE_WITHOUT_SLOTS = 0.01;

/** Calls that a scheduling service may receive within any 60 seconds. */
const CALLS_PER_MINUTE = 120;

/** In so many milliseconds all users of a burst have come, and when it ends. */
const RAMP = MINUTE;
const LENGTH = 4 * MINUTE;

const upstreams: { close(): Promise<void> }[] = [];
const buses: Bus[] = [];
after(async () => {
  for (const bus of buses) bus.close();
  for (const each of upstreams) await each.close();
});

const HOSTS = ['acme', ...Array.from({ length: 49 }, (_, i) => `host-${i}`)];
const pageOf = (host: string, slug = '30min'): string => `https://cal.com/${host}/${slug}`;

onEachEngine('counts:', (open) => {
  /** Pages of fifty hosts with one slug are known, and of more event types of the first one. */
  async function fiftyHosts(more: readonly string[] = []) {
    const scene = await bookingScene(await open(), () =>
      calAnswer([{ start: NINE }, { start: NINE + HOUR }]),
    );
    upstreams.push(scene.upstream);
    const pages = [...HOSTS.map((host) => pageOf(host)), ...more];
    const viewAll = async (): Promise<void> => {
      for (const page of pages) await scene.slots(page);
    };
    await viewAll();
    const bus = await openBus(scene.store);
    buses.push(bus);
    const published: TimesGone[] = [];
    bus.subscribe(TIMES_GONE, ({ data }) => published.push(data as TimesGone));
    scene.slotCalls();
    return {
      /** Delivers a booking, shows every page, and says what both took. */
      async book(uid: string, start: number, delivered: object) {
        scene.clock.now += 1000;
        published.length = 0;
        await scene.deliverCal('BOOKING_CREATED', uid, start, delivered);
        await until(() => published.length > 0);
        const keys = new Set(published.flatMap((one) => one.keys)).size;
        await viewAll();
        return { keys, calls: scene.slotCalls() };
      },
    };
  }

  const organizer = { username: 'acme' };

  it('a booking costs one call and makes one key be forgotten, with fifty hosts on one slug', async () => {
    const { book } = await fiftyHosts();
    for (let i = 0; i < 3; i++) {
      const { keys, calls } = await book(`uid-${i}`, NINE + i * HOUR, { organizer });
      assert.ok(keys <= KEYS_PER_BOOKING, `${keys} keys`);
      assert.ok(calls <= CALLS_PER_BOOKING, `${calls} calls`);
    }
  });

  it('a booking of a host with several event types costs one call for each of these, and no other host any', async () => {
    const { book } = await fiftyHosts([pageOf('acme', '15min'), pageOf('acme', '60min')]);
    const { keys, calls } = await book('uid', NINE, { organizer });
    assert.ok(keys <= EVENT_TYPES_OF_HOST, `${keys} keys`);
    assert.ok(calls <= EVENT_TYPES_OF_HOST, `${calls} calls`);
  });

  it('a booking that names no host costs no more calls than there are event types with its slug', async () => {
    const { book } = await fiftyHosts();
    const { keys, calls } = await book('uid', NINE, { organizer: {} });
    assert.ok(keys <= KEYS_WITHOUT_HOST, `${keys} keys`);
    assert.ok(calls <= KEYS_WITHOUT_HOST, `${calls} calls`);
  });

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
