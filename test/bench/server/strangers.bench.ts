// What strangers without a token or a secret can do to a companion: `npm run bench:strangers`.
// 1. A store with as many load reports as it takes: how long a summary takes, and how long it blocks the process.
// 2. A flood of unsigned deliveries over 7 connections: how many of 60 signed ones are refused.
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as otherWork } from 'node:timers/promises';
import { createCompanion } from '../../../src/server/index.js';
import { LIMITS } from '../../../src/server/metrics/limits.js';
import type { MetricsTables } from '../../../src/server/metrics/schema.js';
import { metricsMigrations } from '../../../src/server/metrics/schema.js';
import { storeReports } from '../../../src/server/metrics/store-reports.js';
import { summarize } from '../../../src/server/metrics/summary.js';
import { serve } from '../../../src/server/node.js';
import { migrate } from '../../../src/server/store/migrate.js';
import { openStore } from '../../../src/server/store/open-store.js';
import { CAL_SECRET, calBody, SECRETS, signedByCal } from '../../companion/deliveries.js';
import { aReport, aWidget } from '../../companion/reports.js';

const HOUR = 3_600_000;
const MOST_BLOCKED = 50;
const FLOOD = { connections: 7, body: 900_000 };
const DELIVERIES = 60;

const ms = (nanoseconds: number): string => `${(nanoseconds / 1e6).toFixed(1)} ms`;

async function summaries(folder: string): Promise<void> {
  let now = 700_000 * HOUR;
  const store = await openStore({ data: folder, database: undefined, now: () => now }, () => undefined);
  await migrate(store, metricsMigrations);
  const rows = LIMITS.rows;
  for (let stored = 0, i = 0; stored < rows; i++) {
    await storeReports(
      store,
      Array.from({ length: 50 }, (_, k) =>
        aReport({
          page: `https://junk.example/${(i * 50 + k) % LIMITS.pagesPerHour}`,
          widgets: Array.from({ length: LIMITS.widgets }, (_, instance) => ({
            ...aWidget(),
            instance: instance + 1,
          })),
        }),
      ),
    );
    stored += 50 * LIMITS.widgets;
    if (stored % 40_000 === 0) now += HOUR;
  }
  const { count } = await store
    .tables<MetricsTables>()
    .selectFrom('load')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  now += HOUR;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await otherWork();
  delay.enable();
  const began = performance.now();
  await summarize({ store }, { from: now - 30 * 24 * HOUR, to: now, filter: {}, limit: 200 });
  const took = performance.now() - began;
  delay.disable();
  await store.close();
  console.log(
    `summary of ${count} rows: ${took.toFixed(0)} ms, the process is blocked for ${ms(delay.max)} at most, p99 ${ms(delay.percentile(99))} (≤ ${MOST_BLOCKED} ms)`,
  );
}

async function flood(folder: string): Promise<void> {
  const companion = await createCompanion({ data: folder, log: 'silent', webhooks: SECRETS });
  const { origin, stop } = await serve(companion, { port: 0, grace: 100 });
  const body = Buffer.alloc(FLOOD.body, 'x');
  let sent = 0;
  let isOver = false;
  const strangers = Array.from({ length: FLOOD.connections }, async () => {
    while (!isOver)
      await new Promise<void>((resolve) => {
        const stranger = request(`${origin}/v1/webhooks/cal`, { method: 'POST' }, (answer) => {
          answer.resume().on('close', resolve);
        });
        stranger.on('error', () => {
          resolve();
        });
        stranger.setHeader('x-cal-signature-256', '0'.repeat(64));
        stranger.end(body, () => (sent += body.length));
      });
  });
  const began = performance.now();
  const statuses: number[] = [];
  let slowest = 0;
  for (let i = 0; i < DELIVERIES; i++) {
    const start = Date.parse('2031-03-05T09:00:00Z') + i * HOUR;
    const at = performance.now();
    const { status } = await fetch(
      signedByCal(calBody('BOOKING_CREATED', `uid-${i}`, start), CAL_SECRET, origin),
    );
    statuses.push(status);
    slowest = Math.max(slowest, performance.now() - at);
  }
  const seconds = (performance.now() - began) / 1000;
  isOver = true;
  await stop();
  await Promise.all(strangers);
  const refused = statuses.filter((status) => status !== 202).length;
  console.log(
    `${DELIVERIES} signed deliveries beside ${FLOOD.connections} connections that send ${(sent / 1e6 / seconds).toFixed(1)} MB/s: ${refused} refused, slowest ${slowest.toFixed(0)} ms (0 refused)`,
  );
}

const folder = await mkdtemp(join(tmpdir(), 'strangers-'));
try {
  await summaries(join(folder, 'summary'));
  await flood(join(folder, 'flood'));
} finally {
  await rm(folder, { recursive: true, force: true });
}
