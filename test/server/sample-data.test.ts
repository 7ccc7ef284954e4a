import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { addSampleData } from '../../demo/sample-data.js';
import { sampleDeliveries } from '../../demo/sample-bookings.js';
import { SAMPLE_PAGES, sampleReports } from '../../demo/sample-reports.js';
import { isSample } from '../../src/dashboard/names.js';
import { loadReportSchema } from '../../src/protocol/load-report-schema.js';
import type { ListedBooking } from '../../src/server/bookings/list-bookings.js';
import type { BookingSummary } from '../../src/server/bookings/summarize-bookings.js';
import { createCompanion, type Companion } from '../../src/server/index.js';
import type { Summary } from '../../src/server/metrics/summary.js';
import type { Status } from '../../src/server/status.js';

const DAY = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString();
const token = 'a-token-for-this-test';

describe('the sample data of the demo', () => {
  const now = Date.UTC(2026, 10, 26, 12);
  let data = '';
  before(async () => (data = await mkdtemp(join(tmpdir(), 'sample-data-'))));
  after(() => rm(data, { recursive: true, force: true }));

  async function read<Answer>({ fetch }: Companion, path: string): Promise<Answer> {
    const request = new Request(`http://companion.test/v1/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const response = await fetch(request);
    assert.equal(response.status, 200);
    return (await response.json()) as Answer;
  }

  /** What a companion that is opened on the folder knows, once it has worked through its queue. */
  async function found(): Promise<{
    readonly loads: Summary;
    readonly bookings: BookingSummary;
    readonly listed: readonly ListedBooking[];
  }> {
    const companion = await createCompanion({ data, token, log: 'silent', now: () => now });
    try {
      let status: Pick<Status, 'queue'>;
      do status = await read<Status>(companion, 'status');
      while (status.queue.waiting > 0);
      const { bookings: listed } = await read<{ readonly bookings: readonly ListedBooking[] }>(
        companion,
        'bookings?limit=200',
      );
      return {
        loads: await read<Summary>(companion, 'metrics/summary?window=3d'),
        bookings: await read<BookingSummary>(companion, `bookings/summary?from=${iso(now - 60 * DAY)}`),
        listed,
      };
    } finally {
      await companion.close();
    }
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

  it('has a delivery for each booking that a report tells of, and nothing that happens later', () => {
    const reports = sampleReports({ at: now - 30 * DAY, length: DAY, now });
    const booked = reports.filter(({ widgets }) => widgets.some(({ marks }) => marks.booked !== undefined));
    const at = now - 30 * DAY;
    const bodies = sampleDeliveries(reports, { at, length: DAY, now }).map(({ body }) =>
      JSON.stringify(body),
    );
    assert.ok(booked.length > 1);
    for (const { id } of booked) assert.ok(bodies.some((body) => body.includes(id)));
    for (const body of sampleDeliveries(booked, { at: now, length: DAY, now }))
      assert.ok(!/CANCELLED|RESCHEDULED|canceled/.test(JSON.stringify(body)));
  });

  it('fills the days before a start with visitors and bookings, once', { timeout: 120_000 }, async () => {
    await addSampleData(data, { now });
    const { loads, bookings, listed } = await found();
    assert.ok(loads.booked > 0);
    assert.ok(loads.series.filter(({ count }) => count > 0).length > 12, 'visitors came at many times');
    assert.ok(loads.by.page.length > 3);
    assert.ok(loads.by.calendar.length > 2, 'calendars are named');
    assert.ok(loads.by.calendar.every(({ name }) => isSample(name)));
    assert.ok(Object.keys(loads.browsers).length > 3, 'browsers of several families');
    assert.ok(Object.keys(loads.devices).length > 1, 'phones and desktops');

    assert.ok(bookings.days.filter(({ booked }) => booked > 0).length > 40, 'bookings on most days');
    assert.ok(bookings.total.moved > 0 && bookings.total.cancelled > 0);
    assert.deepEqual(
      new Set(bookings.eventTypes.map(({ provider }) => provider)),
      new Set(['cal', 'calendly']),
    );
    for (const { hosts, eventType } of bookings.eventTypes)
      assert.ok(hosts.includes('sample-data') || isSample(eventType), 'nobody has these event types');
    assert.ok(listed.length > 5, 'there are bookings to come');
    assert.ok(listed.every(({ start }) => Date.parse(start) >= now));

    await addSampleData(data, { now });
    const again = await found();
    assert.equal(again.loads.count, loads.count);
    assert.deepEqual(again.bookings.total, bookings.total);
  });
});
