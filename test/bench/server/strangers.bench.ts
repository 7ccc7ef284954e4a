// What strangers without a token or a secret can do to a companion: `npm run bench:strangers`, or
// `node --import tsx test/bench/server/strangers.bench.ts [--engine embedded|postgres] [--rows 200000]`.
// 1. A store with as many load reports as it takes: how long work on them takes, and how long it holds up the process.
// 2. A flood of unsigned deliveries over 7 connections and of reports, while dashboards are open: how many of 60 signed deliveries
//    are refused, and how long the companion is held up.
// Judged without the time that the companion waited for a processor that others used; beside it stand the time by the clock on the
// wall, and that of a process that does nothing.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LIMITS } from '../../../src/server/metrics/limits.js';
import type { MetricsTables } from '../../../src/server/metrics/schema.js';
import { metricsMigrations } from '../../../src/server/metrics/schema.js';
import { storeReports } from '../../../src/server/metrics/store-reports.js';
import { migrate } from '../../../src/server/store/migrate.js';
import { openStore } from '../../../src/server/store/open-store.js';
import { startPostgres } from '../../../tools/postgres.js';
import { CAL_SECRET, calBody, SECRETS, signedByCal } from '../../companion/deliveries.js';
import { aReport, aWidget, beacon } from '../../companion/reports.js';
import { heldOf } from './held.js';
import type { Where } from './stage.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MAX_HELD = 50;
const FLOOD = { connections: 7, body: 900_000 };
const DELIVERIES = 60;
const TOKEN = 'a-token-for-this-bench';
const WORKS = [
  'a summary',
  'five summaries at once',
  'hours summed up',
  'a summary',
  'half of the rows removed',
  'a summary',
  'everything removed',
];

const { values } = parseArgs({ options: { engine: { type: 'string' }, rows: { type: 'string' } } });
const ROWS = Number(values.rows ?? LIMITS.rows);
const ms = (time: number): string => `${time.toFixed(time < 100 ? 1 : 0)} ms`;

async function start(script: string, options: object = {}): Promise<{ child: ChildProcess; said: string }> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', path, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (data: Buffer) => resolve({ child, said: data.toString().trim() }));
    child.once('exit', () => reject(new Error(`${script} ended`)));
  });
}

const end = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });

/** Does something while both processes are measured, and prints how long each was held up at most. */
async function judge(
  what: string,
  { measured, idle }: { readonly measured: ChildProcess; readonly idle: ChildProcess },
  work: () => Promise<string>,
): Promise<void> {
  await Promise.all([heldOf(measured), heldOf(idle)]);
  const began = performance.now();
  const figures = await work();
  const took = performance.now() - began;
  const [its, machines] = await Promise.all([heldOf(measured), heldOf(idle)]);
  const holds = its.own <= MAX_HELD;
  if (!holds) process.exitCode = 1;
  console.log(
    `${holds ? 'holds' : 'FAILS'}: ${what}: ${ms(took)}${figures}, held up for ${ms(its.own)} at most (≤ ${MAX_HELD} ms); by the clock ${ms(its.max)}, p99 ${ms(its.p99)}; idle process ${ms(machines.max)}, p99 ${ms(machines.p99)}`,
  );
}

/** As many rows as a store takes, with as many names as an hour takes. Gives the moment after the last. */
async function fill(where: Where): Promise<number> {
  let now = Math.floor(Date.now() / HOUR) * HOUR - 6 * HOUR;
  const store = await openStore({ data: '', database: undefined, ...where, now: () => now }, () => undefined);
  await migrate(store, metricsMigrations);
  for (let stored = 0, i = 0; stored < ROWS; i++) {
    await storeReports(
      store,
      Array.from({ length: 50 }, (_, k) =>
        aReport({
          page: `https://junk.example/${(i * 50 + k) % LIMITS.pagesPerHour}`,
          widgets: Array.from({ length: LIMITS.widgets }, (_, instance) => ({
            ...aWidget({ marks: { visible: 100, 'frame-start': 200, ready: 300 + ((i * k * 37) % 9000) } }),
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
  await store.close();
  console.log(`${count.toLocaleString('en')} rows`);
  return now;
}

async function workOnReports(where: Where, now: number, idle: ChildProcess): Promise<void> {
  const { child: measured } = await start('summing.ts', { ...where, now: now + HOUR });
  for (const work of WORKS)
    await judge(work, { measured, idle }, async () => {
      const done = new Promise<void>((resolve) => {
        const listen = (message: unknown): void => {
          if (!(message as { done?: boolean }).done) return;
          measured.off('message', listen);
          resolve();
        };
        measured.on('message', listen);
      });
      measured.send({ work });
      await done;
      return '';
    });
  await end(measured);
}

/** Everything at once: unsigned deliveries, reports, dashboards, and 60 deliveries that are signed. */
async function flood(where: Where, idle: ChildProcess): Promise<void> {
  const { child: measured, said: origin } = await start('companion.ts', {
    ...where,
    token: TOKEN,
    webhooks: SECRETS,
    probe: true,
  });
  // What a process compiles at its first request is not the strangers' doing: it has answered one of each kind before.
  const at = Date.now() + DAY;
  await fetch(signedByCal(calBody('BOOKING_CREATED', 'uid-before', at), CAL_SECRET, origin));
  const before = beacon(JSON.stringify(aReport({ page: 'https://junk.example/before' })));
  await fetch(`${origin}${new URL(before.url).pathname}`, {
    method: 'POST',
    headers: before.headers,
    body: await before.text(),
  });
  await fetch(`${origin}/v1/metrics/summary?window=30d`, { headers: { authorization: `Bearer ${TOKEN}` } });
  await judge('a flood', { measured, idle }, async () => {
    const body = Buffer.alloc(FLOOD.body, 'x');
    let [sent, reports, summaries] = [0, 0, 0];
    let isOver = false;
    const leaving = new AbortController();
    const untilOver = async (work: () => Promise<unknown>): Promise<void> => {
      while (!isOver) await work();
    };
    const strangers = Array.from({ length: FLOOD.connections }, () =>
      untilOver(
        () =>
          new Promise<void>((resolve) => {
            const stranger = request(`${origin}/v1/webhooks/cal`, { method: 'POST' }, (answer) => {
              answer.resume().on('end', () => stranger.destroy());
            });
            stranger.on('error', () => undefined).on('close', resolve);
            stranger.setHeader('x-cal-signature-256', '0'.repeat(64));
            stranger.end(body, () => (sent += body.length));
          }),
      ),
    );
    const reporters = Array.from({ length: 5 }, () =>
      untilOver(async () => {
        const report = beacon(JSON.stringify(aReport({ page: `https://junk.example/${reports++}` })));
        const { pathname } = new URL(report.url);
        await fetch(`${origin}${pathname}`, {
          method: 'POST',
          headers: report.headers,
          body: await report.text(),
        });
      }),
    );
    const dashboards = Array.from({ length: 2 }, () =>
      untilOver(async () => {
        const answer = await fetch(`${origin}/v1/metrics/summary?window=30d&limit=200`, {
          headers: { authorization: `Bearer ${TOKEN}` },
          signal: leaving.signal,
        });
        await answer.arrayBuffer();
        summaries++;
      }),
    );
    const began = performance.now();
    const statuses: number[] = [];
    let slowest = 0;
    for (let i = 0; i < DELIVERIES; i++) {
      const at = performance.now();
      const delivery = calBody('BOOKING_CREATED', `uid-${i}`, Date.now() + 3 * DAY + i * HOUR);
      statuses.push((await fetch(signedByCal(delivery, CAL_SECRET, origin))).status);
      slowest = Math.max(slowest, performance.now() - at);
    }
    const seconds = (performance.now() - began) / 1000;
    isOver = true;
    leaving.abort();
    await Promise.allSettled([...strangers, ...reporters, ...dashboards]);
    const refused = statuses.filter((status) => status !== 202).length;
    if (refused > 0) process.exitCode = 1;
    return `, ${FLOOD.connections} connections that send ${(sent / 1e6 / seconds).toFixed(1)} MB/s, ${reports} reports, ${summaries} summaries finished, ${refused} of ${DELIVERIES} signed deliveries refused (0), slowest ${ms(slowest)}`;
  });
  await end(measured);
}

const { child: idle } = await start('idle.ts');
async function measure(engine: string, where: Where): Promise<void> {
  if (values.engine !== undefined && values.engine !== engine) return;
  console.log(`\n${engine}`);
  const now = await fill(where);
  await flood(where, idle);
  await workOnReports(where, now, idle);
}

const folder = await mkdtemp(join(tmpdir(), 'strangers-'));
const postgres = await startPostgres();
try {
  await measure('embedded', { data: join(folder, 'data') });
  await measure('postgres', { database: postgres.url });
} finally {
  await end(idle);
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
