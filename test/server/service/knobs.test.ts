import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { call, errorIn, runService, setKnobs, startsIn, type TestService } from './running-service.js';

let service: TestService;
let host = '';
let count = 0;

before(async () => {
  service = await runService('2026-03-16T08:00:00Z');
});
after(() => service.close());
beforeEach(() => {
  host = `test-knobs-${++count}`;
});

const slotsUrl = (knobs = '', slug = '30min'): string =>
  `${service.cal}/v2/slots?username=${host}&eventTypeSlug=${slug}&start=2026-04-13&end=2026-04-17${knobs && `&${knobs}`}`;
const pageUrl = (knobs = '', slug = '30min'): string =>
  `${service.cal}/${host}/${slug}/embed?embed=${knobs && `&${knobs}`}`;
const set = (knobs: Parameters<typeof setKnobs>[2], match = `${host}/30min`): Promise<number> =>
  setKnobs(service, match, knobs);
const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;

/** How a request ends that may never be answered: its status, or the name of what happened instead. */
const endOf = async (url: string, patience: number): Promise<number | string> =>
  fetch(url, { headers: { 'cal-api-version': '2024-09-04' }, signal: AbortSignal.timeout(patience) }).then(
    ({ status }) => status,
    (cause: unknown) => (cause instanceof Error ? cause.name : String(cause)),
  );

describe('knobs in the query', () => {
  it('make a page fail, hang, refuse and wait', async () => {
    assert.equal(await statusOf(pageUrl('status=500')), 500);
    assert.equal(await statusOf(pageUrl('status=403')), 403);
    assert.equal(await endOf(pageUrl('hang'), 300), 'TimeoutError');
    assert.equal(await endOf(pageUrl('refuse'), 60_000), 'TypeError');
    const start = performance.now();
    assert.equal(await statusOf(pageUrl('delay=120')), 200);
    assert.ok(performance.now() - start >= 115);
  });

  it('set the headers that decide about framing', async () => {
    const plain = (await fetch(pageUrl())).headers;
    assert.equal(plain.get('x-frame-options'), null);
    assert.ok(!plain.get('content-security-policy')?.includes('frame-ancestors'));
    assert.equal(plain.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(plain.get('cross-origin-embedder-policy'), null);
    assert.equal((await fetch(pageUrl('xfo=DENY'))).headers.get('x-frame-options'), 'DENY');
    const policy = (await fetch(pageUrl("frame-ancestors='none'"))).headers.get('content-security-policy');
    assert.match(policy ?? '', /frame-ancestors 'none'/);
    for (const knob of ['coep', 'flag.coep=true']) {
      assert.equal((await fetch(pageUrl(knob))).headers.get('cross-origin-embedder-policy'), 'require-corp');
    }
  });

  it('are not unknown parameters to the API', async () => {
    assert.equal((await call(slotsUrl('slots-status=429'))).status, 429);
    assert.equal((await call(slotsUrl('empty'))).status, 200);
    assert.deepEqual(startsIn(await call(slotsUrl('empty'))), []);
    assert.equal((await call(slotsUrl('emptyy'))).status, 400);
  });
});

describe('knobs of an event type', () => {
  it('make its times fail in every way, and no other’s', async () => {
    await set({ 'slots-status': 503, 'retry-after': 7 });
    const failed = await call(slotsUrl());
    assert.equal(failed.status, 503);
    assert.equal(errorIn(failed).code, 'HttpException');
    assert.equal(failed.headers.get('retry-after'), '7');
    assert.equal(failed.headers.get('access-control-expose-headers'), null);
    assert.equal((await call(slotsUrl('', '15min'))).status, 200);
    host = `${host}-other`;
    assert.equal((await call(slotsUrl())).status, 200);
  });

  it('turn answers about times into garbage, silence and refused connections', async () => {
    const garbled = async (kind: string | boolean): Promise<string> => {
      await set({ garbage: kind });
      return (await fetch(slotsUrl(), { headers: { 'cal-api-version': '2024-09-04' } })).text();
    };
    assert.match(await garbled(true), /^<!doctype html>/);
    assert.ok(Array.isArray((JSON.parse(await garbled('shape')) as { data: unknown }).data));
    assert.equal(await garbled('null'), 'null');
    const truncated = await garbled('truncated');
    assert.throws(() => JSON.parse(truncated) as unknown);
    await set({ garbage: null, mute: 'api' });
    assert.equal(await endOf(slotsUrl(), 300), 'TimeoutError');
    await set({ mute: null, 'slots-refuse': true });
    assert.equal(await endOf(slotsUrl(), 5000), 'TypeError');
    await set({ 'slots-refuse': null, 'no-cors': true });
    assert.equal((await call(slotsUrl())).headers.get('access-control-allow-origin'), null);
  });

  it('mean its page, not its times, where they could mean both', async () => {
    await set({ status: 500, delay: 1 });
    assert.equal(await statusOf(pageUrl()), 500);
    assert.equal((await call(slotsUrl())).status, 200);
  });

  it('reach the page that has to act on them', async () => {
    await set({ mute: true, 'lying-height': 'NaN' });
    const page = await (await fetch(pageUrl('late=50'))).text();
    assert.match(page, /"knobs":\{"mute":"1","lying-height":"NaN","late":"50"\}/);
  });

  it('hold for the first so many requests of each kind', async () => {
    await set({ first: 2, status: 500, 'slots-status': 500, now: '2026-04-01T00:00:00Z' });
    const pages = [await statusOf(pageUrl()), await statusOf(pageUrl()), await statusOf(pageUrl())];
    assert.deepEqual(pages, [500, 500, 200]);
    const answers = [];
    for (let asked = 0; asked < 3; asked++) answers.push((await call(slotsUrl())).status);
    assert.deepEqual(answers, [500, 500, 200]);
    assert.match(await (await fetch(pageUrl())).text(), /"now":1775001600000/, 'the clock is not a failure');
    await set({ first: 1 });
    assert.equal(await statusOf(pageUrl()), 500, 'counting begins again when a knob is turned');
  });

  it('set its clock', async () => {
    await set({ now: '2026-04-15T12:00:00Z' });
    assert.ok(startsIn(await call(slotsUrl())).every((start) => start >= '2026-04-15T13:00'));
  });

  it('can be set for a host and for everything, the nearest wins, and reset', async () => {
    await set({ 'slots-status': 500 }, host);
    assert.equal((await call(slotsUrl())).status, 500);
    await set({ 'slots-status': 404 });
    assert.equal((await call(slotsUrl())).status, 404);
    assert.equal((await call(slotsUrl('', '15min'))).status, 500);
    await call(`${service.control}/reset`, { method: 'POST', body: { match: host } });
    assert.equal((await call(slotsUrl())).status, 200);
    assert.equal((await call(slotsUrl('', '15min'))).status, 200);
  });

  it('are refused when there is no such knob', async () => {
    assert.equal(await set({ 'slot-status': 500 }), 400);
    assert.equal((await call(service.control, { method: 'POST', body: 'nothing' })).status, 400);
    const { body } = await call(service.control);
    assert.ok(Object.keys((body as { knobs: object }).knobs).includes('slots-status'));
  });
});

describe('the log', () => {
  it('counts what was asked for, by host and event type', async () => {
    await call(slotsUrl());
    await call(slotsUrl('', '15min'));
    await fetch(pageUrl());
    const seen = async (
      match: string,
    ): Promise<{ method: string; path: string; provider: string; query: object }[]> =>
      (await call(`${service.control}/log?match=${match}`)).body as never;
    const all = await seen(host);
    assert.deepEqual(
      all.map(({ method, path }) => `${method} ${path}`),
      ['GET /v2/slots', 'GET /v2/slots', `GET /${host}/30min/embed`],
    );
    assert.equal((await seen(`${host}/15min`)).length, 1);
    assert.deepEqual(all[2]?.query, { embed: '' });
    await call(`${service.control}/log?match=${host}`, { method: 'DELETE' });
    assert.equal((await seen(host)).length, 0);
  });

  it('knows who is meant by an id', async () => {
    const { body } = await call(`${service.cal}/v2/event-types?username=${host}&eventSlug=30min`, {
      version: '2024-06-14',
    });
    const id = (body as { data: { id: number }[] }).data[0]?.id ?? 0;
    await call(`${service.cal}/v2/slots?eventTypeId=${id}&start=2026-04-13&end=2026-04-14`);
    const seen = (await call(`${service.control}/log?match=${host}/30min`)).body as { path: string }[];
    assert.deepEqual(
      seen.map(({ path }) => path),
      ['/v2/event-types', '/v2/slots'],
    );
  });
});
