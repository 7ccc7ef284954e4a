import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pino } from 'pino';
import type { CompanionOptions } from '../../src/server/index.js';
import { logLimit } from '../../src/server/log-limit.js';
import { queueDepth } from '../../src/server/queue/jobs.js';
import { calList } from './cal-bookings.js';
import { calBody, calendlyBody, SECRETS, signedByCal, signedByCalendly } from './deliveries.js';
import { readEvents } from './event-reader.js';
import { fakeUpstream } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { aReport, beacon } from './reports.js';
import { until } from './until.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const HOUR = 3_600_000;
const START = NOW + 73 * HOUR;
const TOKEN = 'canary-token-of-the-owner';

/** Who asks, and what is theirs: nothing of it may be found again. */
const ADDRESSES = ['192.0.2.77', '198.51.100.5'] as const;
const PERSONAL = /personal|canary|192\.0\.2|198\.51\.100|of-this-test/i;

interface Line {
  readonly msg: string;
  readonly method?: string;
  readonly route?: string;
  readonly status?: number;
}

onEachEngine('what a companion logs', (open) => {
  it('says how everything ended, at every level, and nothing of anybody', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'trace', base: null }, { write: (line: string) => void lines.push(line) });
    const said = (): Line[] => lines.map((line) => JSON.parse(line) as Line);
    const upstream = await fakeUpstream(
      calList([
        { uid: 'canary-uid-1', start: START },
        { uid: 'canary-uid-2', start: START + HOUR, more: { start: 'personal' } },
      ]),
    );
    const place = await open();
    const options: CompanionOptions = {
      now: () => NOW,
      log,
      token: TOKEN,
      webhooks: SECRETS,
      proxies: 1,
      upstreams: [
        { provider: 'cal', key: 'cal-canary-key', pages: ['https://cal.com/canary'], api: upstream.origin },
      ],
    };
    const companion = await place.companion(options);
    const [address, forwarded] = ADDRESSES;
    async function ask(request: Request): Promise<Response> {
      request.headers.set('x-forwarded-for', forwarded);
      if (!request.headers.has('user-agent')) request.headers.set('user-agent', 'canary-browser');
      request.headers.set('referer', 'https://shop.example/canary?email=grace@personal.example');
      return companion.fetch(request, { address });
    }
    const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
      ask(new Request(`http://companion.test${path}`, { headers }));
    const post = (path: string, body: string, headers = {}): Promise<Response> =>
      ask(new Request(`http://companion.test${path}`, { method: 'POST', body, headers }));
    const owner = { authorization: `Bearer ${TOKEN}` };
    const page = 'https://cal.com/canary/30min?email=grace@personal.example&name=Grace+Personal';
    const range = { start: new Date(START).toISOString(), end: new Date(START + 24 * HOUR).toISOString() };
    const words = new URLSearchParams({ src: page, ...range }).toString();

    assert.equal((await get(`/v1/availability?${words}&email=grace@personal.example`)).status, 200);
    assert.equal((await get('/v1/availability?src=https://personal.example/canary')).status, 404);
    const live = await get(`/v1/live?${words}`);
    assert.equal(live.status, 200);
    await readEvents(live).leave();
    const report = aReport({ page: 'https://shop.example/canary?email=grace@personal.example#canary' });
    assert.equal((await ask(beacon(JSON.stringify(report)))).status, 204);
    assert.equal((await ask(beacon('{"personal": "canary"}'))).status, 400);
    for (const [delivery, status] of [
      [signedByCal(calBody('BOOKING_CREATED', 'canary-uid-3', START)), 202],
      [signedByCal(calBody('BOOKING_CREATED', 'canary-uid-4', START, { startTime: 'personal' })), 202],
      [signedByCal('{"triggerEvent": "personal canary", "payload": {}}'), 200],
      [signedByCal(calBody('BOOKING_CREATED', 'canary-uid-5', START), 'a canary for a secret'), 401],
      [signedByCal('personal canary'), 400],
      [signedByCalendly(calendlyBody('invitee.created', 'canary', START), NOW), 202],
    ] as const)
      assert.equal((await ask(delivery)).status, status);
    assert.equal((await get('/v1/status', owner)).status, 200);
    assert.equal((await get('/v1/status', { authorization: 'Bearer canary-guess' })).status, 401);
    const form = { origin: 'http://companion.test', 'content-type': 'application/x-www-form-urlencoded' };
    assert.equal((await post('/dashboard', 'token=canary-guess', form)).status, 401);
    assert.equal((await post('/dashboard', `token=${TOKEN}`, form)).status, 303);
    assert.equal((await get(`/embed?${words}&prefill-email=grace@personal.example`)).status, 200);
    assert.equal((await get('/canary/grace@personal.example')).status, 404);
    assert.equal((await post('/v1/sync', '', owner)).status, 202);
    await until(() => said().some(({ msg }) => msg === 'bookings synchronised'));
    const store = await place.store({ now: () => NOW });
    await until(async () => (await queueDepth(store)).waiting === 0);
    await companion.close();
    await upstream.close();

    const answered = said().filter(({ msg }) => msg === 'answered');
    for (const [method, route, status] of [
      ['GET', '/v1/availability', 200],
      ['GET', '/v1/live', 200],
      ['POST', '/v1/metrics', 204],
      ['POST', '/v1/webhooks/cal', 202],
      ['POST', '/v1/webhooks/calendly', 202],
      ['POST', '/dashboard', 303],
      ['GET', '/embed', 200],
      ['POST', '/v1/sync', 202],
    ] as const)
      assert.ok(
        answered.some((one) => one.method === method && one.route === route && one.status === status),
        `${method} ${route} ${status} is logged`,
      );
    assert.ok(said().some(({ msg }) => msg === 'a signed delivery cannot be read'));
    assert.deepEqual(
      lines.filter((line) => PERSONAL.test(line)),
      [],
    );
  });
});

describe('the log', () => {
  it('says the same only so often in a minute, and then how often it was not said', () => {
    let now = 0;
    const lines: { msg: string; suppressed?: number; level: number }[] = [];
    const log = pino(
      { hooks: { logMethod: logLimit(() => now) }, level: 'debug' },
      { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]) },
    );
    for (let i = 0; i < 10_000; i++) log.info({ code: 'open' }, 'stale times given out');
    log.warn('something else');
    for (let i = 0; i < 20; i++) log.debug('answered');
    assert.equal(lines.filter(({ msg }) => msg === 'stale times given out').length, 10);
    assert.equal(lines.filter(({ msg }) => msg === 'answered').length, 20);
    assert.equal(lines.filter(({ msg }) => msg === 'something else').length, 1);
    now = 60_001;
    log.info({ code: 'open' }, 'stale times given out');
    assert.equal(lines.at(-1)?.suppressed, 9990);
  });
});
