import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { TIMES_GONE, type TimesGone } from '../../src/server/availability/forget.js';
import { openBus, type Bus } from '../../src/server/store/bus.js';
import { bookingScene, calAnswer, HOUR, NINE } from './booking-scene.js';
import { onEachEngine } from './places.js';
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
});
