import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reportText } from '../../src/server/commands/report.js';
import type { Companion } from '../../src/server/index.js';
import { clientClass } from '../../src/server/metrics/client-class.js';
import { LIMITS, OTHER } from '../../src/server/metrics/limits.js';
import type { RecentLoad } from '../../src/server/metrics/recent-loads.js';
import type { Summary } from '../../src/server/metrics/summary.js';
import type { Status } from '../../src/server/status.js';
import { onEachEngine } from './places.js';
import { aReport, beacon, BROWSER } from './reports.js';

const token = 'a-token-for-this-test';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1';

const read = async <Body>(companion: Companion, path: string): Promise<Body> => {
  const headers = { authorization: `Bearer ${token}` };
  const response = await companion.fetch(new Request(`http://companion.test${path}`, { headers }));
  assert.equal(response.status, 200);
  return (await response.json()) as Body;
};

const send = async (
  companion: Companion,
  report: object,
  headers: Record<string, string> = {},
  address = '203.0.113.1',
): Promise<void> => {
  const { status } = await companion.fetch(beacon(JSON.stringify(report), headers), { address });
  assert.equal(status, 204);
};

onEachEngine('load reports', (open) => {
  it('tell three calendars on one page apart, and name the family and the class of the browser alone', async () => {
    const companion = await (await open()).companion({ token });
    const calendar = (name: string) => ({ calendar: `https://cal.com/acme/${name}?name=Ada` });
    const three = aReport({}, calendar('intro'), calendar('demo'), {
      ...calendar('support'),
      instance: 3,
      outcome: 'failed',
      failure: 'timeout',
    });
    await send(companion, three, { 'sec-ch-ua': '"Chromium";v="140", "Google Chrome";v="140"' });
    await send(companion, aReport({}, calendar('intro')), { 'user-agent': IPHONE });
    await send(companion, aReport({}, {}), { 'user-agent': 'Mozilla/5.0 (Haiku x86_64) WebPositive/1.3' });

    const summary = await read<Summary>(companion, '/v1/metrics/summary');
    assert.deepEqual(summary.by.calendar.map(({ name, count, errors }) => [name, count, errors]).toSorted(), [
      ['https://cal.com/acme/demo', 1, 0],
      ['https://cal.com/acme/intro', 2, 0],
      ['https://cal.com/acme/support', 1, 1],
    ]);
    assert.deepEqual(summary.browsers, { chrome: 3, safari: 1, other: 1 });
    assert.deepEqual(summary.devices, { desktop: 3, phone: 1, other: 1 });
    const one = encodeURIComponent('https://cal.com/acme/support');
    const { count, failures } = await read<Summary>(companion, `/v1/metrics/summary?calendar=${one}`);
    assert.deepEqual([count, failures], [1, { timeout: 1 }]);

    const { loads } = await read<{ loads: RecentLoad[] }>(companion, '/v1/metrics');
    assert.deepEqual(
      loads.map((load) => [load.calendar?.split('/').at(-1), load.browser, load.device]).toSorted(),
      [
        [undefined, 'other', 'other'],
        ['demo', 'chrome', 'desktop'],
        ['intro', 'chrome', 'desktop'],
        ['intro', 'safari', 'phone'],
        ['support', 'chrome', 'desktop'],
      ].toSorted(),
    );
    // Not the instants: one in some hundred has a version's digits among its milliseconds.
    const kept = JSON.stringify(loads.map(({ at: _at, ...load }) => load));
    assert.doesNotMatch(kept, /140|19_0|Ada|203\.0/, 'no version, no query, no address');

    const text = reportText(summary, await read<Status>(companion, '/v1/status'));
    for (const shown of [/calendar +│ loads/, /cal\.com\/acme\/demo/, /safari +│ +1/, /phone +│ +1/])
      assert.match(text, shown);
  });

  it('bring no more names of calendars than one client, and all of them in an hour, may', async () => {
    const companion = await (await open()).companion({ token });
    for (let i = 0; i < LIMITS.calendarsPerClient + 5; i += 5) {
      const some = [0, 1, 2, 3, 4].map((n) => ({ instance: n + 1, calendar: `https://x.example/${i + n}` }));
      await send(companion, aReport({}, ...some));
    }
    const named = async (): Promise<string[]> =>
      (await read<Summary>(companion, '/v1/metrics/summary?limit=200')).by.calendar.map(({ name }) => name);
    const names = await named();
    assert.equal(names.length, LIMITS.calendarsPerClient + 1);
    assert.ok(names.includes(OTHER));
    for (let i = 0; i < LIMITS.calendarsPerHour; i += 20) {
      const some = Array.from({ length: 20 }, (_, n) => ({
        instance: n + 1,
        calendar: `https://y.example/${i + n}`,
      }));
      await send(companion, aReport({}, ...some), {}, `203.0.113.${i / 20 + 2}`);
    }
    const { loads } = await read<{ loads: RecentLoad[] }>(companion, '/v1/metrics?limit=1000');
    assert.equal(new Set(loads.map(({ calendar }) => calendar)).size, LIMITS.calendarsPerHour + 1);
  });
});

describe('the class of a browser', () => {
  const android = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)';
  const cases: readonly (readonly [browser: string, device: string, headers: Record<string, string>])[] = [
    ['chrome', 'desktop', { 'user-agent': BROWSER }],
    ['safari', 'phone', { 'user-agent': IPHONE }],
    ['chrome', 'phone', { 'user-agent': `${android} Chrome/140.0.0.0 Mobile Safari/537.36` }],
    ['chrome', 'tablet', { 'user-agent': `${android} Chrome/140.0.0.0 Safari/537.36` }],
    [
      'samsung',
      'phone',
      { 'user-agent': `${android} SamsungBrowser/29.0 Chrome/130.0.0.0 Mobile Safari/537.36` },
    ],
    ['edge', 'desktop', { 'user-agent': `${BROWSER} Edg/140.0.0.0` }],
    ['opera', 'desktop', { 'user-agent': `${BROWSER} OPR/120.0.0.0` }],
    [
      'firefox',
      'desktop',
      { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0' },
    ],
    ['chrome', 'phone', { 'user-agent': 'x', 'sec-ch-ua': '"Chromium";v="1"', 'sec-ch-ua-mobile': '?1' }],
    ['other', 'other', {}],
  ];
  for (const [browser, device, headers] of cases)
    it(`is ${browser} and ${device} for ${JSON.stringify(headers)}`, () => {
      assert.deepEqual(
        clientClass((name) => headers[name]),
        { browser, device },
      );
    });
});
