import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import type { Companion } from '../../src/server/index.js';
import { serve } from '../../src/server/node.js';
import type { Status } from '../../src/server/status.js';
import { calSlots, fakeUpstream, json, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine } from './places.js';

const token = 'a-token-for-this-test';
const headers = { authorization: `Bearer ${token}` };
const upstreams: FakeUpstream[] = [];
after(async () => {
  for (const each of upstreams) await each.close();
});

const get = (companion: Companion, path: string): Promise<Response> =>
  companion.fetch(new Request(`http://companion.test${path}`, { headers }));

const slots = '/v1/availability?src=https://cal.com/acme/30min';

onEachEngine('answers with slots', (open) => {
  it('are timed by kind, all instances together in the status, each by itself for Prometheus', async () => {
    const upstream = await fakeUpstream((request) =>
      request.query.get('eventTypeSlug') === 'gone' ? json({}, { status: 404 }) : calSlots(request),
    );
    upstreams.push(upstream);
    const place = await open();
    let now = Date.parse('2026-03-02T08:00:00Z');
    const options = {
      token,
      now: () => now,
      upstreams: [{ provider: 'cal' as const, pages: ['https://cal.com'], api: upstream.origin }],
    };
    const [one, other] = [await place.companion(options), await place.companion(options)];
    const times = async (): Promise<Status['answers']['times']> =>
      ((await (await get(one, '/v1/status')).json()) as Status).answers.times;
    assert.deepEqual(await times(), {});
    assert.equal((await get(one, slots)).status, 200);
    assert.deepEqual(Object.keys(await times()), ['miss']);
    assert.equal((await get(other, slots)).status, 200);
    assert.equal((await get(other, slots.replace('30min', 'gone'))).status, 404);
    await get(other, '/v1/status'); // stores what it has counted
    const { miss, hit, failed } = await times();
    for (const kind of [miss, hit, failed]) {
      assert.ok(kind && kind.p50 > 0 && kind.p50 <= kind.p95 && kind.p95 <= kind.p99, JSON.stringify(kind));
    }
    const figures = async (of: Companion): Promise<string> => (await get(of, '/metrics')).text();
    assert.match(await figures(one), /booking_widget_availability_duration_count\{kind="miss"[^}]*\} 1/);
    assert.match(await figures(other), /booking_widget_availability_duration_count\{kind="hit"[^}]*\} 1/);

    // What lies ready counts as 0 and is not in the histogram.
    for (let i = 0; i < 20; i++)
      assert.ok(await one.ready({ method: 'GET', url: slots, headers: {}, address: '203.0.113.1' }));
    assert.equal((await times()).hit?.p50, 0);
    assert.doesNotMatch(await figures(one), /availability_duration_count\{kind="hit"/);

    now += 2 * 3_600_000;
    assert.deepEqual(await times(), {}, 'the last hour counts');
  });

  it('go over connections that are counted while they are open', async () => {
    const companion = await (await open()).companion({ token });
    const server = await serve(companion, { port: 0 });
    const openNow = async (): Promise<number> => {
      const text = await (await fetch(`${server.origin}/metrics`, { headers })).text();
      return Number(/^booking_widget_connections_open(?:\{[^}]*\})? (\d+)/m.exec(text)?.[1]);
    };
    const before = await openNow();
    assert.ok(before >= 1);
    const streams = new AbortController();
    const { signal } = streams;
    for (let i = 0; i < 3; i++)
      assert.equal(
        (await fetch(`${server.origin}${slots.replace('availability', 'live')}`, { signal })).status,
        200,
      );
    assert.ok((await openNow()) >= before + 3);
    streams.abort();
    await server.stop();
  });
});
