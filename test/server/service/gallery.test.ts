import assert from 'node:assert/strict';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { isStale } from '../../../demo/build-if-stale.js';
import { galleryApp } from '../../../demo/gallery-app.js';
import { listen } from '../../../demo/service/listen.js';
import type { LoadReport } from '../../../src/protocol/load-report.js';
import { temporaryFolder } from './running-service.js';

const service = {
  cal: 'http://cal',
  calendly: 'http://calendly',
  plain: 'http://plain',
  control: 'http://cal/__control',
};
let root = '';
let app: ReturnType<typeof galleryApp>;

before(async () => {
  root = await temporaryFolder();
  await mkdir(join(root, 'demo/gallery/inline'), { recursive: true });
  await mkdir(join(root, 'dist'));
  await mkdir(join(root, 'src'));
  await writeFile(join(root, 'demo/gallery/index.html'), '<title>Gallery</title>');
  await writeFile(join(root, 'demo/gallery/inline/index.html'), '<title>Inline</title>');
  await writeFile(join(root, 'demo/gallery/popup.html'), '<title>Popup</title>');
  await writeFile(join(root, 'demo/gallery/log.ts'), 'export const answer: number = 42;');
  await writeFile(join(root, 'dist/booking-widget.js'), '/* built */');
  await writeFile(join(root, 'src/secret.js'), '');
  app = galleryApp({ root, service, now: () => 1000 });
});

const get = async (
  path: string,
  headers: HeadersInit = {},
): Promise<{ status: number; text: string; headers: Headers }> => {
  const response = await app.request(path, { headers });
  return { status: response.status, text: await response.text(), headers: response.headers };
};

const report: LoadReport = {
  v: 1,
  id: 'abc',
  seq: 1,
  page: 'http://localhost:4100/inline',
  version: '0.1.0',
  navigation: 'navigate',
  sampleRate: 1,
  vitals: { cls: 0 },
  widgets: [
    {
      instance: 1,
      provider: 'cal',
      mode: 'inline',
      loading: 'lazy',
      outcome: 'ready',
      attempts: 1,
      cache: 'miss',
      marks: { ready: 900 },
    },
  ],
};

describe('the gallery’s origin', () => {
  it('serves pages, folders, scripts without their types, and the built widget', async () => {
    for (const [path, text] of [
      ['/', 'Gallery'],
      ['/inline/', 'Inline'],
      ['/popup', 'Popup'],
      ['/popup.html', 'Popup'],
      ['/dist/booking-widget.js', 'built'],
    ] as const) {
      const answer = await get(path);
      assert.equal(answer.status, 200, path);
      assert.ok(answer.text.includes(text), path);
    }
    assert.equal((await app.request('/inline')).headers.get('location'), '/inline/');
    const script = await get('/log.js');
    assert.match(script.text, /export const answer = 42/);
    assert.match(script.headers.get('content-type') ?? '', /javascript/);
    const etag = script.headers.get('etag') ?? '';
    assert.equal((await get('/log.js', { 'If-None-Match': etag })).status, 304);
  });

  it('serves nothing from elsewhere', async () => {
    for (const path of [
      '/nothing',
      '/..%2f..%2fsrc%2fsecret.js',
      '/dist/..%2fsrc%2fsecret.js',
      '/src/secret.js',
      '/log.ts',
    ]) {
      assert.equal((await get(path)).status, 404, path);
    }
    assert.equal((await get('/%E0%A4%A')).status, 400);
  });

  it('tells pages where the service is', async () => {
    assert.deepEqual(JSON.parse((await get('/service.json')).text), service);
    assert.equal((await get('/service.js')).text, `export const service = ${JSON.stringify(service)};\n`);
  });

  it('collects reports that are reports', async () => {
    const send = (body: string): Response | Promise<Response> =>
      app.request('/metrics', { method: 'POST', body, headers: { 'Content-Type': 'text/plain' } });
    assert.equal((await send(JSON.stringify(report))).status, 204);
    for (const junk of [
      '',
      'null',
      '{',
      JSON.stringify({ ...report, v: 2 }),
      JSON.stringify({ ...report, page: 7 }),
    ]) {
      assert.equal((await send(junk)).status, 400, junk);
    }
    assert.equal((await send('x'.repeat(30_000))).status, 413);
    assert.deepEqual(JSON.parse((await get('/metrics')).text), [{ at: 1000, report }]);
    await app.request('/metrics', { method: 'DELETE' });
    assert.deepEqual(JSON.parse((await get('/metrics')).text), []);
  });
});

describe('the build', () => {
  it('is stale when it is missing or older than any of its sources', async () => {
    const folder = await temporaryFolder();
    assert.equal(isStale(join(folder, 'nowhere')), false, 'nothing to build from');
    await mkdir(join(folder, 'src/deep'), { recursive: true });
    await mkdir(join(folder, 'dist'));
    await writeFile(join(folder, 'src/deep/a.ts'), '');
    assert.equal(isStale(folder), true);
    await writeFile(join(folder, 'dist/booking-widget.js'), '');
    const later = new Date(Date.now() + 60_000);
    await utimes(join(folder, 'dist/booking-widget.js'), later, later);
    assert.equal(isStale(folder), false);
    const evenLater = new Date(Date.now() + 120_000);
    await utimes(join(folder, 'src/deep/a.ts'), evenLater, evenLater);
    assert.equal(isStale(folder), true);
  });
});

describe('listening', () => {
  const taken = async (): Promise<{ server: Server; port: number }> => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { server, port: (server.address() as AddressInfo).port };
  };

  it('moves to a free port when the one that is wanted is taken, unless it must be that one', async () => {
    const { server, port } = await taken();
    const other = await listen(app, port);
    assert.notEqual(other.port, port);
    assert.equal((await fetch(`http://localhost:${other.port}/`)).status, 200);
    assert.equal((await fetch(`http://127.0.0.1:${other.port}/`)).status, 200);
    await assert.rejects(listen(app, port, { exact: true }), { code: 'EADDRINUSE' });
    await other.close();
    await assert.rejects(fetch(`http://127.0.0.1:${other.port}/`));
    server.close();
  });
});
