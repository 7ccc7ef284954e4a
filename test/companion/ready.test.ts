import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, it } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { pino } from 'pino';
import { forget } from '../../src/server/availability/forget.js';
import { openBus } from '../../src/server/store/bus.js';
import type { Companion, CompanionOptions } from '../../src/server/index.js';
import { serve, type Served } from '../../src/server/node.js';
import { calSlots, fakeUpstream, json, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine, type Place } from './places.js';
import { until } from './until.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const DAY = 86_400_000;
const services: FakeUpstream[] = [];
const served: Served[] = [];
after(async () => {
  for (const each of served) await each.stop();
  for (const each of services) await each.close();
});

const pathFor = (days = 28, event = '30min'): string =>
  `/v1/availability?${new URLSearchParams({
    src: `https://cal.com/acme/${event}`,
    start: new Date(NOW + DAY).toISOString(),
    end: new Date(NOW + (1 + days) * DAY).toISOString(),
  })}`;

interface Scene {
  readonly service: FakeUpstream;
  readonly clock: { now: number };
  readonly companion: Companion;
  readonly place: Place;
}

async function scene(open: () => Promise<Place>, options: CompanionOptions = {}): Promise<Scene> {
  const service = await fakeUpstream((asked) => calSlots(asked));
  services.push(service);
  const clock = { now: NOW };
  const place = await open();
  const upstreams = [{ provider: 'cal' as const, pages: ['https://cal.com'], api: service.origin }];
  const companion = await place.companion({ now: () => clock.now, upstreams, ...options });
  return { service, clock, companion, place };
}

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** As a browser or a proxy has it: bytes, headers as they came. */
const get = (url: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Got> =>
  new Promise((resolve, reject) => {
    request(url, { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: { ...response.headers },
          body: Buffer.concat(parts),
        }),
      );
      response.on('error', reject);
    })
      .on('error', reject)
      .end();
  });

const viaFetch = async (
  companion: Companion,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Got> => {
  const answer = await companion.fetch(new Request(`http://companion.test${path}`, { headers }));
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: Buffer.from(await answer.arrayBuffer()),
  };
};

/** Without what the connection adds. */
const own = ({ headers, ...rest }: Got): object => {
  const { date: _date, connection: _connection, 'keep-alive': _keepAlive, ...more } = headers;
  return { ...rest, headers: more };
};

onEachEngine('an answer that lies ready', (open) => {
  it('is given for the same question once it was asked, and not for others', async () => {
    const { companion } = await scene(open);
    const ready = (url: string, method = 'GET'): ReturnType<Companion['ready']> =>
      companion.ready({ method, url, headers: {} });
    assert.equal(ready(pathFor()), undefined);
    await viaFetch(companion, pathFor(), {});
    assert.equal((await ready(pathFor()))?.status, 200);
    assert.equal(ready(pathFor(7)), undefined);
    assert.equal(ready(pathFor(), 'HEAD'), undefined);
    assert.equal(ready(pathFor(), 'POST'), undefined);
    assert.equal(ready('/healthz'), undefined);
  });

  for (const origins of [['*'], ['https://shop.example', 'https://blog.example']])
    it(`is what the route itself would say, to clients of all kinds (origins ${origins.join(' ')})`, async () => {
      const { companion } = await scene(open, { origins });
      const { origin } = await serve(companion, { port: 0 }).then((one) => (served.push(one), one));
      const { etag } = (await get(origin + pathFor())).headers;
      for (const headers of [
        {},
        { 'accept-encoding': 'gzip, deflate, br, zstd' },
        { 'accept-encoding': 'gzip' },
        { 'accept-encoding': 'br;q=0' },
        { origin: 'https://shop.example' },
        { origin: 'https://evil.example', 'accept-encoding': 'br' },
        { 'if-none-match': String(etag) },
        { 'if-none-match': `"x", ${String(etag)}`, origin: 'https://blog.example' },
        { 'if-none-match': '"x"' },
      ] as Record<string, string>[]) {
        const way = await companion.ready({ method: 'GET', url: pathFor(), headers });
        assert.ok(way, 'it lies ready');
        assert.deepEqual(
          own(await get(origin + pathFor(), headers)),
          own(await viaFetch(companion, pathFor(), headers)),
          JSON.stringify(headers),
        );
      }
      const packed = await get(origin + pathFor(), { 'accept-encoding': 'br' });
      assert.equal(packed.headers['content-encoding'], 'br');
      assert.equal(
        brotliDecompressSync(packed.body).toString(),
        (await get(origin + pathFor())).body.toString(),
      );
      const head = await get(origin + pathFor(), {}, 'HEAD');
      assert.equal(head.status, 200);
      assert.equal(head.body.length, 0);
    });

  it('counts for the limit of its client, which gets a problem in words when it was one too many', async () => {
    const { companion } = await scene(open, { clientLimit: 3 });
    const { origin } = await serve(companion, { port: 0 }).then((one) => (served.push(one), one));
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push(await get(origin + pathFor()));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 429],
    );
    const refused = answers[3];
    assert.equal(refused?.headers['content-type'], 'application/problem+json');
    assert.ok(Number(refused.headers['retry-after']) >= 1);
    assert.equal((JSON.parse(refused.body.toString()) as { code: string }).code, 'too-many-requests');
  });

  it('is counted for the client that a proxy names', async () => {
    const { companion } = await scene(open, { clientLimit: 2, proxies: 1 });
    await viaFetch(companion, pathFor(), { 'x-forwarded-for': '192.0.2.1' });
    const statusFor = async (client: string): Promise<number | undefined> =>
      (
        await companion.ready({
          method: 'GET',
          url: pathFor(),
          headers: { 'x-forwarded-for': `203.0.113.9, ${client}` },
          address: '10.0.0.1',
        })
      )?.status;
    assert.equal(await statusFor('192.0.2.1'), 200);
    assert.equal(await statusFor('192.0.2.1'), undefined);
    assert.equal(await statusFor('192.0.2.2'), 200);
  });

  it('may be kept by others for as long as it is still fresh, and not for longer', async () => {
    const { companion, clock } = await scene(open);
    const shared = async (): Promise<string> =>
      String((await viaFetch(companion, pathFor(3), {})).headers['cache-control']);
    assert.match(await shared(), /s-maxage=300,/);
    clock.now += 100_000;
    assert.match(await shared(), /s-maxage=200,/);
    const ready = await companion.ready({ method: 'GET', url: pathFor(3), headers: {} });
    assert.match(ready?.headers['Cache-Control'] ?? '', /s-maxage=200,/);
    assert.match(ready?.headers['Cache-Status'] ?? '', /hit; ttl=200$/);
    clock.now += 200_000;
    assert.equal(companion.ready({ method: 'GET', url: pathFor(3), headers: {} }), undefined);
  });

  it('is gone in every instance when one of its times was booked', async () => {
    const { companion, clock, place } = await scene(open);
    await viaFetch(companion, pathFor(3), {});
    const ready = (): unknown => companion.ready({ method: 'GET', url: pathFor(3), headers: {} });
    assert.ok(ready());
    const store = await place.store({ now: () => clock.now });
    const bus = await openBus(store);
    const start = NOW + 2 * DAY + 3_600_000;
    await forget({ store, bus }, { provider: 'cal', slug: '30min', start, end: start + 3_600_000 });
    bus.close();
    await until(() => !ready());
  });

  it('is given for a second when its times could not be confirmed, and says so', async () => {
    const { companion, service, clock } = await scene(open);
    await viaFetch(companion, pathFor(3), {});
    service.talk = () => json({}, { status: 500 });
    clock.now += 3_600_000;
    await viaFetch(companion, pathFor(3), {});
    const ready = (): ReturnType<Companion['ready']> =>
      companion.ready({ method: 'GET', url: pathFor(3), headers: {} });
    assert.match((await ready())?.headers['Cache-Status'] ?? '', /ttl=-3300; detail=status$/);
    assert.match((await ready())?.headers['Cache-Control'] ?? '', /s-maxage=5,/);
    clock.now += 1000;
    assert.equal(ready(), undefined);
  });

  it('is logged like every other answer, without address, query or page', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'debug', base: null }, { write: (line: string) => void lines.push(line) });
    const { companion } = await scene(open, { log });
    await viaFetch(companion, pathFor(3), {});
    await companion.ready({ method: 'GET', url: pathFor(3), headers: {}, address: '192.0.2.77' });
    const answered = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === 'answered');
    assert.deepEqual(
      answered.map(({ method, route, status }) => [method, route, status]),
      [
        ['GET', '/v1/availability', 200],
        ['GET', '/v1/availability', 200],
      ],
    );
    assert.doesNotMatch(lines.join(''), /192\.0\.2|acme|cal\.com/);
  });
});
