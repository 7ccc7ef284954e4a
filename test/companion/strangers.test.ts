import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Companion } from '../../src/server/index.js';
import { trimLoads } from '../../src/server/metrics/forget-loads.js';
import { sumHours } from '../../src/server/metrics/hours.js';
import { LIMITS } from '../../src/server/metrics/limits.js';
import { ROWS_AT_ONCE } from '../../src/server/metrics/loads.js';
import type { MetricsTables } from '../../src/server/metrics/schema.js';
import { HourFull, storeReports } from '../../src/server/metrics/store-reports.js';
import { summarize, type Summary } from '../../src/server/metrics/summary.js';
import { knownNames } from '../../src/server/telemetry/known-names.js';
import { onEachEngine } from './places.js';
import { aReport, aWidget, beacon } from './reports.js';

const token = 'a-token-for-this-test';
const HOUR = 3_600_000;
const never = new AbortController().signal;

async function summaryOf(companion: Companion, words = 'window=1h'): Promise<Summary> {
  const answer = await companion.fetch(
    new Request(`http://companion.test/v1/metrics/summary?${words}`, {
      headers: { authorization: `Bearer ${token}` },
    }),
  );
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()) as Summary;
}

const send = async (companion: Companion, report: unknown, address: string): Promise<number> =>
  (await companion.fetch(beacon(JSON.stringify(report)), { address })).status;

const names = (parts: readonly { readonly name: string }[]): string[] => parts.map(({ name }) => name).sort();

/** A report as large as one may be, with made-up names in every field. */
const forged = (i: number) =>
  aReport({
    page: `https://junk-${i}.example/${'x'.repeat(1900)}`,
    navigation: `n${i}`,
    version: `v${i}`,
    sampleRate: 0.0001,
    widgets: Array.from({ length: 60 }, (_, k) => ({
      ...aWidget({ outcome: 'failed', failure: 'timeout' }),
      instance: k + 1,
      provider: `made-up-${i}-${k}`,
      mode: `mode-${k}`,
      loading: `loading-${k}`,
    })),
  });

onEachEngine('what strangers write', (open) => {
  it('is bounded by client: rows of a report, reports, and names of pages and providers', async () => {
    const companion = await (await open()).companion({ token });
    const statuses: number[] = [];
    for (let i = 0; i < LIMITS.reportsPerMinute + 5; i++)
      statuses.push(await send(companion, forged(i), '198.51.100.1'));
    assert.equal(statuses.filter((status) => status === 204).length, LIMITS.reportsPerMinute);
    assert.equal(statuses.filter((status) => status === 429).length, 5);
    for (const provider of ['cal', 'a-real-one-nobody-knows'])
      assert.equal(await send(companion, aReport({ widgets: [aWidget({ provider })] }), '192.0.2.1'), 204);
    const { by, count, reported } = await summaryOf(companion, 'window=1h&limit=200');
    assert.equal(reported, LIMITS.reportsPerMinute * LIMITS.widgets + 2);
    assert.equal(count, reported, 'nobody’s report counts for more than it is');
    assert.equal(by.page.length, LIMITS.pagesPerClient + 2, 'theirs, "other" and the real one');
    assert.ok(by.page.every(({ name }) => name.length <= LIMITS.pageLength));
    assert.deepEqual(
      names(by.provider).filter((name) => !name.startsWith('made-up')),
      ['a-real-one-nobody-knows', 'cal', 'other'],
    );
    assert.equal(by.provider.length, LIMITS.providersPerClient + 3);
    assert.deepEqual(names(by.mode), ['inline', 'other']);
  });

  it('is bounded by hour, whatever they send: pages, providers and rows', async () => {
    const place = await open();
    await place.companion();
    let now = 500_000 * HOUR;
    const store = await place.store({ now: () => now });
    for (let i = 0; i < LIMITS.pagesPerHour + 50; i += 50)
      await storeReports(
        store,
        Array.from({ length: 50 }, (_, k) => aReport({ page: `https://junk.example/${i + k}` })),
      );
    const rows = await store.tables<MetricsTables>().selectFrom('load').select('page').execute();
    assert.equal(new Set(rows.map(({ page }) => page)).size, LIMITS.pagesPerHour + 1);
    await store.tables<MetricsTables>().updateTable('load_hour').set({ rows: LIMITS.rowsPerHour }).execute();
    await assert.rejects(storeReports(store, [aReport()]), HourFull);
    now += HOUR;
    assert.equal((await storeReports(store, [aReport()])).length, 1);
  });

  it('is bounded in all: the oldest loads go first, and their hours stay summed up', async () => {
    const place = await open();
    await place.companion();
    const start = 600_000 * HOUR;
    let now = start;
    const store = await place.store({ now: () => now });
    for (let hour = 0; hour < 4; hour++, now += HOUR)
      await storeReports(
        store,
        Array.from({ length: 30 }, () => aReport()),
      );
    now += HOUR;
    await sumHours(store, never);
    await trimLoads(store, 60);
    const left = await store.tables<MetricsTables>().selectFrom('load').select('at').execute();
    assert.equal(left.length, 60);
    assert.ok(left.every(({ at }) => at >= start + 2 * HOUR));
    const { count } = await summarize({ store }, { from: start, to: now, filter: {}, limit: 10 });
    assert.equal(count, 120);
    const part = { from: start + HOUR / 2, to: now };
    assert.equal((await summarize({ store }, { ...part, filter: {}, limit: 10 })).count, 120);
  });

  it('is read in slices: nobody waits for a summary of many rows and names', async () => {
    const place = await open();
    await place.companion();
    let now = 700_000 * HOUR;
    const store = await place.store({ now: () => now });
    const reports = 300;
    for (let i = 0; i < reports; i += 25)
      await storeReports(
        store,
        Array.from({ length: 25 }, (_, k) => ({ ...forged(i + k), page: `https://junk.example/${i + k}` })),
      );
    now += HOUR;
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns++;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const summary = await summarize({ store }, { from: now - 2 * HOUR, to: now, filter: {}, limit: 200 });
    isOver = true;
    const rows = reports * LIMITS.widgets;
    assert.equal(summary.reported, rows);
    assert.ok(summary.by.page.length <= 200);
    assert.ok(turns >= rows / ROWS_AT_ONCE, `${turns} turns for ${rows} rows`);
  });
});

onEachEngine('the weight of a report', (open) => {
  it('is what the owner’s sampling allows, whatever the report says', async () => {
    const sampled = await (await open()).companion({ token, sampleRate: 0.1 });
    await send(sampled, aReport({ sampleRate: 0.1 }), '192.0.2.1');
    await send(sampled, aReport({ sampleRate: 0.0001 }), '192.0.2.2');
    await send(sampled, aReport({ sampleRate: 0.5 }), '192.0.2.3');
    assert.equal((await summaryOf(sampled)).count, 22);
    const plain = await (await open()).companion({ token });
    await send(plain, aReport({ sampleRate: 0.0001 }), '192.0.2.1');
    assert.equal((await summaryOf(plain)).count, 1);
  });

  it('is reported by days of the zone that is asked for, named in the answer', async () => {
    const place = await open();
    // 2026-03-10 00:30 in Berlin, 23:30 of the day before in UTC.
    let now = Date.parse('2026-03-09T23:30:00Z');
    const companion = await place.companion({ token, now: () => now });
    await send(companion, aReport(), '192.0.2.1');
    now = Date.parse('2026-05-01T12:00:00Z');
    const days = async (words: string): Promise<string[]> =>
      (await summaryOf(companion, `window=60d&${words}`)).series.flatMap(({ at, count }) =>
        count > 0 ? [at] : [],
      );
    assert.deepEqual(await days('timeZone=Europe/Berlin'), ['2026-03-09T23:00:00.000Z']);
    assert.deepEqual(await days(''), ['2026-03-09T00:00:00.000Z']);
    const { timeZone, series } = await summaryOf(companion, 'window=60d&timeZone=Europe/Berlin');
    assert.equal(timeZone, 'Europe/Berlin');
    const summer = series.find(({ at }) => at.startsWith('2026-04-15'));
    assert.equal(summer?.at, '2026-04-15T22:00:00.000Z', 'midnight also after the clocks were put forward');
    const refused = await companion.fetch(
      new Request('http://companion.test/v1/metrics/summary?timeZone=Mars/Base', {
        headers: { authorization: `Bearer ${token}` },
      }),
    );
    assert.equal(refused.status, 400);
  });
});

describe('names in figures for machines', () => {
  it('of known providers are there whatever strangers have made up before', () => {
    const name = knownNames(['cal'], 2);
    assert.deepEqual(['junk-1', 'junk-2', 'junk-3', 'cal'].map(name), ['junk-1', 'junk-2', 'other', 'cal']);
  });
});
