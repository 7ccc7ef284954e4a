import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pino } from 'pino';
import {
  BadOptions,
  createCompanion,
  type Companion,
  type CompanionOptions,
} from '../../src/server/index.js';
import type { Context } from '../../src/server/feature.js';
import { healthRoutes } from '../../src/server/health.js';
import { serve } from '../../src/server/node.js';
import { isSame } from '../../src/server/http/same.js';
import { calSlots, fakeUpstream } from './fake-upstream.js';
import { onEachEngine, openPlace } from './places.js';
import { until } from './until.js';

const ask = (path: string, init?: RequestInit): Request => new Request(`http://companion.test${path}`, init);

onEachEngine('a companion', (open) => {
  it('is healthy and ready, and says when it is about to stop', async () => {
    const companion = await (await open()).companion();
    assert.equal((await companion.fetch(ask('/healthz'))).status, 200);
    assert.equal((await companion.fetch(ask('/readyz'))).status, 200);
    companion.drain();
    assert.equal((await companion.fetch(ask('/readyz'))).status, 503);
    assert.equal((await companion.fetch(ask('/healthz'))).status, 200);
    await companion.close();
    await companion.close();
    const closed = await companion.fetch(ask('/healthz'));
    assert.equal(closed.status, 503);
    assert.deepEqual(await closed.json(), { healthy: false, failed: ['store', 'queue'] });
  });

  it('says what kind of content its answers are, so that no browser takes them for another', async () => {
    const token = 'a-token-for-this-test';
    const companion = await (await open()).companion({ token });
    const headers = { authorization: `Bearer ${token}` };
    for (const path of [
      '/healthz',
      '/readyz',
      '/nothing/here',
      '/v1/availability',
      '/v1/status',
      '/v1/sync',
      '/v1/queue',
      '/v1/metrics',
      '/v1/metrics/summary',
      '/metrics',
      '/dashboard',
      '/embed',
      '/embed?src=https://cal.com/acme/30min',
      '/embed.css',
    ]) {
      const answer = await companion.fetch(ask(path, { headers }));
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', path);
      assert.match(answer.headers.get('content-type') ?? '', /^(application|text)\//, path);
    }
  });

  it('answers what it does not know with a problem', async () => {
    const companion = await (await open()).companion();
    const answer = await companion.fetch(ask('/nothing/here'));
    assert.equal(answer.status, 404);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    assert.equal(((await answer.json()) as { code: string }).code, 'no-such-route');
  });

  it('refuses a client that asks too often, and nobody else', async () => {
    const companion = await (await open()).companion({ clientLimit: 3 });
    const status = async (address: string): Promise<number> =>
      (await companion.fetch(ask('/x'), { address })).status;
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push(await status('192.0.2.1'));
    assert.deepEqual(statuses, [404, 404, 404, 429]);
    assert.equal(await status('192.0.2.2'), 404);
    const refused = await companion.fetch(ask('/x'), { address: '192.0.2.1' });
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
  });

  it('believes as many entries of X-Forwarded-For as it has proxies, and no forged ones', async () => {
    const companion = await (await open()).companion({ clientLimit: 1, proxies: 1 });
    const status = async (forwarded: string): Promise<number> =>
      (
        await companion.fetch(ask('/x', { headers: { 'x-forwarded-for': forwarded } }), {
          address: '10.0.0.1',
        })
      ).status;
    assert.equal(await status('1.1.1.1, 192.0.2.1'), 404);
    assert.equal(await status('2.2.2.2, 192.0.2.1'), 429);
    assert.equal(await status('1.1.1.1, 192.0.2.9'), 404);
  });

  it('warns its owner as long as it serves everybody’s pages', async () => {
    const place = await open();
    const warned = async (options: CompanionOptions): Promise<boolean> => {
      const lines: string[] = [];
      const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
      await place.companion({ ...options, log });
      return lines.some((line) => line.includes('`pages` is not set'));
    };
    assert.equal(await warned({}), true);
    assert.equal(await warned({ upstreams: [{ provider: 'cal', pages: ['https://cal.com/acme'] }] }), false);
  });

  it('keeps what only its owner may know or ask for behind the token, and closed without one', async () => {
    const token = 'a-token-for-this-test';
    const place = await open();
    const [companion, closed] = [await place.companion({ token }), await place.companion()];
    for (const [method, path, status] of [
      ['GET', '/metrics', 200],
      ['GET', '/v1/metrics', 200],
      ['GET', '/v1/metrics/summary', 200],
      ['GET', '/v1/status', 200],
      ['GET', '/v1/queue', 200],
      ['POST', '/v1/queue/retry', 200],
      ['GET', '/v1/sync', 200],
      ['POST', '/v1/sync', 422], // without a key there is nothing to read
    ] as const) {
      const getWith = async (from: Companion, authorization: string): Promise<Response> =>
        from.fetch(ask(path, { method, headers: { authorization } }));
      assert.equal((await getWith(companion, `Bearer ${token}`)).status, status, path);
      for (const wrong of ['', 'Bearer', 'Bearer wrong', `Basic ${token}`, `Bearer ${token}x`]) {
        const refused = await getWith(companion, wrong);
        assert.equal(refused.status, 401, `${path} ${wrong}`);
        assert.match(refused.headers.get('www-authenticate') ?? '', /^Bearer /);
      }
      for (const any of ['', 'Bearer undefined', `Bearer ${token}`])
        assert.equal((await getWith(closed, any)).status, 403, `${path} ${any}`);
    }
  });

  it('refuses bodies that are too large', async () => {
    const companion = await (await open()).companion();
    const answer = await companion.fetch(ask('/x', { method: 'POST', body: 'x'.repeat(1_100_000) }));
    assert.equal(answer.status, 413);
  });
});

describe('options that cannot be used', () => {
  const folder = mkdtempSync(join(tmpdir(), 'options-'));
  const file = join(folder, 'file');
  writeFileSync(file, '');
  for (const [options, message] of [
    [{ tokn: 'x' }, /^`tokn`: there is no such option$/],
    [{ clientLimit: -3 }, /^`clientLimit`: .*, not -3$/],
    [{ origins: ['example.com'] }, /^`origins\[0\]`: .*, not "example.com"$/],
    [{ token: 'short-secret' }, /^`token`: must have at least 16 characters, not what was given$/],
    [{ database: 'mysql://x' }, /^`database`: must be a URL that begins with postgres:/],
    [{ data: file, log: 'silent' }, /^`data`: nothing can be stored in the folder ".*file": /],
    [
      { database: 'postgres://me:secret@127.0.0.1:1/x', log: 'silent' },
      /^`database`: the database at 127.0.0.1:1\/x cannot be used: (?!.*secret)/,
    ],
  ] as [CompanionOptions, RegExp][])
    it(`are named with their value: ${JSON.stringify(options).replace(folder, '')}`, async () => {
      await assert.rejects(createCompanion(options), (cause) => {
        assert.ok(cause instanceof Error);
        assert.match(cause.message, message);
        assert.doesNotMatch(cause.message, /short-secret/);
        return true;
      });
    });

  it('are reported all at once', async () => {
    await assert.rejects(createCompanion({ clientLimit: 0, proxies: -1 }), (cause) => {
      assert.ok(cause instanceof BadOptions);
      assert.equal(cause.message.split('\n').length, 2);
      return true;
    });
    rmSync(folder, { recursive: true });
  });
});

describe('a secret', () => {
  it('is the same only as itself', async () => {
    assert.equal(await isSame('abc', 'abc'), true);
    assert.equal(await isSame('abc', 'abd'), false);
    assert.equal(await isSame('abc', 'abcd'), false);
    assert.equal(await isSame('', 'a'), false);
  });
});

describe('whether a companion is healthy', () => {
  it('is found out once for all who ask at the same time', async () => {
    let pings = 0;
    let answer = (): void => undefined;
    const ping = (): Promise<void> => {
      pings++;
      return new Promise((resolve) => (answer = resolve));
    };
    const context = { store: { ping }, log: pino({ level: 'silent' }) } as unknown as Context;
    const app = healthRoutes({ context, features: [], isReady: () => true });
    const asked = Array.from({ length: 50 }, async () => app.request('/healthz'));
    await until(() => pings > 0);
    answer();
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    assert.deepEqual([...new Set(statuses)], [200]);
    assert.equal(pings, 1);
    const later = app.request('/healthz');
    await until(() => pings === 2);
    answer();
    assert.equal((await later).status, 200);
  });

  it('is reported part by part, to everybody without the reason, which is for the log', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'info', base: null }, { write: (line: string) => void lines.push(line) });
    const context = { store: { ping: () => Promise.resolve() }, log } as unknown as Context;
    let cause: Error | undefined = new Error('no way to postgres://me:secret@db.internal/x');
    const features = [
      { health: { part: 'stars', check: () => Promise.resolve() } },
      { health: { part: 'queue', check: () => (cause ? Promise.reject(cause) : Promise.resolve()) } },
      {},
    ];
    const app = healthRoutes({ context, features, isReady: () => true });
    const ill = await app.request('/healthz');
    assert.equal(ill.status, 503);
    assert.equal(await ill.text(), '{"healthy":false,"failed":["queue"]}');
    assert.equal(ill.headers.get('cache-control'), 'no-store');
    const [line, ...others] = lines.map((one) => JSON.parse(one) as { part: string; msg: string });
    assert.deepEqual([line?.part, line?.msg], ['queue', 'not healthy']);
    assert.equal(others.length, 0);
    cause = undefined;
    const well = await app.request('/healthz');
    assert.equal(well.status, 200);
    assert.equal(await well.text(), '{"healthy":true}');
  });
});

describe('a companion that is served', () => {
  it('does not wait for connections on which nothing was asked', async () => {
    const place = await openPlace('embedded');
    const { port, stop } = await serve(await place.companion(), { port: 0, grace: 600_000 });
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    const closed = once(silent, 'close');
    await stop();
    await closed;
    await place.close();
  });

  it('answers what is under way when it is stopped', async () => {
    const place = await openPlace('embedded');
    const upstream = await fakeUpstream((request) => calSlots(request));
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    upstream.talk = async (request) => {
      await held;
      return calSlots(request);
    };
    const companion = await place.companion({
      upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
    });
    const { origin, stop } = await serve(companion, { port: 0, grace: 600_000 });
    const answer = fetch(`${origin}/v1/availability?src=https://cal.com/acme/30min`);
    await until(() => upstream.arrived.length === 1);
    const stopped = stop();
    release();
    assert.equal((await answer).status, 200);
    await stopped;
    await upstream.close();
    await place.close();
  });

  it('closes the connections that are one too many, and takes others when some have gone', async () => {
    const place = await openPlace('embedded');
    const { port, stop } = await serve(await place.companion(), { port: 0, connections: 2 });
    /** A connection on which something was asked: what it received, or nothing if it was closed. */
    async function visitor(): Promise<{ readonly socket: Socket; readonly received: string }> {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined); // closed while it was asking
      const received = new Promise<string>((resolve) => {
        socket.once('data', (data) => resolve(String(data)));
        socket.once('close', () => resolve(''));
      });
      socket.write('GET /readyz HTTP/1.1\r\nHost: x.test\r\n\r\n');
      return { socket, received: await received };
    }
    const [one, two] = [await visitor(), await visitor()];
    for (const { received } of [one, two]) assert.match(received, /^HTTP\/1.1 200 /);
    assert.equal((await visitor()).received, '');
    one.socket.destroy();
    await until(async () => {
      const { socket, received } = await visitor();
      socket.destroy();
      return received.startsWith('HTTP/1.1 200 ');
    });
    two.socket.destroy();
    await stop();
    await place.close();
  });

  it('answers over HTTP and stops without cutting anybody off', async () => {
    const place = await openPlace('embedded');
    const { origin, stop } = await serve(await place.companion(), { port: 0 });
    assert.equal((await fetch(`${origin}/healthz`)).status, 200);
    await Promise.all([stop(), stop()]);
    await assert.rejects(fetch(`${origin}/healthz`));
    await place.close();
  });
});
