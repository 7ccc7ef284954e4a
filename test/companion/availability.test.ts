import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { calSlots } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';
import { NOW, upstreamThat, normal, optionsFor, ask, read, codeOf, scene } from './availability-scene.js';
onEachEngine('availability', (open) => {
  it('gives the times of the asked range, in the shape the widget reads', async () => {
    const { companion, upstream } = await scene(open);
    const answer = await read(await ask(companion));
    assert.equal(answer.from, '2026-03-03T00:00:00.000Z');
    assert.equal(answer.to, '2026-03-06T00:00:00.000Z');
    assert.equal(answer.fetchedAt, NOW);
    assert.equal(answer.slots.length, 9);
    assert.deepEqual(answer.slots[0], { start: '2026-03-03T09:00:00.000Z', end: '2026-03-03T10:00:00.000Z' });
    const [asked] = upstream.arrived;
    assert.equal(asked?.path, '/v2/slots');
    assert.equal(asked.headers['cal-api-version'], '2024-09-04');
    assert.equal(asked.query.get('username'), 'acme');
  });

  it('asks once for visitors of all zones and ranges that lie within what is known', async () => {
    const { companion, upstream } = await scene(open);
    const first = await ask(companion);
    assert.match(first.headers.get('cache-status') ?? '', /fwd=miss/);
    await read(first);
    assert.match((await ask(companion)).headers.get('cache-status') ?? '', /; hit; ttl=300$/);
    const narrower = await read(
      await ask(companion, {
        start: '2026-03-04T09:30:00+00:00',
        end: '2026-03-05T10:30:00Z',
        timeZone: 'Asia/Kolkata',
      }),
    );
    assert.equal(narrower.slots.length, 4);
    assert.equal(upstream.arrived.length, 1);
  });

  it('asks only for what is missing', async () => {
    const { companion, upstream } = await scene(open);
    await read(await ask(companion));
    const more = await read(await ask(companion, { end: '2026-03-08T00:00:00Z' }));
    assert.equal(more.slots.length, 15);
    assert.equal(upstream.arrived[1]?.query.get('start'), '2026-03-06T00:00:00.000Z');
  });

  it('keeps the upstream’s moment in `fetchedAt`, whichever instance passes the answer on', async () => {
    const { companions, clock } = await scene(open, normal, 2);
    const [first, second] = companions;
    assert.ok(first && second);
    await read(await ask(first));
    clock.now += 100_000;
    assert.equal((await read(await ask(second))).fetchedAt, NOW);
  });

  for (const [about, perDay, fresh] of [
    ['no times', 0, 60],
    ['few times', 1, 180],
    ['many times', 5, 300],
  ] as const)
    it(`holds ${about} fresh for ${fresh} s`, async () => {
      const { companion, upstream, clock } = await scene(open, (request) => calSlots(request, perDay));
      const answer = await ask(companion);
      assert.match(answer.headers.get('cache-control') ?? '', new RegExp(`s-maxage=${fresh}\\b`));
      clock.now += fresh * 1000 - 1;
      await read(await ask(companion));
      assert.equal(upstream.arrived.length, 1);
      clock.now += 1;
      await read(await ask(companion));
      await until(() => upstream.arrived.length === 2);
    });

  it('holds what is more than a week ahead fresh for 600 s', async () => {
    const { companion, upstream, clock } = await scene(open);
    const far = { start: '2026-04-01T00:00:00Z', end: '2026-04-05T00:00:00Z' };
    await read(await ask(companion, far));
    clock.now += 599_000;
    await read(await ask(companion, far));
    assert.equal(upstream.arrived.length, 1);
  });

  it('gives times that were fresh a moment ago at once, and asks meanwhile', async () => {
    const { companion, upstream, clock } = await scene(open);
    await read(await ask(companion));
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    upstream.talk = async (request) => {
      await held;
      return calSlots(request, 1);
    };
    clock.now += 301_000;
    const stale = await ask(companion);
    assert.match(stale.headers.get('cache-status') ?? '', /ttl=-1\b/);
    assert.equal((await read(stale)).slots.length, 9);
    release();
    await until(async () => {
      clock.now += 1001; // what was given out a moment ago is kept ready for a second
      return (await read(await ask(companion))).slots.length === 3;
    });
    assert.equal(upstream.arrived.length, 2);
  });

  it('waits for confirmation when times are much older', async () => {
    const { companion, upstream, clock } = await scene(open);
    await read(await ask(companion));
    clock.now += 3_600_000;
    upstream.talk = (request) => calSlots(request, 1);
    assert.equal((await read(await ask(companion))).slots.length, 3);
  });

  it('shares one request among all who ask at once, of three instances', async () => {
    const { companions, upstream } = await scene(open, normal, 3);
    const answers = await Promise.all(
      companions.flatMap((companion) => Array.from({ length: 20 }, async () => read(await ask(companion)))),
    );
    assert.ok(answers.every(({ slots }) => slots.length === 9));
    assert.equal(upstream.arrived.length, 1);
  });

  it('is the same answer of an instance whose clock is a little behind, so that caches need not fetch it again', async () => {
    const { companion, upstream, clock, place } = await scene(open);
    const behind = await place.companion(optionsFor(upstream, { now: clock.now - 200 }));
    const first = await ask(companion);
    const second = await ask(behind);
    assert.equal(second.headers.get('etag'), first.headers.get('etag'));
    assert.equal((await read(second)).fetchedAt, (await read(first)).fetchedAt);
    assert.equal(upstream.arrived.length, 1);
  });

  it('answers with 304 what the client has already, and compressed what it has not', async () => {
    const { companion } = await scene(open);
    const words = { end: '2026-03-30T00:00:00Z' };
    const first = await ask(companion, words);
    const etag = first.headers.get('etag') ?? '';
    const text = await first.text();
    const again = await ask(companion, words, { 'if-none-match': `"x", ${etag}` });
    assert.equal(again.status, 304);
    assert.equal(await again.text(), '');
    assert.equal(again.headers.get('etag'), etag);
    for (const [accepted, unpack] of [
      ['gzip, br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const packed = await ask(companion, words, { 'accept-encoding': accepted });
      assert.ok(packed.headers.get('content-encoding'));
      const bytes = Buffer.from(await packed.arrayBuffer());
      assert.ok(bytes.length < text.length / 3);
      assert.equal(unpack(bytes).toString(), text);
      assert.match(packed.headers.get('vary') ?? '', /accept-encoding/i);
    }
    assert.equal(
      (await ask(companion, words, { 'accept-encoding': 'br;q=0' })).headers.get('content-encoding'),
      null,
    );
  });

  it('names the event type for content networks, the same in every range', async () => {
    const { companion } = await scene(open);
    const tag = (await ask(companion)).headers.get('cache-tag');
    assert.ok(tag);
    assert.equal((await ask(companion, { end: '2026-03-07T00:00:00Z' })).headers.get('cache-tag'), tag);
    const other = await ask(companion, { src: 'https://cal.com/acme/15min' });
    assert.notEqual(other.headers.get('cache-tag'), tag);
  });

  it('gives the nearest other times to a preferred one, from one request', async () => {
    const { companion, upstream } = await scene(open);
    const response = await companion.fetch(
      new Request(
        'http://companion.test/v1/availability?src=https://cal.com/acme/30min&preferred=2026-03-03T10:30:00Z&timeZone=UTC',
      ),
    );
    const body = (await response.json()) as { alternatives: { start: string; reason: string }[] };
    assert.deepEqual(
      body.alternatives.map(({ start, reason }) => `${start.slice(5, 16)} ${reason}`),
      [
        '03-03T10:00 same-day',
        '03-03T11:00 next-free',
        '03-03T09:00 same-day',
        '03-04T10:00 next-working-day',
        '03-10T10:00 same-time-next-week',
      ],
    );
    assert.equal(upstream.arrived.length, 1);
  });

  it('finds an event type by its id', async () => {
    const { companion, upstream } = await scene(open);
    const response = await companion.fetch(
      new Request('http://companion.test/v1/availability?eventType=1234&provider=cal'),
    );
    assert.ok((await read(response)).slots.length > 20);
    assert.equal(upstream.arrived[0]?.query.get('eventTypeId'), '1234');
  });

  for (const [about, words, code, status] of [
    ['a range of years', { end: '2028-03-03T00:00:00Z' }, 'range-too-long', 400],
    [
      'a range in another century',
      { start: '1826-01-01T00:00:00Z', end: '1826-01-02T00:00:00Z' },
      'range-too-far',
      400,
    ],
    ['a range that ends before it begins', { end: '2026-03-02T00:00:00Z' }, 'bad-range', 400],
    ['an instant without a zone', { start: '2026-03-03T00:00:00' }, 'bad-instant', 400],
    ['junk for an instant', { start: 'tomorrow' }, 'bad-instant', 400],
    ['a zone that is none', { timeZone: 'Mars/Olympus' }, 'bad-time-zone', 400],
    ['an address that points inward', { src: 'http://127.0.0.1:22/acme/30min' }, 'unknown-event-type', 404],
    [
      'the cloud’s own address',
      { src: 'http://169.254.169.254/latest/meta-data' },
      'unknown-event-type',
      404,
    ],
    ['a look-alike host', { src: 'https://cal.com.evil.example/acme/30min' }, 'unknown-event-type', 404],
    ['a name before the host', { src: 'https://cal.com@evil.example/acme/30min' }, 'unknown-event-type', 404],
    ['a file', { src: 'file:///etc/passwd' }, 'bad-src', 400],
    ['no address', { src: 'acme/30min' }, 'bad-src', 400],
    ['an endless address', { src: `https://cal.com/${'x'.repeat(4000)}` }, 'bad-src', 400],
    ['a page without event type', { src: 'https://cal.com/acme' }, 'unknown-event-type', 404],
  ] as const)
    it(`asks nobody for ${about}, and says what is wrong`, async () => {
      const { companion, upstream } = await scene(open);
      const answer = await ask(companion, words);
      assert.equal(answer.status, status);
      assert.equal(await codeOf(answer), code);
      assert.equal(upstream.arrived.length, 0);
    });

  it('passes names on as names, whatever stands in them', async () => {
    const { companion, upstream } = await scene(open);
    await ask(companion, { src: 'https://cal.com/acme%26eventTypeId=1/30min%2F..%2F..%2Fv2%2Fme' });
    const [asked] = upstream.arrived;
    assert.equal(asked?.path, '/v2/slots');
    assert.equal(asked.query.get('username'), 'acme&eventtypeid=1');
    assert.equal(asked.query.get('eventTypeId'), null);
  });

  it('passes a path that is encoded wrongly on as it is written', async () => {
    const { companion, upstream } = await scene(open);
    await ask(companion, { src: 'https://cal.com/%zz/30min' });
    assert.equal(upstream.arrived[0]?.query.get('username'), '%zz');
  });

  it('lets only the listed origins read', async () => {
    const upstream = await upstreamThat(normal);
    const clock = { now: NOW };
    const companion = await (
      await open()
    ).companion({ ...optionsFor(upstream, clock), origins: ['https://shop.example'] });
    const allowed = async (origin: string): Promise<string | null> =>
      (await ask(companion, {}, { origin })).headers.get('access-control-allow-origin');
    assert.equal(await allowed('https://shop.example'), 'https://shop.example');
    assert.equal(await allowed('https://evil.example'), null);
  });
});

describe('pages of another account', () => {
  onEachEngine('availability', (open) => {
    it('are served only where the owner said so', async () => {
      const upstream = await upstreamThat(normal);
      const companion = await (
        await open()
      ).companion({
        now: () => NOW,
        upstreams: [{ provider: 'cal', pages: ['https://cal.com/acme'], api: upstream.origin }],
      });
      assert.equal((await ask(companion)).status, 200);
      assert.equal((await ask(companion, { src: 'https://cal.com/acme-evil/30min' })).status, 404);
      assert.equal((await ask(companion, { src: 'https://cal.com/bella/30min' })).status, 404);
    });
  });
});
