import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { forget, type Booked } from '../../src/server/availability/forget.js';
import type { BookingState, Observation } from '../../src/server/bookings/booking.js';
import { merge } from '../../src/server/bookings/merge.js';
import { announceTimes } from '../../src/server/bookings/announce-times.js';
import type { Companion, CompanionOptions } from '../../src/server/index.js';
import { GoneTimes, type Gone } from '../../src/server/live/gone-times.js';
import { Listeners, type Listener } from '../../src/server/live/listeners.js';
import { serve } from '../../src/server/node.js';
import { openBus, type Bus } from '../../src/server/store/bus.js';
import { readEvents, type EventReader } from './event-reader.js';
import { calSlots, fakeUpstream, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const HOUR = 3_600_000;
const upstreams: FakeUpstream[] = [];
const buses: Bus[] = [];
after(async () => {
  for (const bus of buses) bus.close();
  for (const each of upstreams) await each.close();
});

const page = (event: string): string => `https://cal.com/acme/${event}`;
const booked = (slug: string, hour = 9): Booked => ({
  provider: 'cal',
  slug,
  start: Date.parse('2026-03-05T00:00:00Z') + hour * HOUR,
  end: Date.parse('2026-03-05T00:00:00Z') + (hour + 1) * HOUR,
});
const NINE = { v: 1, start: '2026-03-05T09:00:00.000Z', end: '2026-03-05T10:00:00.000Z', taken: true };

const ask = (
  companion: Companion,
  path: string,
  init?: RequestInit,
  address = '192.0.2.1',
): Promise<Response> => companion.fetch(new Request(`http://companion.test${path}`, init), { address });

const words = (pages: readonly string[], more: Readonly<Record<string, string>> = {}): string =>
  `/v1/live?${new URLSearchParams([...pages.map((each) => ['src', each]), ...Object.entries(more)])}`;

async function listen(
  companion: Companion,
  pages: readonly string[],
  more: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<EventReader> {
  const response = await ask(companion, words(pages, more), { headers });
  assert.equal(response.status, 200, await problemIn(response));
  return readEvents(response);
}

/** Fulfilled when it has received all that it missed. */
const greeted = (reader: EventReader): Promise<void> =>
  until(() => reader.events.some(({ type }) => type === 'here'));

/** The code of a problem; empty for whatever is none. */
const problemIn = async (response: Response): Promise<string> =>
  response.headers.get('content-type') === 'application/problem+json'
    ? ((await response.clone().json()) as { code: string }).code
    : '';

onEachEngine('a page that listens', (open) => {
  async function scene(options: CompanionOptions = {}, instances = 1) {
    const upstream = await fakeUpstream((request) => calSlots(request));
    upstreams.push(upstream);
    const clock = { now: NOW };
    const place = await open();
    const start = (): Promise<Companion> =>
      place.companion({
        now: () => clock.now,
        upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
        ...options,
      });
    const companions = await Promise.all(Array.from({ length: instances }, start));
    const [companion] = companions;
    assert.ok(companion);
    // Only of event types that somebody asked for is there anything to tell.
    for (const event of ['30min', '15min'])
      await ask(companion, `/v1/availability?${new URLSearchParams({ src: page(event) })}`);
    const store = await place.store({ now: () => clock.now });
    const bus = await openBus(store);
    buses.push(bus);
    return {
      companion,
      companions,
      start,
      clock,
      store,
      bus,
      book: (one: Booked) => forget({ store, bus }, one),
    };
  }

  it('receives a booking of any instance, in its own words, and nothing personal', async () => {
    const { companions, book } = await scene({}, 3);
    const readers = await Promise.all(companions.map((companion) => listen(companion, [page('30min')])));
    const other = await listen(companions[1] as Companion, [page('15min')]);
    await book(booked('30min'));
    await book(booked('15min'));
    for (const reader of readers) await until(() => reader.news().length > 0);
    await until(() => other.news().length > 0);
    for (const reader of readers)
      assert.deepEqual(
        reader.news().map(({ type, data }) => [type, data]),
        [['times-gone', { src: [page('30min')], ...NINE }]],
      );
    assert.deepEqual(
      other.news().map(({ data }) => data),
      [{ src: [page('15min')], ...NINE }],
    );
  });

  it('listens for several event types at once, and receives an event for each name it gave', async () => {
    const { companion, book } = await scene();
    const reader = await listen(companion, [page('30min'), `${page('30min')}/?utm=x`, page('15min')]);
    await book(booked('15min'));
    await book(booked('30min'));
    await until(() => reader.news().length === 2);
    assert.deepEqual(
      reader.news().map(({ data }) => (data as { src: string[] }).src),
      [[page('15min')], [page('30min'), `${page('30min')}/?utm=x`]],
    );
  });

  it('learns when a time is free again, which nobody has to take off the screen', async () => {
    const { companion, book } = await scene();
    const reader = await listen(companion, [page('30min')]);
    await book({ ...booked('30min'), freed: true });
    await until(() => reader.news().length === 1);
    assert.equal((reader.news()[0]?.data as { taken: boolean }).taken, false);
  });

  it('learns which time a booking left and which it took', async () => {
    const { companion, clock, store, bus } = await scene();
    const reader = await listen(companion, [page('30min')]);
    const said = (at: number, state: BookingState, hour: number): Observation => {
      const { start, end } = booked('30min', hour);
      return { provider: 'cal', id: 'b1', slug: '30min', source: 'webhook', at, state, start, end };
    };
    const first = merge(null, said(1, 'accepted', 9));
    const moved = merge(first, said(2, 'accepted', 11));
    const cancelled = merge(moved, said(3, 'cancelled', 11));
    await announceTimes({ store, bus, now: () => clock.now }, [
      { before: null, after: first },
      { before: first, after: moved },
    ]);
    await announceTimes({ store, bus, now: () => clock.now }, [{ before: moved, after: cancelled }]);
    await until(() => reader.news().length === 3);
    assert.deepEqual(
      reader.news().map(({ data }) => {
        const { start, taken } = data as { start: string; taken: boolean };
        return [start.slice(11, 13), taken];
      }),
      [
        ['09', false],
        ['11', true],
        ['11', false],
      ],
    );
  });

  it('that comes back receives what it missed, at any instance', async () => {
    const { companion, start, book } = await scene();
    const reader = await listen(companion, [page('30min')]);
    await until(() => reader.events.length > 0);
    const before = reader.events.at(-1)?.id ?? '';
    await reader.leave();
    await book(booked('15min', 12));
    await book(booked('30min', 9));
    await book(booked('30min', 10));
    const late = await start();
    const startsOf = (one: EventReader): string[] =>
      one.news().map(({ data }) => (data as { start: string }).start.slice(11, 13));
    for (const each of [
      await listen(companion, [page('30min')], {}, { 'Last-Event-ID': before }),
      await listen(late, [page('30min')], { lastEventId: before }),
    ]) {
      await greeted(each);
      assert.deepEqual(startsOf(each), ['09', '10']);
      const last = each.events.at(-1)?.id ?? '';
      const again = await listen(companion, [page('30min')], { lastEventId: last });
      await until(() => again.events.length > 0);
      assert.deepEqual(startsOf(again), []);
    }
  });

  it('whose times are of some moment receives what was booked since', async () => {
    const { companion, clock, book } = await scene();
    await book(booked('30min', 9));
    clock.now += 60_000;
    const moment = String(clock.now);
    clock.now += 60_000;
    await book(booked('30min', 10));
    await until(async () => {
      const reader = await listen(companion, [page('30min')], { since: '0' });
      await greeted(reader);
      await reader.leave();
      return reader.news().length === 2;
    });
    const reader = await listen(companion, [page('30min')], { since: moment });
    await greeted(reader);
    assert.deepEqual(
      reader.news().map(({ data }) => (data as { start: string }).start),
      ['2026-03-05T10:00:00.000Z'],
    );
  });

  it('that was away for too long has to ask again', async () => {
    const { companion, clock, book } = await scene();
    const reader = await listen(companion, [page('30min')]);
    await book(booked('30min', 9));
    clock.now += 2 * HOUR;
    await book(booked('30min', 10));
    await until(() => reader.news().length === 2);
    const back = await listen(companion, [page('30min')], {
      lastEventId: (reader.events[0]?.id ?? '').replace(/-.*/, '-0'),
    });
    await until(() => back.events.length > 1);
    assert.deepEqual(
      back.events.map(({ type }) => type),
      ['ask-anew', 'here'],
    );
    const first = reader.news()[0]?.id ?? '';
    const known = await listen(companion, [page('30min')], { lastEventId: first });
    await until(() => known.events.length > 1);
    assert.equal(known.events[0]?.type, 'times-gone', 'of what came after it nothing is missing');
  });

  it('needs an event type that somebody serves', async () => {
    const { companion } = await scene();
    for (const [path, status, code] of [
      ['/v1/live', 400, 'no-event-type'],
      [words(['ftp://cal.com/acme/30min']), 400, 'bad-src'],
      [words(['https://elsewhere.example/acme/30min']), 404, 'unknown-event-type'],
      [words(Array.from({ length: 51 }, (_, i) => page(`e${i}`))), 400, 'too-many-event-types'],
    ] as const) {
      const response = await ask(companion, path);
      assert.equal(response.status, status, path);
      assert.equal(await problemIn(response), code);
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
    }
    const some = await ask(companion, words(['https://elsewhere.example/x/y', page('30min')]));
    assert.equal(some.status, 200);
    await some.body?.cancel();
    const byId = await ask(companion, '/v1/live?provider=cal&eventType=42');
    assert.equal(byId.status, 200);
    await byId.body?.cancel();
  });

  it('is one of a limited number, and leaves its place to others', async () => {
    const { companion } = await scene({ live: { connections: 3, perClient: 2 } });
    const from = (address: string, method = 'GET'): Promise<Response> =>
      ask(companion, words([page('30min')]), { method }, address);
    const held = [await from('192.0.2.1'), await from('192.0.2.1')];
    const third = await from('192.0.2.1');
    assert.deepEqual([third.status, await problemIn(third)], [429, 'too-many-listeners']);
    assert.ok(Number(third.headers.get('retry-after')) > 0);
    assert.equal((await from('192.0.2.2', 'HEAD')).status, 200);
    held.push(await from('192.0.2.2'));
    const fourth = await from('192.0.2.3');
    assert.deepEqual([fourth.status, await problemIn(fourth)], [503, 'too-many-listeners']);
    await held[0]?.body?.cancel();
    const next = await from('192.0.2.1');
    assert.equal(next.status, 200);
    for (const each of [...held.slice(1), next]) await each.body?.cancel();
  });

  it('that does not read what it is sent is sent away', async () => {
    const { companion, book } = await scene({ live: { connections: 2 } });
    const deaf = await ask(companion, words([page('30min')]));
    const reader = await listen(companion, [page('30min')]);
    for (let i = 0; i < 50; i++) await book(booked('30min', i % 24));
    await until(() => reader.news().length === 50);
    const next = await ask(companion, words([page('30min')]));
    assert.equal(next.status, 200, 'the place of the one that does not read is free');
    await assert.rejects(deaf.text());
    await next.body?.cancel();
  });

  it('is let go when the companion is about to stop, and no other is taken', async () => {
    const { companion } = await scene();
    const reader = await listen(companion, [page('30min')]);
    companion.drain();
    await reader.ended;
    const late = await ask(companion, words([page('30min')]));
    assert.deepEqual([late.status, await problemIn(late)], [503, 'stopping']);
  });

  it('is answered so that browsers may read it and nobody on the way keeps it', async () => {
    const { companion } = await scene({ origins: ['https://acme.example'] });
    const from = async (origin: string): Promise<Headers> => {
      const response = await ask(companion, words([page('30min')]), { headers: { origin } });
      await response.body?.cancel();
      return response.headers;
    };
    const ours = await from('https://acme.example');
    assert.equal(ours.get('content-type'), 'text/event-stream');
    assert.equal(ours.get('cache-control'), 'no-store, no-transform');
    assert.equal(ours.get('x-accel-buffering'), 'no');
    assert.equal(ours.get('access-control-allow-origin'), 'https://acme.example');
    assert.equal((await from('https://evil.example')).get('access-control-allow-origin'), null);
  });

  it('does not keep a server from stopping, over HTTP and uncompressed', async () => {
    const { companion, book } = await scene();
    const { origin, stop } = await serve(companion, { port: 0, grace: 600_000 });
    const stopper = new AbortController();
    const [reader, left] = [
      readEvents(await fetch(`${origin}${words([page('30min')])}`)),
      readEvents(await fetch(`${origin}${words([page('30min')])}`, { signal: stopper.signal })),
    ];
    assert.equal(reader.response.headers.get('content-encoding'), null);
    await until(() => left.events.length > 0);
    stopper.abort();
    await book(booked('30min'));
    await until(() => reader.news().length === 1);
    assert.match(reader.text(), /^retry: \d+\n\n/);
    await stop();
    await reader.ended;
  });
});

describe('listeners', () => {
  const listener = (client = 'a', key = 'k'): Listener => ({
    client,
    wanted: new Map([[key, ['x']]]),
    send: () => true,
    end: () => undefined,
  });

  it('have a heartbeat each in turn, first when it is due', () => {
    const all = new Listeners({ connections: 100, perClient: 100 });
    const beats = new Map<Listener, number[]>();
    for (let second = 0; second < 100; second++) {
      if (second < 30) {
        const one = listener();
        all.add(one);
        beats.set(one, []);
      }
      for (const one of all.beat()) beats.get(one)?.push(second);
    }
    [...beats.values()].forEach((seconds, begun) => {
      assert.deepEqual(
        seconds,
        [24, 49, 74, 99].map((second) => second + begun).filter((second) => second < 100),
      );
    });
  });

  it('are forgotten when they leave, once', () => {
    const all = new Listeners({ connections: 2, perClient: 1 });
    const one = listener();
    all.add(one);
    assert.equal(all.objection('a'), 'perClient');
    all.remove(one);
    all.remove(one);
    assert.equal(all.count, 0);
    assert.equal(all.objection('a'), null);
    assert.deepEqual([...all.of(['k'])], []);
  });
});

describe('times that are gone', () => {
  const gone = (id: number, at = NOW): Gone => ({ id, at, keys: [], from: 0, to: 0, start: 0, end: 0 });
  const ids = (events: readonly Gone[] | null): number[] | null => events && events.map(({ id }) => id);

  it('are known since any id after which none is missing', () => {
    const times = new GoneTimes(10);
    for (const id of [9, 12, 12, 15]) times.add(gone(id));
    assert.deepEqual(ids(times.since(9)), null);
    assert.deepEqual(ids(times.since(10)), [12, 15]);
    assert.deepEqual(ids(times.since(12)), [15]);
    assert.deepEqual(ids(times.since(99)), []);
  });

  it('are kept for an hour, and never more than ten thousand', () => {
    const times = new GoneTimes(0);
    times.add(gone(1));
    times.add(gone(2, NOW + HOUR));
    assert.deepEqual(ids(times.since(0)), null);
    assert.deepEqual(ids(times.since(1)), [2]);
    for (let id = 3; id < 10_100; id++) times.add(gone(id, NOW + HOUR));
    assert.equal(times.sinceMoment(0).length, 10_000);
  });
});
