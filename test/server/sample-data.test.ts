import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { addSampleData } from '../../demo/sample-data.js';
import { SAMPLE_PAGES, sampleReports } from '../../demo/sample-reports.js';
import { isSample } from '../../src/dashboard/names.js';
import { loadReportSchema } from '../../src/protocol/load-report-schema.js';
import { createCompanion } from '../../src/server/index.js';
import type { Summary } from '../../src/server/metrics/summary.js';

const DAY = 86_400_000;
const token = 'a-token-for-this-test';

describe('the sample data of the demo', () => {
  const now = Date.UTC(2026, 10, 26, 12);
  let data = '';
  before(async () => (data = await mkdtemp(join(tmpdir(), 'sample-data-'))));
  after(() => rm(data, { recursive: true, force: true }));

  async function summary(): Promise<Summary> {
    const companion = await createCompanion({ data, token, log: 'silent', now: () => now });
    const request = new Request('http://companion.test/v1/metrics/summary?window=3d', {
      headers: { authorization: `Bearer ${token}` },
    });
    const response = await companion.fetch(request);
    assert.equal(response.status, 200);
    const found = (await response.json()) as Summary;
    await companion.close();
    return found;
  }

  it('is reports that a companion takes, of pages that nobody can have', () => {
    const reports = sampleReports({ at: now - DAY, length: DAY, now });
    assert.ok(reports.length > 20);
    for (const report of reports) {
      assert.ok(loadReportSchema.safeParse(report).success);
      assert.ok(isSample(report.page));
    }
    for (const page of SAMPLE_PAGES) assert.ok(isSample(page));
  });

  it('fills the days before a start with visitors and bookings, once', { timeout: 120_000 }, async () => {
    await addSampleData(data, { now });
    const first = await summary();
    assert.ok(first.booked > 0);
    assert.ok(first.series.filter(({ count }) => count > 0).length > 12, 'visitors came at many times');
    assert.ok(first.by.page.length > 3);
    assert.ok(first.by.calendar.length > 2, 'calendars are named');
    assert.ok(first.by.calendar.every(({ name }) => isSample(name)));
    assert.ok(Object.keys(first.browsers).length > 3, 'browsers of several families');
    assert.ok(Object.keys(first.devices).length > 1, 'phones and desktops');
    await addSampleData(data, { now });
    assert.equal((await summary()).count, first.count);
  });
});
