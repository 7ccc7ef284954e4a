import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { PageData, PageSlots } from '../../../demo/service/page/page-data.js';
import { availabilitySchema } from '../../../src/protocol/availability-schema.js';
import { call, runService, setKnobs, type TestService } from './running-service.js';

let service: TestService;
let host = '';
let count = 0;

before(async () => {
  service = await runService('2026-03-16T08:00:00Z');
});
after(() => service.close());
beforeEach(() => {
  host = `test-faces-${++count}`;
});

const START = '2026-04-13T10:00:00.000Z';

interface Document {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  readonly data: PageData;
  readonly headers: Headers;
}

const open = async (url: string, headers: HeadersInit = {}): Promise<Document> => {
  const response = await fetch(url, { headers });
  const html = await response.text();
  const data = JSON.parse(/id="page-data">(.*?)<\/script>/.exec(html)?.[1] ?? 'null') as PageData;
  return { status: response.status, url: response.url, html, data, headers: response.headers };
};

const book = async (origin: string, more: object = {}): Promise<{ status: number; uid: string }> => {
  const body = {
    key: `${host}/always`,
    start: START,
    duration: 60,
    name: 'Ada',
    email: 'ada@example.com',
    timeZone: 'Europe/Berlin',
    notes: '',
    guests: [],
    metadata: { utm_source: 'news' },
    moving: null,
    ...more,
  };
  const answer = await call(`${origin}/__page/bookings`, { method: 'POST', body });
  const { booking } = answer.body as { booking?: { uid: string } };
  return { status: answer.status, uid: booking?.uid ?? '' };
};

describe('pages', () => {
  it('are found under localhost too', async () => {
    const url = `${service.cal}/acme/30min`.replace('127.0.0.1', 'localhost');
    assert.equal((await open(url)).status, 200);
  });

  it('hold nothing inline, so that a strict policy lets them be', async () => {
    for (const url of [
      `${service.cal}/acme/30min/embed`,
      `${service.calendly}/acme/30min`,
      `${service.plain}/book/30min`,
    ]) {
      const { html, headers } = await open(url);
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
      assert.ok(!/ style=|<style|javascript:| on[a-z]+=/i.test(html));
      const scripts = [...html.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes ?? '');
      assert.ok(scripts.every((attributes) => /src=|application\/json/.test(attributes)));
      for (const [, file] of html.matchAll(/(?:src|href)="(\/__page\/[^"]+)"/g)) {
        const { status, headers: of } = await fetch(new URL(file ?? '', url));
        assert.equal(status, 200, file);
        assert.match(of.get('content-type') ?? '', file?.endsWith('.css') ? /text\/css/ : /text\/javascript/);
      }
    }
  });

  it('cannot be broken out of by what somebody writes into a booking', async () => {
    const { uid } = await book(service.cal, {
      notes: '</script><script>alert(1)</script>',
      name: '<b>"Ada"',
    });
    const { html, data } = await open(`${service.cal}/booking/${uid}`);
    assert.ok(!html.includes('<script>alert') && !html.includes('<b>'));
    assert.equal(
      data.page.view === 'booking' && data.page.booking.notes,
      '</script><script>alert(1)</script>',
    );
  });

  it('serve no file but their own', async () => {
    for (const path of [
      '/__page/..%2Fmain.js',
      '/__page/%2e%2e%2fmain.js',
      '/__page/nothing.js',
      '/__page/booker.ts',
    ]) {
      assert.equal((await fetch(service.cal + path)).status, 404, path);
    }
  });

  it('tell apart what exists and what does not', async () => {
    const paths = {
      '/acme': 200,
      '/acme/30min': 200,
      '/team/sales/intro': 200,
      '/team/sales': 200,
      '/sales/intro': 404,
      '/nobody': 404,
    };
    for (const [path, status] of Object.entries({
      ...paths,
      '/acme/nothing/embed': 404,
      '/acme/intro': 404,
      '/booking/x': 404,
    })) {
      assert.equal((await open(service.cal + path)).status, status, path);
    }
    assert.equal((await open(`${service.calendly}/sales/intro`)).status, 200);
    assert.equal((await open(`${service.calendly}/acme/nothing`)).status, 404);
    assert.equal((await open(`${service.plain}/book/30min`)).status, 200);
  });

  it('answer their own question about times, and name the next free one when there is none', async () => {
    const ask = async (slug: string, duration: number, more = ''): Promise<PageSlots> => {
      const range = 'from=2026-04-13T00:00:00Z&to=2026-04-14T00:00:00Z';
      return (
        await call(`${service.plain}/__page/slots?key=${host}/${slug}&${range}&duration=${duration}${more}`)
      ).body as PageSlots;
    };
    const always = await ask('always', 60, `&check=${START}`);
    assert.equal(always.slots.length, 25);
    assert.equal(always.free, true);
    const far = await ask('far', 60);
    assert.ok(far.slots.length === 0 && far.next !== null && far.next > '2026-08-13');
    assert.deepEqual(await ask('empty', 30), { slots: [], next: null, free: null });
  });

  it('refuse a time that somebody else took in the meantime', async () => {
    const both = await Promise.all([book(service.cal), book(service.calendly)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409]);
    const { body } = await call(`${service.control}/bookings?match=${host}`);
    assert.equal((body as unknown[]).length, 1);
    const removed = await call(`${service.control}/bookings?match=${host}`, { method: 'DELETE' });
    assert.deepEqual(removed.body, { removed: 1 });
    assert.equal((await book(service.cal)).status, 201);
  });

  it('move and cancel a booking', async () => {
    const { uid } = await book(service.cal);
    const moved = await book(service.cal, { moving: uid, start: '2026-04-13T12:00:00.000Z' });
    assert.equal(moved.status, 201);
    assert.equal((await book(service.cal, { moving: uid })).status, 404, 'what was moved away is gone');
    const url = `${service.cal}/__page/bookings/${moved.uid}/cancel`;
    const cancelled = await call(url, { method: 'POST', body: { reason: 'ill' } });
    assert.equal((cancelled.body as { status: string }).status, 'CANCELLED');
  });

  it('refuse a form that is not filled in', async () => {
    assert.equal((await book(service.cal, { email: 'nowhere' })).status, 400);
    assert.equal((await book(service.cal, { key: 'nobody/30min' })).status, 404);
    assert.equal((await book(service.cal, { duration: 25 })).status, 404);
  });
});

describe('the Cal.com face', () => {
  it('hides a page whose address ends in /embed, and no other', async () => {
    assert.match(
      (await open(`${service.cal}/acme/30min/embed?embed=`)).html,
      /<html[^>]* data-embed="hidden"/,
    );
    assert.ok(!(await open(`${service.cal}/acme/30min?embed=`)).html.includes('data-embed'));
    assert.match((await open(`${service.cal}/nobody/30min/embed?embed=`)).html, /data-embed="hidden"/);
  });

  it('loses most of the query when an embedded page is redirected', async () => {
    const renamed = await open(`${service.cal}/acme-old/30min/embed?embed=ns&theme=dark&name=Ada`);
    assert.equal(renamed.url, `${service.cal}/acme/30min/embed?layout=undefined&embed=ns`);
    const kept = await open(`${service.cal}/acme-old/30min/embed?embed=&layout=week_view`);
    assert.equal(kept.url, `${service.cal}/acme/30min/embed?layout=week_view&embed=`);
    const { uid } = await book(service.cal);
    const moving = await open(`${service.cal}/reschedule/${uid}/embed?embed=ns`);
    assert.equal(
      moving.url,
      `${service.cal}/${host}/always/embed?rescheduleUid=${uid}&layout=undefined&embed=ns`,
    );
    assert.equal(moving.data.page.view === 'event' && moving.data.page.moving?.uid, uid);
  });

  it('serves the real parent script', async () => {
    for (const path of ['/embed/embed.js', '/embed.js']) {
      const response = await fetch(service.cal + path);
      assert.equal(response.status, 200);
      assert.ok((await response.text()).includes('parentKnowsIframeReady'));
    }
  });
});

describe('the Calendly face', () => {
  it('has an address for every time, until the time is gone', async () => {
    const url = `${service.calendly}/${host}/always/${START}?embed_domain=example.com`;
    const free = await open(url);
    assert.equal(free.data.page.view === 'event' && free.data.page.start, START);
    await book(service.cal);
    const gone = await open(url);
    assert.equal(gone.status, 200);
    assert.equal(gone.data.page.view, 'unavailable');
    assert.equal(
      (await open(`${service.calendly}/${host}/always/2020-01-01T10:00:00Z`)).data.page.view,
      'unavailable',
    );
    assert.equal((await open(`${service.calendly}/${host}/always/tomorrow`)).status, 404);
  });

  it('shows a dead link as a page', async () => {
    const { status, data } = await open(`${service.calendly}/acme/inactive`);
    assert.equal(status, 200);
    assert.deepEqual(data.page.view === 'unavailable' && data.page.event, null);
  });
});

describe('GET /v1/availability', () => {
  const ask = (src: string, more = ''): ReturnType<typeof call> =>
    call(
      `${service.calendly}/v1/availability?src=${encodeURIComponent(src)}&start=2026-04-13T00:00:00Z&end=2026-04-14T00:00:00Z&timeZone=Europe/Berlin${more}`,
      { version: null },
    );

  it('answers availability with Calendly’s own address for each time', async () => {
    const { status, body, headers } = await ask(`${service.calendly}/${host}/always?month=2026-04`);
    assert.equal(status, 200);
    assert.equal(headers.get('access-control-allow-origin'), '*');
    const { slots, from, to, fetchedAt } = availabilitySchema.parse(body);
    assert.deepEqual(
      { from, to, fetchedAt },
      { from: '2026-04-13T00:00:00.000Z', to: '2026-04-14T00:00:00.000Z', fetchedAt: service.now },
    );
    assert.equal(slots.length, 24, 'the end is not part of the range');
    assert.deepEqual(slots[0], {
      start: '2026-04-13T00:00:00Z',
      end: '2026-04-13T01:00:00Z',
      url: `${service.calendly}/${host}/always/2026-04-13T00:00:00Z`,
    });
  });

  it('gives no addresses where a time has none of its own', async () => {
    for (const src of [`${service.cal}/${host}/always/embed`, `${service.plain}/${host}/always`]) {
      const { slots } = availabilitySchema.parse((await ask(src)).body);
      assert.ok(slots.length === 24 && slots.every(({ url }) => url === undefined));
    }
  });

  it('says what it cannot answer, and fails as it is configured to', async () => {
    assert.equal((await ask(`${service.calendly}/nobody/30min`)).status, 404);
    assert.equal((await ask('nonsense')).status, 400);
    assert.equal(
      (await ask(`${service.calendly}/acme/30min`, '&timeZone=Mars&end=x')).status,
      200,
      'the first of two counts',
    );
    await setKnobs(service, `${host}/30min`, { 'slots-status': 429, 'retry-after': 3 });
    const limited = await ask(`${service.calendly}/${host}/30min`);
    assert.equal(limited.status, 429);
    assert.equal(limited.headers.get('retry-after'), '3');
    assert.match(limited.headers.get('access-control-expose-headers') ?? '', /Retry-After/i);
  });
});
