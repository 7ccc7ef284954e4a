import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { Agent, fetch } from 'undici';
import { VERSION } from '../../src/version.js';
import { calSlots, fakeUpstream, type FakeUpstream } from './fake-upstream.js';
import { openPlace, type Place } from './places.js';

const folder = mkdtempSync(join(tmpdir(), 'agent-'));
const places: Place[] = [];
const upstreams: FakeUpstream[] = [];
after(async () => {
  for (const each of [...places, ...upstreams]) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a call to a scheduling service', () => {
  it('names the companion and its version', async () => {
    const upstream = await fakeUpstream((request) => calSlots(request));
    upstreams.push(upstream);
    const place = await openPlace('embedded');
    places.push(place);
    const companion = await place.companion({
      upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
    });
    const url = 'http://companion.test/v1/availability?src=https://cal.com/acme/30min';
    assert.equal((await companion.fetch(new Request(url))).status, 200);
    assert.deepEqual(
      upstream.arrived.map(({ headers }) => headers['user-agent']),
      [`booking-widget-companion/${VERSION} (+https://github.com/booking-widget/booking-widget)`],
    );
  });

  /** When this fails, decision 0164 can be looked at again. */
  it('is made over HTTP/1.1, because over HTTP/2 the client bounds the size of no response', async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    execFileSync(
      'openssl',
      [...words, '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost'],
      {
        stdio: 'ignore',
      },
    );
    const server = createSecureServer(
      { key: readFileSync(key), cert: readFileSync(cert), allowHTTP1: true },
      (_, response) => response.end('y'.repeat(200_000)),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const read = async (allowH2: boolean): Promise<number> => {
      const connect = { rejectUnauthorized: false };
      const dispatcher = new Agent({ allowH2, maxResponseSize: 100_000, connect });
      const got = await fetch(url, { dispatcher })
        .then((response) => response.text())
        .finally(() => dispatcher.destroy());
      return got.length;
    };
    await assert.rejects(read(false));
    assert.equal(await read(true), 200_000);
    server.close();
  });
});
