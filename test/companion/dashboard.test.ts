import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Companion } from '../../src/server/index.js';
import { serve } from '../../src/server/node.js';
import type { AccountHealth } from '../../src/server/sync/account-health.js';
import { calList } from './cal-bookings.js';
import { fakeUpstream } from './fake-upstream.js';
import { openPlace, type Place } from './places.js';
import { until } from './until.js';
import { after } from 'node:test';

const token = 'a-token-for-this-test';
const ORIGIN = 'https://companion.test';

const places: Place[] = [];
after(async () => {
  for (const place of places) await place.close();
});

async function open(options = {}): Promise<Companion> {
  const place = await openPlace('embedded');
  places.push(place);
  return place.companion({ token, ...options });
}

const get = (companion: Companion, path: string, headers = {}): Promise<Response> =>
  companion.fetch(new Request(`${ORIGIN}${path}`, { headers }));

const post = (
  companion: Companion,
  path: string,
  body = '',
  headers = {},
  address?: string,
): Promise<Response> =>
  companion.fetch(
    new Request(`${ORIGIN}${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: ORIGIN, ...headers },
    }),
    { address },
  );

async function signedIn(companion: Companion): Promise<string> {
  const answer = await post(companion, '/dashboard', `token=${token}`);
  assert.equal(answer.status, 303);
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

describe('the dashboard', () => {
  it('opens with the token, in a cookie that no script and no other site can use and that does not hold it', async () => {
    const companion = await open();
    assert.match(await (await get(companion, '/dashboard')).text(), /<form/);
    const answer = await post(companion, '/dashboard', `token=${token}`);
    const cookie = answer.headers.get('set-cookie') ?? '';
    assert.match(cookie, /HttpOnly/);
    assert.match(cookie, /SameSite=Strict/);
    assert.match(cookie, /Secure/);
    assert.ok(!cookie.includes(token));
    const page = await get(companion, '/dashboard', { cookie: cookie.split(';')[0] });
    assert.match(await page.text(), /<booking-dashboard>/);
    assert.equal(page.headers.get('cache-control'), 'private, no-store');
  });

  it('is where the companion’s own address leads, also below a prefix', async () => {
    const answer = await get(await open(), '/');
    assert.equal(answer.status, 302);
    const to = answer.headers.get('location') ?? '';
    assert.equal(new URL(to, `${ORIGIN}/`).pathname, '/dashboard');
    assert.equal(new URL(to, `${ORIGIN}/booking/`).pathname, '/booking/dashboard');
  });

  it('stays closed for another token, for tries without end, and without a token', async () => {
    const companion = await open();
    for (const body of ['token=wrong', 'token=', '', 'token[]=x'])
      assert.equal((await post(companion, '/dashboard', body, {}, '192.0.2.1')).status, 401, body);
    for (let i = 0; i < 6; i++) await post(companion, '/dashboard', 'token=wrong', {}, '192.0.2.1');
    assert.equal((await post(companion, '/dashboard', `token=${token}`, {}, '192.0.2.1')).status, 429);
    assert.equal((await post(companion, '/dashboard', `token=${token}`, {}, '192.0.2.2')).status, 303);
    const closed = await open({ token: undefined });
    assert.equal((await get(closed, '/dashboard')).status, 403);
    assert.equal((await post(closed, '/dashboard', 'token=')).status, 403);
  });

  it('takes no form of another site', async () => {
    const companion = await open();
    for (const path of ['/dashboard', '/dashboard/sign-out'])
      assert.equal(
        (
          await post(companion, path, `token=${token}`, {
            origin: 'https://evil.example',
            'sec-fetch-site': 'cross-site',
          })
        ).status,
        400,
      );
  });

  it('takes its own form behind a proxy that ends TLS, from a browser that names no more than the origin', async () => {
    const companion = await open();
    const tryFrom = async (origin: string, url: string): Promise<number> => {
      const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
      const request = new Request(url, { method: 'POST', headers, body: `token=${token}` });
      return (await companion.fetch(request)).status;
    };
    assert.equal(await tryFrom('https://companion.test', 'http://companion.test/dashboard'), 303);
    assert.equal(await tryFrom('http://companion.test:8787', 'http://companion.test:8787/dashboard'), 303);
    assert.equal(await tryFrom('http://companion.test', 'https://companion.test/dashboard'), 400);
    assert.equal(await tryFrom('https://evil.example', 'http://companion.test/dashboard'), 400);
    assert.equal(await tryFrom('null', 'http://companion.test/dashboard'), 400);
  });

  it('says what to set where a proxy in front writes another host into the request', async () => {
    const headers = { origin: 'https://companion.test', 'content-type': 'application/x-www-form-urlencoded' };
    const request = new Request('http://10.0.0.7:8787/dashboard', {
      method: 'POST',
      headers,
      body: `token=${token}`,
    });
    const answer = await (await open()).fetch(request);
    assert.equal(answer.status, 400);
    assert.match(((await answer.json()) as { detail: string }).detail, /have it pass on .*Host/);
  });

  it('lets the signed-in browser read, and nothing else; a forged or an old cookie opens nothing', async () => {
    const companion = await open();
    const cookie = await signedIn(companion);
    for (const path of ['/v1/metrics', '/v1/metrics/summary', '/v1/status', '/metrics'])
      assert.equal((await get(companion, path, { cookie })).status, 200, path);
    assert.equal((await post(companion, '/v1/queue/retry', '', { cookie })).status, 401);
    const [name = '', value = ''] = cookie.split('=');
    const [until = '', session = '', signature = ''] = decodeURIComponent(value).split('.');
    const later = `${name}=${encodeURIComponent(`${Number(until) + 1}.${session}.${signature}`)}`;
    for (const forged of [later, `${name}=${until}`, `${name}=x.y`, `${name}=`])
      assert.equal((await get(companion, '/v1/status', { cookie: forged })).status, 401, forged);
    const other = await open({ token: 'another-token-than-before' });
    assert.equal((await get(other, '/v1/status', { cookie })).status, 401);
  });

  it('lets the signed-in browser start a synchronisation, from its own page alone', async () => {
    const upstream = await fakeUpstream(calList([{ uid: 'uid-1', start: Date.now() + 86_400_000 }]));
    const companion = await open({
      syncEvery: 0,
      upstreams: [{ provider: 'cal', key: 'cal_live_1', pages: ['https://cal.com'], api: upstream.origin }],
    });
    const cookie = await signedIn(companion);
    const start = (headers: object, body = ''): Promise<Response> =>
      post(companion, '/dashboard/sync', body, headers);
    assert.equal((await start({})).status, 401);
    assert.equal((await start({ cookie: 'booking-owner=forged' })).status, 401);
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    assert.equal((await start({ cookie, ...foreign })).status, 400);
    const json = { cookie, 'content-type': 'application/json' };
    assert.equal((await start(json, '{"account":"nobody"}')).status, 404);
    assert.deepEqual(upstream.arrived, []);
    const started = await start(json, '{}');
    assert.equal(started.status, 202);
    const state = async (): Promise<string | undefined> => {
      const { accounts } = (await (await get(companion, '/v1/sync', { cookie })).json()) as {
        accounts: AccountHealth[];
      };
      return accounts[0]?.state;
    };
    await until(async () => (await state()) === 'ok');
    assert.equal(
      (await post(companion, '/v1/sync', '', { cookie })).status,
      401,
      'the API takes the token alone',
    );
    await upstream.close();
  });

  it('is signed out of by a form, which ends that session on the server and no other', async () => {
    const companion = await open();
    const [cookie, other] = [await signedIn(companion), await signedIn(companion)];
    assert.equal((await get(companion, '/v1/status', { cookie })).status, 200);
    const answer = await post(companion, '/dashboard/sign-out', '', { cookie });
    assert.equal(answer.status, 303);
    assert.match(answer.headers.get('set-cookie') ?? '', /^booking-owner=; Max-Age=0/);
    assert.equal((await get(companion, '/v1/status', { cookie })).status, 401, 'a copy opens nothing');
    assert.equal((await get(companion, '/v1/status', { cookie: other })).status, 200);
  });

  it('allows nothing but its own files, and sends them once', async () => {
    const companion = await open();
    const policy = (await get(companion, '/dashboard')).headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
    assert.doesNotMatch(policy, /unsafe/);
    for (const [file, type] of [
      ['dashboard.js', /javascript/],
      ['dashboard.css', /css/],
    ] as const) {
      const answer = await get(companion, `/dashboard/${file}`);
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('content-type') ?? '', type);
      assert.ok((await answer.text()).length > 1000);
      const again = await get(companion, `/dashboard/${file}`, {
        'if-none-match': answer.headers.get('etag'),
      });
      assert.equal(again.status, 304);
    }
    // Whatever compresses it weakens its tag.
    const served = await serve(companion, { port: 0 });
    after(() => served.stop());
    const address = `${served.origin}/dashboard/dashboard.js`;
    const packed = await fetch(address);
    assert.equal(packed.headers.get('content-encoding'), 'gzip');
    await packed.text();
    const etag = packed.headers.get('etag') ?? '';
    for (const known of [etag, `"x", ${etag}`, '*'])
      assert.equal((await fetch(address, { headers: { 'if-none-match': known } })).status, 304, known);
    for (const file of ['dashboard-routes.js', '..%2fdashboard-routes.js', 'client-files.js', '__proto__'])
      assert.equal((await get(companion, `/dashboard/${file}`)).status, 404, file);
  });
});
