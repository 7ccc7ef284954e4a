import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Companion } from '../../src/server/index.js';
import { calSlots, fakeUpstream, json, type FakeUpstream, type Talk } from './fake-upstream.js';
import { openPlace, type Place } from './places.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const DAY = 86_400_000;
const upstreams: FakeUpstream[] = [];
const places: Place[] = [];
after(async () => {
  for (const each of places) await each.close();
  for (const each of upstreams) await each.close();
});

async function upstreamThat(talk: Talk): Promise<FakeUpstream> {
  const upstream = await fakeUpstream(talk);
  upstreams.push(upstream);
  return upstream;
}

async function companionOf(upstream: FakeUpstream, clock = { now: NOW }): Promise<Companion> {
  const place = await openPlace('embedded');
  places.push(place);
  return place.companion({
    now: () => clock.now,
    upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
  });
}

const ask = (companion: Companion): Promise<Response> =>
  companion.fetch(
    new Request(
      `http://companion.test/v1/availability?${new URLSearchParams({
        src: 'https://cal.com/acme/30min',
        start: new Date(NOW + DAY).toISOString(),
        end: new Date(NOW + 2 * DAY).toISOString(),
      })}`,
    ),
  );

const codeOf = async (answer: Response): Promise<string> => {
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  return ((await answer.json()) as { code: string }).code;
};

/** One byte after another, for as long as somebody listens. */
function drip(response: ServerResponse): null {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
  return null;
}

/** 256 MB of spaces in a quarter of a megabyte. */
const bomb = gzipSync(Buffer.alloc(268_435_456, ' '));
const packed = { 'content-type': 'application/json', 'content-encoding': 'gzip' };

describe('an upstream that means no good', () => {
  for (const [about, talk, code] of [
    ['drips', (_request, response) => drip(response), 'upstream-timeout'],
    [
      'says that more will come',
      (_request, response) => (response.writeHead(200).flushHeaders(), null),
      'upstream-timeout',
    ],
    [
      'sends a bomb',
      (_request, response) => (response.writeHead(200, packed).end(bomb), null),
      'upstream-not-understood',
    ],
    [
      'says that it is packed and is not',
      (_request, response) => (response.writeHead(200, packed).end('{"data":{}}'), null),
      'upstream-unreachable',
    ],
    [
      'announces more than anybody reads',
      (_request, response) => (response.writeHead(200, { 'content-length': '999999999' }).write('{'), null),
      'upstream-not-understood',
    ],
    [
      'has headers without end',
      () => json({}, { headers: { x: 'x'.repeat(100_000) } }),
      'upstream-unreachable',
    ],
    [
      'speaks no HTTP',
      (_request, response) => (response.socket?.end('220 mail.example ESMTP\r\n'), null),
      'upstream-unreachable',
    ],
    [
      'gives bytes that are no UTF-8',
      (_request, response) => (response.end(Buffer.from([0x22, 0xff, 0xfe, 0x22])), null),
      'upstream-not-understood',
    ],
    [
      'gives a million times',
      () => json({ data: { x: Array(20_000).fill({ start: '2026-03-03T09:00:00Z' }) } }),
      'upstream-not-understood',
    ],
  ] as [string, Talk, string][])
    it(`and ${about} ends in words, with memory as it was`, async () => {
      const companion = await companionOf(await upstreamThat(talk));
      const before = process.memoryUsage.rss();
      assert.equal(await codeOf(await ask(companion)), code);
      // Generous: what is guarded against is a quarter of a gigabyte.
      assert.ok(process.memoryUsage.rss() - before < 150_000_000);
    });

  it('and sends elsewhere is not followed, wherever that is', async () => {
    const elsewhere = await upstreamThat((request) => calSlots(request));
    for (const status of [301, 302, 303, 307, 308]) {
      const companion = await companionOf(
        await upstreamThat(({ path }) => ({ status, headers: { location: elsewhere.origin + path } })),
      );
      assert.equal(await codeOf(await ask(companion)), 'upstream-refused');
    }
    assert.equal(elsewhere.arrived.length, 0);
  });

  it('and gives a prototype gives nothing', async () => {
    const companion = await companionOf(
      await upstreamThat(() => ({ body: '{"data":{"__proto__":[{"start":"2026-03-03T09:00:00Z"}]}}' })),
    );
    const { slots } = (await (await ask(companion)).json()) as { slots: unknown[] };
    assert.deepEqual(slots, []);
    assert.equal('start' in {}, false);
  });

  it('and calls its JSON something else is understood', async () => {
    const companion = await companionOf(
      await upstreamThat((request) => ({
        ...calSlots(request),
        headers: { 'content-type': 'text/plain; charset=iso-8859-1' },
      })),
    );
    assert.equal((await ask(companion)).status, 200);
  });

  it('and goes away in the middle of its answer leaves older times, and comes back', async () => {
    const upstream = await upstreamThat((request) => calSlots(request));
    const clock = { now: NOW };
    const companion = await companionOf(upstream, clock);
    const known = (await (await ask(companion)).json()) as { slots: unknown[] };
    upstream.talk = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"status":"success","data":{', () => response.destroy());
      return null;
    };
    clock.now += 3_600_000;
    const stale = await ask(companion);
    assert.match(stale.headers.get('cache-status') ?? '', /detail=unreachable$/);
    assert.deepEqual(((await stale.json()) as { slots: unknown[] }).slots, known.slots);
    upstream.talk = (request) => calSlots(request);
    clock.now += 60_000;
    const fresh = (await (await ask(companion)).json()) as { fetchedAt: number };
    assert.equal(fresh.fetchedAt, clock.now);
  });
});
