import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, it } from 'node:test';
import type { Availability } from '../../src/protocol/availability.js';
import { forget, TIMES_GONE, type Booked } from '../../src/server/availability/forget.js';
import type { Companion } from '../../src/server/index.js';
import { openBus, type Bus, type BusEvent } from '../../src/server/store/bus.js';
import { calSlots, fakeUpstream, json, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const upstreams: FakeUpstream[] = [];
const buses: Bus[] = [];
after(async () => {
  for (const bus of buses) bus.close();
  for (const each of upstreams) await each.close();
});

const at = (text: string): number => Date.parse(text);
const BOOKED: Booked = {
  provider: 'cal',
  slug: '30min',
  start: at('2026-03-05T11:00:00Z'),
  end: at('2026-03-05T12:00:00Z'),
};

const times = async (companion: Companion, event = '30min'): Promise<string[]> => {
  const answer = await companion.fetch(
    new Request(
      `http://companion.test/v1/availability?src=https://cal.com/acme/${event}&start=2026-03-03T00:00:00Z&end=2026-03-10T00:00:00Z`,
    ),
  );
  assert.equal(answer.status, 200);
  return ((await answer.json()) as Availability).slots.map(({ start }) => start.slice(5, 16));
};

onEachEngine('a booking', (open) => {
  async function scene(): Promise<{
    upstream: FakeUpstream;
    companions: Companion[];
    clock: { now: number };
    book: (booked: Booked) => Promise<unknown>;
    published: BusEvent[];
  }> {
    const upstream = await fakeUpstream((request) => calSlots(request));
    upstreams.push(upstream);
    const clock = { now: NOW };
    const place = await open();
    const companions = [];
    for (let i = 0; i < 3; i++)
      companions.push(
        await place.companion({
          now: () => clock.now,
          upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
        }),
      );
    const store = await place.store({ now: () => clock.now });
    const bus = await openBus(store);
    buses.push(bus);
    const published: BusEvent[] = [];
    bus.subscribe(TIMES_GONE, (event) => published.push(event));
    return { upstream, companions, clock, published, book: (booked) => forget({ store, bus }, booked) };
  }

  it('makes every instance forget that day and its neighbours, for that event type alone', async () => {
    const { upstream, companions, clock, book, published } = await scene();
    for (const companion of companions) {
      await times(companion);
      await times(companion, '15min');
    }
    const before = upstream.arrived.length;
    assert.equal(before, 2);
    clock.now += 1000;
    await book(BOOKED);
    upstream.talk = (request) => calSlots(request, 2);
    await until(() => published.length === 1);
    for (const companion of companions)
      await until(
        async () => (await times(companion)).filter((time) => time.startsWith('03-05')).length === 2,
      );
    assert.equal(upstream.arrived.length, before + 1, 'one request, shared');
    const asked = upstream.arrived.at(-1);
    assert.equal(asked?.query.get('start'), '2026-03-04T00:00:00.000Z');
    assert.equal(asked.query.get('end'), '2026-03-06T23:59:59.999Z');
    for (const companion of companions) assert.equal((await times(companion, '15min')).length, 21);
    assert.equal(upstream.arrived.length, before + 1, 'the other event type is still known');
    const [event] = published;
    assert.deepEqual(event?.data, {
      keys: (event?.data as { keys: string[] }).keys,
      from: at('2026-03-04T00:00:00Z'),
      to: at('2026-03-07T00:00:00Z'),
      start: BOOKED.start,
      end: BOOKED.end,
    });
  });

  it('takes the booked time out even when the upstream cannot confirm the others', async () => {
    const { upstream, companions, clock, book } = await scene();
    const [companion] = companions;
    assert.ok(companion);
    assert.equal((await times(companion)).length, 21);
    clock.now += 1000;
    upstream.talk = () => json({}, { status: 500 });
    await book(BOOKED);
    await until(async () => (await times(companion)).length === 20);
    const left = await times(companion);
    assert.ok(!left.includes('03-05T11:00'));
    assert.ok(left.includes('03-05T10:00'));
  });

  it('is not undone by an answer to a question that was asked before it', async () => {
    const { upstream, companions, clock, book } = await scene();
    const [companion] = companions;
    assert.ok(companion);
    await times(companion);
    clock.now += 3_600_000;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    upstream.talk = async (request) => {
      await held;
      return calSlots(request, 3);
    };
    const old = times(companion);
    await until(() => upstream.arrived.length === 2);
    clock.now += 10;
    await book(BOOKED);
    upstream.talk = (request) => calSlots(request, 2);
    clock.now += 10;
    release();
    await old;
    await until(async () => !(await times(companion)).includes('03-05T11:00'));
  });

  it('of an event type that nobody asked for is nobody’s business', async () => {
    const { book, published } = await scene();
    await book({ ...BOOKED, slug: `other-${randomUUID()}` });
    await book({ ...BOOKED, slug: '' });
    assert.deepEqual(published, []);
  });
});
