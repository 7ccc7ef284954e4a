import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, beforeEach, describe, it } from 'node:test';
import { KNOBS } from '../../../demo/service/knobs.js';
import { runService, setKnobs, type TestService } from './running-service.js';

let service: TestService;
let host = '';
let count = 0;

before(async () => {
  service = await runService('2026-03-16T08:00:00Z');
});
after(() => service.close());
beforeEach(() => {
  host = `test-faults-${++count}`;
});

const page = (init: RequestInit = {}): Promise<Response> =>
  fetch(`${service.cal}/${host}/30min/embed?embed=ns`, { redirect: 'manual', ...init });
const set = (knobs: Parameters<typeof setKnobs>[2]): Promise<number> => setKnobs(service, host, knobs);

describe('faults of a page', () => {
  it('a page with status 204 has no document', async () => {
    await set({ status: 204 });
    const response = await page();
    assert.equal(response.status, 204);
    assert.equal(await response.text(), '');
  });

  it('a page that is a download is sent as an attachment', async () => {
    await set({ download: true });
    assert.match((await page()).headers.get('content-disposition') ?? '', /^attachment/);
  });

  it('a page that hangs in its body sends headers and first bytes, and never ends', async () => {
    await set({ hang: 'body' });
    const leave = new AbortController();
    const response = await page({ signal: leave.signal });
    assert.equal(response.status, 200);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    assert.match(new TextDecoder().decode(first?.value), /^<!doctype html>/);
    const rest = reader?.read();
    leave.abort();
    await assert.rejects(async () => rest, { name: 'AbortError' });
  });

  it('a page redirects to another origin of the same provider, once', async () => {
    await set({ redirect: 'sibling' });
    const location = (await page()).headers.get('location') ?? '';
    const url = new URL(location);
    assert.equal(url.hostname, 'localhost');
    assert.equal(url.searchParams.get('embed'), 'ns');
    assert.equal((await fetch(location, { redirect: 'manual' })).status, 200);
  });

  it('a page redirects to a strange origin, or to a host that does not exist', async () => {
    await set({ redirect: 'stranger' });
    assert.equal((await page()).headers.get('location'), `${service.plain}/book/30min`);
    await set({ redirect: 'https://gone.invalid/' });
    assert.equal((await page()).headers.get('location'), 'https://gone.invalid/');
  });

  it('a private link shows the event type that it hides', async () => {
    const response = await fetch(`${service.cal}/d/${host}/30min`);
    assert.equal(response.status, 200);
    assert.match(await response.text(), /30 minute meeting/);
  });
});

describe('the README', () => {
  it('has every knob in its table', async () => {
    const readme = await readFile(new URL('../../../demo/service/README.md', import.meta.url), 'utf8');
    for (const [name, effect] of Object.entries(KNOBS)) {
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\` `));
      assert.ok(row?.includes(effect), `${name}: run demo/service/write-knob-table.ts`);
    }
  });
});
