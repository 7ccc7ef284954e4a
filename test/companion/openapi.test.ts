import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import type { Companion } from '../../src/server/index.js';
import { OPERATIONS as DESCRIBED } from '../../src/server/openapi/operations.js';
import { openApiDocument } from '../../src/server/openapi/document.js';
import { bookingScene, calAnswer, DAY, iso, NINE, TOKEN, type BookingScene } from './booking-scene.js';
import { calBody, signedByCal } from './deliveries.js';
import { json, type Talk } from './fake-upstream.js';
import { assertDocumented, operationOf, OPERATIONS } from './openapi-document.js';
import { onEachEngine } from './places.js';
import { aReport, beacon } from './reports.js';
import { until } from './until.js';

const PAGE = 'https://cal.com/acme/intro';

const talk: Talk = ({ path }) => {
  if (path === '/v2/slots') return calAnswer([{ start: NINE }, { start: NINE + DAY }]);
  if (path === '/v2/event-types')
    return json({
      status: 'success',
      data: [{ id: 7, title: 'Intro', lengthInMinutes: 30, users: [{ name: 'Ada', username: 'acme' }] }],
    });
  return json({ status: 'success', data: [], pagination: { hasNextPage: false } });
};

const scenes: BookingScene[] = [];
after(async () => {
  for (const { upstream } of scenes) await upstream.close();
});

const WIDTH = { start: iso(NINE - DAY), end: iso(NINE + 3 * DAY) };

/** Parameters with which a GET gives something, and the companion is asked for once with the token and once without. */
const QUERIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  getAvailability: { src: PAGE, ...WIDTH, preferred: iso(NINE) },
  getEvent: { src: PAGE },
  listen: { src: PAGE },
  listBookings: { from: iso(NINE - DAY), to: iso(NINE + DAY), limit: '1' },
  summarizeBookings: { window: '30d' },
  getBooking: { provider: 'cal', id: 'one' },
  listLoads: { window: '7d', limit: '1' },
  summarizeLoads: { window: '7d' },
  getEmbed: { src: PAGE },
};

const FILES: Readonly<Record<string, string>> = {
  getDashboardFile: '/dashboard/no-such-file',
  getWidget: '/booking-widget.js',
  getWidgetChunk: '/v0.0.0/no-such-chunk.js',
};

async function ask(companion: Companion, id: string, headers: Record<string, string>): Promise<Response> {
  const { path, method } = operationOf(id);
  const query = new URLSearchParams(QUERIES[id]);
  const url = new URL(`${FILES[id] ?? path}?${query}`, 'http://companion.test');
  return companion.fetch(new Request(url, { method: method.toUpperCase(), headers }));
}

/** A stream has no end to wait for. */
async function assertStream(response: Response): Promise<void> {
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
  await response.body?.cancel();
}

onEachEngine('the OpenAPI document', (open) => {
  async function scene(): Promise<BookingScene> {
    const made = await bookingScene(await open(), talk, (api) => ({
      upstreams: [
        { provider: 'cal', pages: ['https://cal.com'], api, key: 'cal_live_0123456789', budget: 1000 },
      ],
    }));
    scenes.push(made);
    return made;
  }

  it('has every route that is registered, and no other', async () => {
    const { companion } = await scene();
    const described = DESCRIBED.map(({ method, path, route = path }) => `${method.toUpperCase()} ${route}`);
    const registered = companion.routes.map(({ method, path }) => `${method} ${path}`);
    // A slash at the end is for browsers, which are sent on.
    const real = registered.filter((name) => name !== 'GET /dashboard/');
    assert.deepEqual(described.toSorted(), [...new Set(real)].toSorted());
    assert.equal(OPERATIONS.length, DESCRIBED.length);
  });

  it('is served as it is in the repository', async () => {
    const { companion } = await scene();
    const response = await ask(companion, 'getOpenApi', {});
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.deepEqual(await response.json(), openApiDocument());
    const etag = response.headers.get('etag') ?? '';
    assert.equal((await ask(companion, 'getOpenApi', { 'if-none-match': etag })).status, 304);
  });

  it('describes what a companion answers to every GET, with content and without, to the owner and to anybody', async () => {
    const made = await scene();
    const { companion } = made;
    const gets = OPERATIONS.filter(({ method }) => method === 'get');
    const owner = { authorization: `Bearer ${TOKEN}` };
    const askAll = async (headers: Record<string, string>): Promise<void> => {
      for (const operation of gets) {
        const response = await ask(companion, operation.operationId, headers);
        if (operation.operationId === 'listen') await assertStream(response);
        else await assertDocumented(operation, response);
      }
    };
    await askAll({});
    await askAll(owner);
    // Something of everything that is stored.
    await made.deliverCal('BOOKING_CREATED', 'one', NINE);
    await made.deliverCal('BOOKING_CREATED', 'two', NINE + 3_600_000);
    const unreadable = signedByCal(JSON.stringify({ triggerEvent: 'BOOKING_CREATED', payload: {} }));
    await assertDocumented(operationOf('receiveCalCom'), await companion.fetch(unreadable));
    const unsigned = signedByCal(calBody('BOOKING_CREATED', 'x', NINE), 'another-secret-of-somebody');
    await assertDocumented(operationOf('receiveCalCom'), await companion.fetch(unsigned));
    for (const outcome of ['ready', 'failed'] as const) {
      const report = aReport({}, { outcome, ...(outcome === 'failed' && { failure: 'timeout' }) });
      await assertDocumented(
        operationOf('reportLoad'),
        await companion.fetch(beacon(JSON.stringify(report))),
      );
    }
    for (const [id, path] of [
      ['synchronise', '/v1/sync'],
      ['retryJobs', '/v1/queue/retry'],
    ] as const) {
      const request = new Request(`http://companion.test${path}`, { method: 'POST', headers: owner });
      await assertDocumented(operationOf(id), await companion.fetch(request));
    }
    await until(async () => {
      const { accounts } = (await (await ask(companion, 'getSynchronisation', owner)).json()) as {
        accounts: { state: string }[];
      };
      return accounts.every(({ state }) => state === 'ok');
    });
    await askAll(owner);
    await assertDocumented(operationOf('purgeAvailability'), await purge(companion, owner));
  });

  it('describes refusals', async () => {
    const { companion, upstream } = await scene();
    upstream.talk = () => json({}, { status: 500 });
    await assertDocumented(operationOf('getAvailability'), await ask(companion, 'getAvailability', {}));
    for (const id of ['listBookings', 'listLoads', 'getAvailability']) {
      const url = `http://companion.test${operationOf(id).path}?limit=0&start=x`;
      const headers = { authorization: `Bearer ${TOKEN}` };
      const response = await companion.fetch(new Request(url, { headers }));
      assert.equal(response.status, 400);
      await assertDocumented(operationOf(id), response);
    }
  });
});

const purge = (companion: Companion, headers: Record<string, string>): Promise<Response> =>
  companion.fetch(new Request('http://companion.test/v1/availability?all=1', { method: 'DELETE', headers }));
