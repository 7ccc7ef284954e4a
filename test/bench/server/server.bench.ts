import autocannon from 'autocannon';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { forget } from '../../../src/server/availability/forget.js';
import { openContext } from '../../../src/server/open-context.js';
import { enqueue, queueDepth } from '../../../src/server/queue/jobs.js';
import { WEBHOOK } from '../../../src/server/webhooks/webhook-jobs.js';
import { calDeliveries } from '../../../src/server/webhooks/cal-com.js';
import { startPostgres } from '../../../tools/postgres.js';
import { calSlots, fakeUpstream, json, type FakeUpstream } from '../../companion/fake-upstream.js';
import { listeners } from './listeners.js';
import { reports } from './reports.js';
import { median, ms, quantile, type Stage, type Started, type Where } from './stage.js';
import { Table } from './table.js';
import { usageOf } from './usage.js';

/*
 * The companion's service levels under load on loopback: `npm run bench:server`. Each scenario is bounded; processes of
 * their own for the servers, this one sends. `ROUNDS=1` shortens the one that only measures throughput, `ONLY=burst`
 * runs one, `-- --write` puts the table into docs/scale.md.
 */

const ROUNDS = Number(process.env['ROUNDS'] ?? 5);
const SECONDS = 2;
/** Whatever happens, it ends. */
const LONGEST = 1_500_000;
const MINUTE = 60_000;
const DAY = 86_400_000;

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const children: ChildProcess[] = [];
const table = new Table();
let engine = '';

/** A line of the table; one that fails makes the run fail. */
function row(scenario: string, figure: string, level: string, holds: boolean): void {
  table.add({ engine, scenario, figure, level, holds });
  console.log(`${holds ? 'holds' : 'FAILS'}: ${scenario}: ${figure} (${level})`);
  if (!holds) process.exitCode = 1;
}

const start = async (script: string, ...words: string[]): Promise<string> =>
  (await startMeasured(script, ...words)).origin;

async function startMeasured(script: string, ...words: string[]): Promise<Started> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', path, ...words], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (data: Buffer) => resolve({ origin: data.toString().trim(), child }));
    child.once('exit', () => reject(new Error(`${script} ended`)));
  });
}

async function stopAll(): Promise<void> {
  await Promise.all(
    children.splice(0).map(
      (child) =>
        new Promise<void>((resolve) => {
          child.removeAllListeners('exit');
          child.once('exit', () => resolve());
          child.kill('SIGTERM');
        }),
    ),
  );
}

const upstreamsFor = (upstream: FakeUpstream): object => ({
  upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
});

const question = (origin: string, event: string, from: number, days = 7): string =>
  `${origin}/v1/availability?${new URLSearchParams({
    src: `https://cal.com/acme/${event}`,
    start: new Date(from).toISOString(),
    end: new Date(from + days * DAY).toISOString(),
    timeZone: 'Europe/Berlin',
  })}`;

const tomorrow = (now = Date.now()): number => Math.ceil(now / DAY) * DAY;

/** An upstream that takes as long as the real one does. */
const slowly = (least: number, more: number) =>
  fakeUpstream(async (request) => {
    await new Promise((resolve) => setTimeout(resolve, least + Math.random() * more));
    return calSlots(request, 8);
  });

/** The busiest minute of what arrived; `speed` is how fast the companion's clock runs. */
function busiest({ arrived }: FakeUpstream, speed = 1): number {
  const at = arrived.map((one) => one.at * speed);
  return Math.max(0, ...at.map((begin) => at.filter((one) => one >= begin && one < begin + MINUTE).length));
}

/** By turns, because the machine has better and worse moments: what is compared has to meet the same ones. */
async function throughput(where: Where): Promise<void> {
  const upstream = await slowly(0, 0);
  const hello = await startMeasured('hello.ts');
  const companion = await startMeasured(
    'companion.ts',
    JSON.stringify({ ...where, ...upstreamsFor(upstream) }),
  );
  const url = question(companion.origin, '30min', tomorrow());
  const etag = (await fetch(url)).headers.get('etag') ?? '';
  const contestants = {
    bare: { ...hello, url: `${hello.origin}/hello`, headers: {} },
    cached: { ...companion, url, headers: { 'accept-encoding': 'br' } },
    unchanged: { ...companion, url, headers: { 'if-none-match': etag } },
  };
  type Name = keyof typeof contestants;
  const measured: Record<Name, { rate: number; cpu: number; p50: number; p97: number; bad: number }[]> = {
    bare: [],
    cached: [],
    unchanged: [],
  };
  for (let round = -1; round < ROUNDS; round++)
    for (const [name, { child, ...target }] of Object.entries(contestants)) {
      const before = await usageOf(child);
      const result = await autocannon({ ...target, connections: 10, duration: SECONDS });
      const { cpu } = await usageOf(child);
      if (round < 0) continue; // the first one warms up
      measured[name as Name].push({
        rate: result.requests.average,
        cpu: (1000 * (cpu - before.cpu)) / result.requests.total,
        p50: result.latency.p50,
        p97: result.latency.p97_5,
        bad: result.errors + (name === 'unchanged' ? 0 : result.non2xx),
      });
    }
  await stopAll();
  await upstream.close();
  const { bare, cached, unchanged } = measured;
  const ratio = median(cached.map(({ rate }, i) => (bare[i]?.rate ?? NaN) / rate));
  const costRatio = median(cached.map(({ cpu }, i) => cpu / (bare[i]?.cpu ?? NaN)));
  const rate = (of: typeof bare): string => `${Math.round(median(of.map((one) => one.rate)) / 100) * 100}/s`;
  row(
    'cached availability, throughput',
    `${rate(cached)} (304: ${rate(unchanged)}), bare route ${rate(bare)}: ${ratio.toFixed(2)}×; processor time of one answer ${costRatio.toFixed(2)}×`,
    'within 1.5× of the framework’s bare route',
    ratio <= 1.5 && cached.every(({ bad }) => bad === 0),
  );
  const [p50, p97] = [median(cached.map((one) => one.p50)), median(cached.map((one) => one.p97))];
  row(
    'cached availability, latency at full load',
    `p50 ${p50 < 1 ? '< 1 ms' : ms(p50)}, p97.5 ${ms(p97)}`,
    'p50 ≤ 3 ms, p95 ≤ 10 ms',
    p50 <= 3 && p97 <= 10,
  );
}

/** Event types as sites ask for them: a few very often, most seldom. */
const popular = (names: number): string => `event-${Math.floor(names * Math.random() ** 3)}`;

interface Visits {
  readonly statuses: number[];
  readonly latencies: number[];
  readonly cachedLatencies: number[];
  readonly hits: readonly { readonly at: number; readonly hit: boolean }[];
}

/** So many users ask for so long, one question after another with a pause between. */
async function visit(
  origins: readonly string[],
  {
    users,
    seconds,
    names,
    pause,
    from,
    ramp = false,
  }: {
    readonly users: number;
    readonly seconds: number;
    readonly names: number;
    readonly pause: number;
    readonly from: number;
    readonly ramp?: boolean;
  },
): Promise<Visits> {
  const result = {
    statuses: [] as number[],
    latencies: [] as number[],
    cachedLatencies: [] as number[],
    hits: [] as { at: number; hit: boolean }[],
  };
  const began = performance.now();
  const sleep = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));
  await Promise.all(
    Array.from({ length: users }, async (_, user) => {
      if (ramp) await sleep((seconds * 500 * user) / users);
      while (performance.now() - began < seconds * 1000) {
        const asked = performance.now();
        const answer = await fetch(question(origins[user % origins.length] ?? '', popular(names), from));
        await answer.arrayBuffer();
        const took = performance.now() - asked;
        const hit = /; hit; /.test(answer.headers.get('cache-status') ?? '');
        result.statuses.push(answer.status);
        result.latencies.push(took);
        if (hit) result.cachedLatencies.push(took);
        result.hits.push({ at: asked - began, hit });
        await sleep(pause * (0.5 + Math.random()));
      }
    }),
  );
  return result;
}

const hitShare = (hits: Visits['hits']): number => hits.filter(({ hit }) => hit).length / hits.length;

/** Ten users; one second stands for twenty, so that half a minute is ten minutes of a site's life. */
async function normal(where: Where): Promise<void> {
  const [speed, began] = [20, Date.now()];
  const upstream = await slowly(50, 100);
  const companion = await start(
    'companion.ts',
    JSON.stringify({ ...where, ...upstreamsFor(upstream), speed }),
    String(began),
  );
  const found = await visit([companion], {
    users: 10,
    seconds: 30,
    names: 40,
    pause: 150, // three seconds of a visitor's
    from: tomorrow(),
  });
  await stopAll();
  const firstFive = (5 * MINUTE) / speed;
  const first = found.hits.filter(({ at }) => at <= MINUTE / speed);
  const early = found.hits.filter(({ at }) => at > firstFive / 2 && at <= firstFive);
  const late = found.hits.filter(({ at }) => at > firstFive);
  row(
    'cold start, 10 users (30 s stand for 10 min)',
    `hits ${(hitShare(first) * 100).toFixed(0)} % in minute 1, ${(hitShare(early) * 100).toFixed(0)} % before minute 5, ${(hitShare(late) * 100).toFixed(0)} % after`,
    '60 % within 5 min, 80 % steady',
    hitShare(early) >= 0.6 && hitShare(late) >= 0.8,
  );
  row(
    'normal, 10 users',
    `cached p50 ${ms(quantile(found.cachedLatencies, 0.5))}, p95 ${ms(quantile(found.cachedLatencies, 0.95))}; ${found.statuses.length} questions, ${upstream.arrived.length} calls, busiest minute ${busiest(upstream, speed)}`,
    'p50 ≤ 3 ms, p95 ≤ 10 ms; every answer 200; ≤ 120 calls a minute',
    quantile(found.cachedLatencies, 0.5) <= 3 &&
      quantile(found.cachedLatencies, 0.95) <= 10 &&
      found.statuses.every((status) => status === 200) &&
      busiest(upstream, speed) <= 120,
  );
  await upstream.close();
}

/** From nobody to 25 users, on three instances, who ask for more than the budget allows. */
async function burst(where: Where): Promise<void> {
  const upstream = await slowly(50, 100);
  const options = JSON.stringify({ ...where, ...upstreamsFor(upstream) });
  const companions = await Promise.all([1, 2, 3].map(() => start('companion.ts', options)));
  const found = await visit(companions, {
    users: 25,
    seconds: 30,
    names: 400,
    pause: 100,
    from: tomorrow(),
    ramp: true,
  });
  await stopAll();
  const context = await openContext({ ...where, ...upstreamsFor(upstream), log: 'silent' });
  const [account] = await context.upstreams.status();
  await context.close();
  const good = found.statuses.filter((status) => status === 200).length;
  const held = found.statuses.filter((status) => status === 503).length;
  row(
    'peak burst, 0 → 25 users, 400 event types, 3 instances',
    `${found.statuses.length} questions: ${good} answered, ${held} sent away with Retry-After; ${upstream.arrived.length} calls, busiest minute ${busiest(upstream)}, ${upstream.mostAtOnce} at once; breaker ${account?.breaker}`,
    'no budget violation, ≤ 5 at once, breaker stays closed',
    good + held === found.statuses.length &&
      busiest(upstream) <= 120 &&
      upstream.mostAtOnce <= 5 &&
      account?.breaker === 'closed',
  );
  await upstream.close();
}

async function coalescing(where: Where): Promise<void> {
  const upstream = await slowly(100, 100);
  const options = JSON.stringify({ ...where, ...upstreamsFor(upstream) });
  const companions = await Promise.all([1, 2, 3].map(() => start('companion.ts', options)));
  const statuses = await Promise.all(
    Array.from({ length: 300 }, async (_, i) => {
      const answer = await fetch(question(companions[i % 3] ?? '', 'one', tomorrow()));
      await answer.arrayBuffer();
      return answer.status;
    }),
  );
  await stopAll();
  row(
    'coalescing, 300 questions at once, 3 instances',
    `${upstream.arrived.length} call`,
    '100 %: one call',
    upstream.arrived.length === 1 && statuses.every((status) => status === 200),
  );
  await upstream.close();
}

/** From the webhook's word to every instance no longer giving the time out. */
async function invalidation(where: Where): Promise<void> {
  const upstream = await slowly(0, 0);
  const options = { ...where, ...upstreamsFor(upstream), log: 'silent' as const };
  const companions = await Promise.all([1, 2, 3].map(() => start('companion.ts', JSON.stringify(options))));
  const context = await openContext(options);
  const took: number[] = [];
  const from = tomorrow();
  for (let i = 0; i < 40; i++) {
    for (const origin of companions) await (await fetch(question(origin, 'one', from))).arrayBuffer();
    const start = from + (i % 7) * DAY + 9 * 3_600_000;
    const began = performance.now();
    await forget(context, { provider: 'cal', slug: 'one', start, end: start + 3_600_000 });
    took.push(performance.now() - began);
  }
  await context.close();
  await stopAll();
  row(
    'narrow invalidation, 3 instances',
    `p50 ${ms(quantile(took, 0.5))}, p95 ${ms(quantile(took, 0.95))}`,
    'p95 ≤ 30 ms',
    quantile(took, 0.95) <= 30,
  );
  await upstream.close();
}

/**
 * A queue that has filled up while nobody was there to empty it, with the time that the process takes to start:
 * bookings of 40 event types whose times are known, each of which has to disappear.
 */
async function recovery(where: Where): Promise<void> {
  for (const [count, level] of [
    [960, 24],
    [80, 5],
  ] as const) {
    const upstream = await slowly(0, 0);
    const options = { ...where, ...upstreamsFor(upstream), log: 'silent' as const };
    const context = await openContext(options);
    const from = tomorrow();
    const before = await start('companion.ts', JSON.stringify(options));
    for (let type = 0; type < 40; type++)
      await (await fetch(question(before, `event-${type}`, from))).arrayBuffer();
    await stopAll();
    const jobs = Array.from({ length: count }, (_, i) => {
      const begins = new Date(from + (i % 7) * DAY + (9 + (i % 8)) * 3_600_000);
      const body = {
        triggerEvent: 'BOOKING_CREATED',
        payload: {
          uid: `${count}-${i}`,
          type: `event-${i % 40}`,
          startTime: begins.toISOString(),
          endTime: new Date(begins.getTime() + 3_600_000).toISOString(),
        },
      };
      const delivery = calDeliveries.read(body, Date.now());
      if (delivery.is !== 'booking') throw new Error('the delivery is not understood');
      return {
        kind: WEBHOOK,
        key: `delivery ${count}-${i}`,
        data: { observations: delivery.observations, about: delivery.about },
      };
    });
    await enqueue(context.store, jobs);
    const began = performance.now();
    await start('companion.ts', JSON.stringify(options));
    let depth = await queueDepth(context.store);
    while (depth.waiting > 0) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      depth = await queueDepth(context.store);
    }
    const seconds = (performance.now() - began) / 1000;
    await context.close();
    await stopAll();
    await upstream.close();
    row(
      `recovery, ${count} queued webhooks, 1 instance`,
      `${seconds.toFixed(1)} s, ${Math.round(count / seconds)}/s, ${depth.failed} failed`,
      `< ${level} s`,
      seconds < level && depth.failed === 0,
    );
  }
}

/** Requests that mean nothing or no good; each kind differs from one to the next. */
const JUNK: readonly ((i: number) => readonly [path: string, init?: RequestInit])[] = [
  (i) => [`/v1/availability?src=https://cal.com/junk-${i}/${i}`],
  (i) => [`/v1/availability?src=http://10.0.${i % 256}.1/${i}`],
  (i) => [`/v1/availability?src=https://cal.com/a/b&timeZone=Zone/${i}`],
  (i) => [`/v1/availability?src=https://cal.com/a/b&start=${i}`],
  (i) => [`/v1/availability?eventType=${'x'.repeat(i % 4000)}`],
  (i) => [`/v1/availability?%ff%fe=${i}`],
  (i) => [`/${'no-such-route/'.repeat(1 + (i % 20))}${i}`],
  (i) => [`/v1/availability?${i}`, { method: 'POST', body: 'x'.repeat(i % 60_000) }],
  (i) => [`/healthz?${i}`, { headers: { 'accept-encoding': `x-${i}`, 'if-none-match': `"${i}"` } }],
];

async function junk(where: Where): Promise<void> {
  const upstream = await fakeUpstream(() => json({}, { status: 404 }));
  const { origin, child } = await startMeasured(
    'companion.ts',
    JSON.stringify({ ...where, ...upstreamsFor(upstream) }),
  );
  let [sent, wrong] = [0, 0];
  /** So many, or as many as half a minute allows. */
  async function send(count: number): Promise<void> {
    const [last, until] = [sent + count, performance.now() + 30_000];
    const oneAfterAnother = async (): Promise<void> => {
      while (sent < last && performance.now() < until) {
        const [path, init] = JUNK[sent % JUNK.length]?.(sent++) ?? ['/'];
        const answer = await fetch(origin + path, init);
        await answer.arrayBuffer();
        if (answer.status >= 500 && answer.status !== 503) wrong++;
      }
    };
    await Promise.all(Array.from({ length: 20 }, oneAfterAnother));
  }
  await send(10_000); // so that what may be remembered is
  const [before, already] = [await usageOf(child), sent];
  await send(20_000);
  const after = await usageOf(child);
  await stopAll();
  const grown = (after.memory - before.memory) / 1_048_576;
  row(
    'junk requests, 20 at once',
    `${already} and ${sent - already} more: memory ${grown < 0 ? '−' : '+'}${Math.abs(grown).toFixed(1)} MB of ${(before.memory / 1_048_576).toFixed(0)}; ${upstream.arrived.length} calls; ${wrong} answered with an error of ours`,
    'memory flat (≤ 5 MB), ≤ 120 calls a minute, none fails',
    grown <= 5 && busiest(upstream) <= 120 && wrong === 0,
  );
  await upstream.close();
}

const stage: Stage = { startMeasured, stopAll, row };
const SCENARIOS: readonly ((where: Where, stage: Stage) => Promise<void>)[] = [
  throughput,
  normal,
  burst,
  coalescing,
  invalidation,
  recovery,
  junk,
  reports,
  listeners,
];

setTimeout(() => {
  console.error('took too long');
  for (const child of children) child.kill('SIGKILL');
  process.exit(1);
}, LONGEST).unref();
const postgres = await startPostgres();
const database = async (): Promise<Where> => {
  const name = `bench_${randomBytes(4).toString('hex')}`;
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  return { database: url.href };
};
const files = (): Promise<Where> => Promise.resolve({ data: mkdtempSync(join(folder, 'store-')) });

try {
  for (const [name, place] of [
    ['embedded', files],
    ['PostgreSQL', database],
  ] as const) {
    engine = name;
    console.log(`\n${engine}`);
    for (const scenario of SCENARIOS)
      if (!process.env['ONLY'] || process.env['ONLY'] === scenario.name) await scenario(await place(), stage);
  }
} finally {
  await stopAll();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${String(table)}`);
if (process.argv.includes('--write')) await table.writeInto('docs/scale.md');
