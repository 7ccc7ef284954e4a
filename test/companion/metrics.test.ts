import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forgetLoads } from '../../src/server/metrics/forget-loads.js';
import { sumHours } from '../../src/server/metrics/hours.js';
import { storeReports } from '../../src/server/metrics/store-reports.js';
import { summarize, type Summary } from '../../src/server/metrics/summary.js';
import type { RecentLoad } from '../../src/server/metrics/recent-loads.js';
import type { Companion } from '../../src/server/index.js';
import { onEachEngine } from './places.js';
import { aReport, aWidget, beacon } from './reports.js';
import { numbers, percentile, near } from './true-percentiles.js';
const token = 'a-token-for-this-test';
const HOUR = 3_600_000;
const never = new AbortController().signal;

async function read<Body>(companion: Companion, path: string): Promise<Body> {
  const answer = await companion.fetch(
    new Request(`http://companion.test/v1/metrics${path}`, { headers: { authorization: `Bearer ${token}` } }),
  );
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()) as Body;
}

const send = async (companion: Companion, report: unknown, headers = {}): Promise<number> =>
  (await companion.fetch(beacon(JSON.stringify(report), headers))).status;

onEachEngine('load reports', (open) => {
  it('are taken from beacons and read by the owner alone', async () => {
    const companion = await (await open()).companion({ token });
    assert.equal(
      await send(
        companion,
        aReport(
          { page: 'https://shop.example/book?mail=a@b.c#x', vitals: { lcp: 900, cls: 0.02 } },
          { cache: 'hit', cacheAge: 12 },
          { instance: 2, outcome: 'failed', failure: 'timeout', marks: {} },
        ),
      ),
      204,
    );
    const { loads } = await read<{ loads: RecentLoad[] }>(companion, '');
    assert.equal(loads.length, 2);
    const [second, first] = loads;
    assert.equal(first?.page, 'https://shop.example/book');
    assert.deepEqual(first.vitals, { lcp: 900, cls: 0.02 });
    assert.equal(first.cacheAge, 12);
    assert.equal(first.marks.ready, 1500);
    assert.equal(second?.failure, 'timeout');
    assert.deepEqual(second.vitals, {});
    for (const path of ['', '/summary']) {
      const answer = await companion.fetch(new Request(`http://companion.test/v1/metrics${path}`));
      assert.equal(answer.status, 401);
    }
  });

  it('of one view take the place of each other, the latest wins in any order, at the time of the first', async () => {
    let now = 1_000 * HOUR;
    const companion = await (await open()).companion({ token, now: () => now });
    const waiting = aWidget({ outcome: 'pending', marks: { visible: 1 } });
    await send(companion, aReport({ id: 'one', seq: 1, widgets: [waiting] }));
    now += 90_000;
    await send(companion, aReport({ id: 'one', seq: 3, widgets: [aWidget(), aWidget({ instance: 2 })] }));
    await send(companion, aReport({ id: 'one', seq: 2, widgets: [waiting] }));
    const { loads } = await read<{ loads: RecentLoad[] }>(companion, '');
    assert.deepEqual(
      loads.map(({ at, outcome }) => [at, outcome]),
      [
        [new Date(1_000 * HOUR).toISOString(), 'ready'],
        [new Date(1_000 * HOUR).toISOString(), 'ready'],
      ],
    );
  });

  it('that are none are refused, and among thousands of them no real one is lost', async () => {
    const place = await open();
    const companion = await place.companion({ token });
    const many = place.engine === 'embedded' ? 10_000 : 2000; // what refuses them is the same
    const junk = [
      '',
      '{',
      'null',
      '[]',
      '{"v":2}',
      JSON.stringify({ ...aReport(), page: 7 }),
      JSON.stringify(aReport({}, { attempts: -1 })),
      JSON.stringify(aReport({}, { provider: 'x'.repeat(41) })),
      JSON.stringify(aReport({ page: 'https://a.example/\u0000' })),
      JSON.stringify({ ...aReport(), widgets: Array.from({ length: 201 }, () => null) }),
      new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
      'x'.repeat(20_000),
    ];
    for (const body of junk) {
      const { status } = await companion.fetch(beacon(body));
      assert.equal(status, body.length > 16_384 ? 413 : 400, String(body).slice(0, 60));
    }
    for (let i = 0; i < many; i += 1000)
      await Promise.all(
        Array.from({ length: 1000 }, (_, k) =>
          k % 100 === 50
            ? send(companion, aReport({ id: `real-${i + k}` }))
            : companion.fetch(beacon(junk[(i + k) % junk.length] ?? '')),
        ),
      );
    assert.equal((await read<Summary>(companion, '/summary')).count, many / 100);
  });

  it('of bots, of visitors who do not want it and of other sites do not count', async () => {
    const companion = await (await open()).companion({ token, origins: ['https://shop.example'] });
    for (const [headers, status] of [
      [{ 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }, 204],
      [{ 'sec-gpc': '1' }, 204],
      [{ dnt: '1' }, 204],
      [{ origin: 'https://elsewhere.example' }, 403],
      [{ origin: 'https://shop.example' }, 204],
    ] as const)
      assert.equal(await send(companion, aReport(), headers), status, JSON.stringify(headers));
    assert.equal((await read<Summary>(companion, '/summary')).count, 1);
  });

  it('are listed page by page, each once, and only those that are asked for', async () => {
    const companion = await (await open()).companion({ token });
    for (let i = 0; i < 7; i++)
      await send(
        companion,
        aReport(
          { page: `https://shop.example/${i % 2}` },
          i === 3 ? { outcome: 'failed', failure: 'refused' } : { provider: i === 4 ? 'calendly' : 'cal' },
        ),
      );
    const pages: string[] = [];
    let cursor: string | null = '';
    let calls = 0;
    while (cursor !== null) {
      const found: { loads: RecentLoad[]; next: string | null } = await read(
        companion,
        `?limit=3&cursor=${cursor}`,
      );
      pages.push(...found.loads.map(({ page }) => page));
      cursor = found.next;
      calls++;
    }
    assert.deepEqual(
      pages,
      ['0', '1', '0', '1', '0', '1', '0'].map((name) => `https://shop.example/${name}`),
    );
    assert.equal(calls, 3);
    for (const [query, count] of [
      ['?errors=1', 1],
      ['?provider=calendly', 1],
      ['?page=https://shop.example/1', 3],
      ['?mode=popup', 0],
    ] as const)
      assert.equal((await read<{ loads: unknown[] }>(companion, query)).loads.length, count, query);
  });

  it('are not asked for in a way that means nothing', async () => {
    const companion = await (await open()).companion({ token });
    for (const query of [
      '?window=1y',
      '?window=-1h',
      '?from=yesterday',
      '?from=2026-01-02&to=2026-01-01',
      '?errors=maybe',
      '?limit=0',
      '?limit=1e9',
      '?cursor=zzz',
    ]) {
      const answer = await companion.fetch(
        new Request(`http://companion.test/v1/metrics${query}`, {
          headers: { authorization: `Bearer ${token}` },
        }),
      );
      assert.equal(answer.status, 400, query);
      assert.match(((await answer.json()) as { detail: string }).detail, /`\w+`/);
    }
  });

  it('give true percentiles of any window and filter, summed up or not, weighed with their sample rate', async () => {
    const next = numbers(11);
    let now = 500_000 * HOUR + 1_234_567;
    const store = await (
      await (async () => {
        const place = await open();
        await place.companion(); // makes the tables
        return place;
      })()
    ).store({ now: () => now });
    const all: {
      at: number;
      provider: string;
      mode: string;
      page: string;
      failed: boolean;
      weight: number;
      ready: number;
    }[] = [];
    const to = now + 5 * HOUR;
    for (; now < to; now += 7 * 60_000) {
      const reports = Array.from({ length: 12 }, () => {
        const [provider, mode] = [next() < 0.6 ? 'cal' : 'calendly', next() < 0.5 ? 'inline' : 'popup'];
        const page = `https://shop.example/${Math.floor(next() * 3)}`;
        const [failed, weight] = [next() < 0.1, next() < 0.2 ? 10 : 1];
        const ready = Math.round(300 + next() ** 5 * 30_000);
        all.push({ at: now, provider, mode, page, failed, weight, ready });
        return aReport(
          { page, sampleRate: 1 / weight },
          {
            provider,
            mode,
            ...(failed ? { outcome: 'failed', failure: 'timeout', marks: {} } : { marks: { ready } }),
          },
        );
      });
      await storeReports(store, reports, { sampleRate: 0.1 });
    }
    const check = async (about: string): Promise<void> => {
      for (const [from, end] of [
        [to - 5 * HOUR, to],
        [to - 4.6 * HOUR, to - 0.7 * HOUR],
        [to - 2.2 * HOUR, to - 2.1 * HOUR],
      ] as const)
        for (const filter of [
          {},
          { provider: 'cal' },
          { mode: 'popup', page: 'https://shop.example/1' },
          { errors: true },
        ]) {
          const meant = all.filter(
            ({ at, failed, ...one }) =>
              at >= from &&
              at < end &&
              (!('errors' in filter) || failed) &&
              Object.entries(filter).every(
                ([name, value]) => name === 'errors' || one[name as 'mode'] === value,
              ),
          );
          const what = `${about}, ${(end - from) / HOUR} h, ${JSON.stringify(filter)}`;
          const summary = await summarize({ store }, { from, to: end, filter, limit: 10 });
          assert.equal(summary.reported, meant.length, what);
          assert.ok(
            Math.abs(summary.count - meant.reduce((sum, { weight }) => sum + weight, 0)) < 0.01,
            what,
          );
          assert.ok(
            Math.abs(
              summary.errors -
                meant.filter(({ failed }) => failed).reduce((sum, { weight }) => sum + weight, 0),
            ) < 0.01,
            what,
          );
          const values = meant
            .filter(({ failed }) => !failed)
            .map(({ ready, weight }) => [ready, weight] as const);
          const found = summary.measures.ready;
          if (values.length === 0) {
            assert.equal(found, undefined, what);
            continue;
          }
          const weight = values.reduce((sum, [, one]) => sum + one, 0);
          near(
            found?.avg,
            values.reduce((sum, [value, one]) => sum + value * one, 0) / weight,
            `avg ${what}`,
          );
          assert.equal(found?.min, Math.min(...values.map(([value]) => value)), what);
          assert.equal(found.max, Math.max(...values.map(([value]) => value)), what);
          for (const [name, share] of [
            ['p50', 0.5],
            ['p75', 0.75],
            ['p95', 0.95],
            ['p99', 0.99],
          ] as const)
            near(found[name], percentile(values, share), `${name} ${what}`);
          const inSeries = summary.series.reduce((sum, { count }) => sum + count, 0);
          assert.ok(Math.abs(inSeries - summary.count) < 0.01, `${what}: the series has all of it`);
        }
    };
    await check('load by load');
    assert.ok((await sumHours(store, never)) >= 4);
    assert.equal(await sumHours(store, never), 0);
    await check('summed up');
  });

  it('that come late are in the sum of their hour too', async () => {
    let now = 700_000 * HOUR;
    const place = await open();
    const companion = await place.companion({ token, now: () => now });
    const store = await place.store({ now: () => now });
    await send(companion, aReport({ id: 'late', widgets: [aWidget({ outcome: 'pending' })] }));
    now += 2 * HOUR;
    assert.equal(await sumHours(store, never), 1);
    assert.deepEqual((await read<Summary>(companion, '/summary?window=3h')).outcomes, { pending: 1 });
    await send(companion, aReport({ id: 'late', seq: 2 }));
    assert.deepEqual((await read<Summary>(companion, '/summary?window=3h')).outcomes, { ready: 1 });
    assert.equal(await sumHours(store, never), 1);
    assert.deepEqual((await read<Summary>(companion, '/summary?window=3h')).outcomes, { ready: 1 });
    await forgetLoads(store, now + HOUR);
    assert.equal((await read<Summary>(companion, '/summary?window=3h')).count, 0);
  });

  it('are reported by provider, mode and page, with the share of the cache, the funnel and the failures', async () => {
    const companion = await (await open()).companion({ token });
    for (let i = 0; i < 3; i++) {
      await send(
        companion,
        aReport(
          { page: 'https://shop.example/slow' },
          { cache: 'hit', marks: { visible: 0, 'frame-start': 0, ready: 4000 } },
        ),
      );
      await send(
        companion,
        aReport(
          { page: 'https://shop.example/fast' },
          {
            provider: 'calendly',
            mode: 'popup',
            cache: 'off',
            marks: { visible: 0, opened: 10, 'slot-chosen': 20, booked: 30, 'frame-start': 0, ready: 400 },
          },
        ),
      );
    }
    await send(
      companion,
      aReport({}, { outcome: 'failed', failure: 'blocked-csp', cache: 'miss', marks: { visible: 1 } }),
    );
    const { by, cacheShare, funnel, failures, errors, outcomes } = await read<Summary>(companion, '/summary');
    assert.deepEqual(
      by.provider.map(({ name, count }) => [name, count]),
      [
        ['cal', 4],
        ['calendly', 3],
      ],
    );
    assert.deepEqual(
      by.mode.map(({ name }) => name),
      ['inline', 'popup'],
    );
    assert.deepEqual(
      by.slowest.map(({ name }) => name),
      ['https://shop.example/slow', 'https://shop.example/fast'],
    );
    assert.equal(cacheShare, 0.75);
    assert.deepEqual(funnel, { seen: 7, opened: 3, chosen: 3, booked: 3 });
    assert.deepEqual(failures, { 'blocked-csp': 1 });
    assert.equal(errors, 1);
    assert.deepEqual(outcomes, { ready: 6, failed: 1 });
  });

  it('that were answered are stored, also by an instance that closes, and three instances share them', async () => {
    const place = await open();
    const companions = [await place.companion({ token }), await place.companion({ token })];
    const last = await place.companion({ token });
    const send5 = (companion: Companion): Promise<number>[] =>
      Array.from({ length: 5 }, () => send(companion, aReport()));
    const sent = [...companions, last].flatMap(send5);
    const same = companions.map((companion, i) => send(companion, aReport({ id: 'same', seq: i + 1 })));
    await companions[0]?.close();
    const answers = await Promise.all(sent);
    assert.ok(answers.every((status, i) => status === 204 || (status === 503 && i < 5)));
    const taken = answers.filter((status) => status === 204).length;
    assert.ok((await Promise.all(same)).includes(204));
    assert.equal((await read<Summary>(last, '/summary')).count, taken + 1);
  });

  it('that an instance with a clock a moment ahead has stored are counted at once', async () => {
    const place = await open();
    const start = Date.now();
    const ahead = await place.companion({ token, now: () => start + 400 });
    const reader = await place.companion({ token, now: () => start });
    assert.equal(await send(ahead, aReport()), 204);
    assert.equal((await read<Summary>(reader, '/summary')).count, 1);
  });
});
