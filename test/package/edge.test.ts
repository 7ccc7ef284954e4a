import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { Miniflare, Response as WorkerResponse } from 'miniflare';
import type { CompanionOptions } from '../../src/server/index.js';
import { calBody, signedByCal, SECRETS } from '../companion/deliveries.js';
import { calSlots, fakeUpstream, type FakeUpstream } from '../companion/fake-upstream.js';
import { readEvents } from '../companion/event-reader.js';
import { aReport, beacon } from '../companion/reports.js';
import { until } from '../companion/until.js';

const ORIGIN = 'http://companion.test';
const TOKEN = 'the-token-of-this-owner';
const PAGE = 'https://cal.com/acme/30min';
const TIMES = `/v1/availability?src=${PAGE}`;
const HOUR = 3_600_000;

const folder = mkdtempSync(join(tmpdir(), 'edge-'));
const runs: Miniflare[] = [];
let script = '';
let upstream: FakeUpstream;

/** The worker of the example, as its tool bundles it: for a runtime without modules of Node. */
before(async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: ['integrations/deploy/cloudflare/worker.js'],
    alias: {
      'booking-widget-companion': './dist/esm/server/index.js',
      'booking-widget-companion/edge': './dist/esm/server/edge.js',
    },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    mainFields: ['browser', 'module', 'main'],
    logLevel: 'silent',
  });
  script = outputFiles[0]?.text ?? '';
  const native = /node_modules\/(libsql|pg|undici|@hono\/node-server)\/|server\/on-node\//;
  assert.deepEqual(
    Object.keys(metafile.inputs).filter((file) => native.test(file)),
    [],
  );
  upstream = await fakeUpstream((request) => calSlots(request));
});
after(async () => {
  for (const run of runs) await run.dispose();
  await upstream.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  /** What a client sends, from an address of its own. */
  call(path: string | Request, init?: RequestInit, address?: string): Promise<Response>;
  asOwner<Answer>(path: string): Promise<Answer>;
  stop(): Promise<void>;
}

/** The worker in workerd. `name` is its storage, which outlasts it. */
function start(name: string, options: CompanionOptions = {}): Run {
  const run = new Miniflare({
    modules: [{ type: 'ESModule', path: 'worker.js', contents: script }],
    compatibilityDate: '2025-12-01',
    durableObjects: { COMPANION: { className: 'Companion', useSQLite: true } },
    durableObjectsPersist: join(folder, name),
    bindings: {
      COMPANION_OPTIONS: JSON.stringify({
        token: TOKEN,
        webhooks: SECRETS,
        upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
        log: 'error',
        ...options,
      }),
    },
    serviceBindings: {
      ASSETS: async (request) =>
        readFile(join('dist', new URL(request.url).pathname)).then(
          (bytes) => new WorkerResponse(bytes),
          () => new WorkerResponse(null, { status: 404 }),
        ),
    },
  });
  runs.push(run);
  const call: Run['call'] = async (path, init, address = '192.0.2.1') => {
    const request = typeof path === 'string' ? new Request(`${ORIGIN}${path}`, init) : path;
    const body = request.body ? new Uint8Array(await request.arrayBuffer()) : null;
    const headers = { ...Object.fromEntries(request.headers), 'cf-connecting-ip': address };
    const { method, url } = request;
    return (await run.dispatchFetch(url, {
      method,
      headers,
      ...(body && { body }),
      redirect: 'manual',
    })) as unknown as Response;
  };
  return {
    call,
    asOwner: async (path) => {
      const response = await call(path, { headers: { authorization: `Bearer ${TOKEN}` } });
      assert.equal(response.status, 200, await response.clone().text());
      return (await response.json()) as never;
    },
    stop: async () => {
      runs.splice(runs.indexOf(run), 1);
      await run.dispose();
    },
  };
}

interface Bookings {
  readonly bookings: readonly { readonly id: string; readonly state: string }[];
}

describe('the companion in a runtime without Node', () => {
  it('is healthy, fetches slots once for all, and limits each client', async () => {
    const { call } = start('slots', { clientLimit: 3 });
    assert.deepEqual(await (await call('/healthz')).json(), { healthy: true });
    assert.equal((await call('/readyz')).status, 200);
    const asked = upstream.arrived.length;
    const [first, second, third, fourth] = [
      await call(TIMES),
      await call(TIMES),
      await call(TIMES),
      await call(TIMES),
    ];
    assert.equal(first.status, 200, await first.clone().text());
    assert.match(first.headers.get('cache-status') ?? '', /fwd=miss/);
    assert.match(second.headers.get('cache-status') ?? '', /hit/);
    assert.equal(await second.text(), await third.text());
    assert.equal(upstream.arrived.length, asked + 1);
    assert.equal(fourth.status, 429);
    assert.equal((await call(TIMES, {}, '192.0.2.2')).status, 200, 'another client');
    const etag = second.headers.get('etag') ?? '';
    const again = await call(TIMES, { headers: { 'if-none-match': etag } }, '192.0.2.2');
    assert.equal(again.status, 304);
  });

  it('never exceeds the budget of an account', async () => {
    const budget = 5;
    const { call } = start('budget', {
      upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin, budget }],
    });
    const asked = upstream.arrived.length;
    const pages = Array.from({ length: 12 }, (_, i) => `/v1/availability?src=https://cal.com/acme/${i}`);
    const answers = await Promise.all(pages.map((page, i) => call(page, {}, `192.0.2.${i}`)));
    const calls = upstream.arrived.length - asked;
    assert.ok(calls > 0 && calls <= budget, String(calls));
    assert.equal(answers.filter(({ status }) => status === 200).length, calls);
    assert.equal(answers.filter(({ status }) => status === 503).length, pages.length - calls);
  });

  it('counts load reports, also many in one statement', async () => {
    const { call, asOwner } = start('reports', { clientLimit: 100_000 });
    const widgets = Array.from({ length: 8 }, (_, i) => ({ instance: i + 1 }));
    for (let i = 0; i < 3; i++) {
      const response = await call(beacon(JSON.stringify(aReport({}, ...widgets))));
      assert.equal(response.status, 204, await response.clone().text());
    }
    const counted = () => asOwner<{ count: number }>('/v1/metrics/summary?window=1h');
    await until(async () => (await counted()).count === 24);
    const text = await (await call('/metrics', { headers: { authorization: `Bearer ${TOKEN}` } })).text();
    assert.match(text, /booking_widget_loads_total\{.*outcome="ready".*\} 24/);
  });

  it('takes signed deliveries once, refuses others, and works on them without a request', async () => {
    const { call, asOwner } = start('webhooks', { clientLimit: 100_000 });
    const body = calBody('BOOKING_CREATED', 'booking-1', Date.now() + 48 * HOUR);
    assert.equal((await call(signedByCal(body, 'another-secret-than-ours'))).status, 401);
    assert.equal((await call(signedByCal(body))).status, 202);
    assert.equal((await call(signedByCal(body))).status, 202, 'a repetition');
    const list = () => asOwner<Bookings>('/v1/bookings');
    await until(async () => (await list()).bookings.length > 0);
    assert.deepEqual(
      (await list()).bookings.map(({ id }) => id),
      ['booking-1'],
    );
    const packed = new Response(
      new Blob([body.replace('booking-1', 'booking-2')]).stream().pipeThrough(new CompressionStream('gzip')),
    );
    const plain = body.replace('booking-1', 'booking-2');
    const signed = signedByCal(plain);
    const headers = { ...Object.fromEntries(signed.headers), 'content-encoding': 'gzip' };
    const sent = await call('/v1/webhooks/cal', {
      method: 'POST',
      headers,
      body: new Uint8Array(await packed.arrayBuffer()),
    });
    assert.equal(sent.status, 202, await sent.clone().text());
    await until(async () => (await list()).bookings.length === 2);
  });

  it('notifies pages that listen', async () => {
    const { call } = start('live');
    await call(TIMES);
    const live = readEvents(await call(`/v1/live?src=${PAGE}`));
    const tomorrow = (Math.floor(Date.now() / (24 * HOUR)) + 1) * 24 * HOUR;
    assert.equal(
      (await call(signedByCal(calBody('BOOKING_CREATED', 'booking-live', tomorrow + 9 * HOUR)))).status,
      202,
    );
    await until(() => live.news().some(({ type }) => type === 'times-gone'));
    await live.leave();
  });

  it('keeps everything when it is stopped and started again', async () => {
    const one = start('kept');
    const body = calBody('BOOKING_CREATED', 'booking-kept', Date.now() + 48 * HOUR);
    assert.equal((await one.call(signedByCal(body))).status, 202);
    await one.call(TIMES);
    await one.stop();
    const asked = upstream.arrived.length;
    const other = start('kept');
    await until(async () => (await other.asOwner<Bookings>('/v1/bookings')).bookings.length === 1);
    assert.match((await other.call(TIMES)).headers.get('cache-status') ?? '', /hit/);
    assert.equal(upstream.arrived.length, asked);
  });

  it('has the hosted page, the widget and the dashboard, and lets its owner in', async () => {
    const { call } = start('pages', { embed: { pages: ['https://cal.com/acme'] } });
    assert.equal((await call(`/embed?src=${PAGE}`)).status, 200);
    const widget = await call('/booking-widget.js');
    assert.equal(await widget.text(), await readFile('dist/booking-widget.js', 'utf8'));
    assert.equal((await call('/dashboard/dashboard.js')).status, 200);
    const signIn = (token: string) =>
      call('/dashboard', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: ORIGIN },
        body: new URLSearchParams({ token }).toString(),
      });
    assert.equal((await signIn('wrong-token-of-somebody')).status, 401);
    const signedIn = await signIn(TOKEN);
    assert.equal(signedIn.status, 303);
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    assert.match(await (await call('/dashboard', { headers: { cookie } })).text(), /dashboard\.js/);
  });

  it('says which option cannot be used there', async () => {
    const { call } = start('database', { database: 'postgres://localhost/bookings' });
    const response = await call('/healthz').catch((cause: unknown) => String(cause));
    const said = typeof response === 'string' ? response : await response.text();
    assert.match(said, /`database`: in a Durable Object its own storage is the store/);
  });
});
