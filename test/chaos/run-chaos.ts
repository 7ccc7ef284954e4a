import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CAL_SECRET } from '../companion/deliveries.js';
import { fakeUpstream } from '../companion/fake-upstream.js';
import { openStore } from '../../src/server/store/open-store.js';
import { openDatabase, type Database } from './database.js';
import { disturbancesFor } from './disturbances.js';
import { openFleet, type Fleet } from './fleet.js';
import { ask, deliver, startLoad, type LoadCounts } from './load.js';
import { Model } from './model.js';
import { dice as newDice } from './random.js';

export interface ChaosOptions {
  readonly engine: 'embedded' | 'postgres';
  readonly seed: number;
  readonly instances: number;
  /** Names of disturbances, one after another; as many as fit into `ms` at random without. */
  readonly plan?: readonly string[];
  /** Milliseconds in all, at random; with a plan it takes as long as it takes. */
  readonly ms?: number;
  /** Milliseconds that one disturbance lasts. */
  readonly length: number;
  /** Milliseconds between two requests of one kind. */
  readonly every: number;
  readonly budget?: number;
  readonly onStep?: (what: string) => void;
}

/** What came of it. All but the counts has to be empty or 0. */
export interface Verdict {
  readonly lost: string[];
  readonly doubled: string[];
  readonly givenUp: number;
  readonly wrong: readonly string[];
  readonly crashes: readonly string[];
  /** Endings that took ten seconds or more, or ended with another code than 0. */
  readonly badEndings: readonly string[];
  readonly mostInMinute: number;
  readonly budget: number;
  readonly slowestEnd: number;
  readonly acknowledged: number;
  readonly endings: number;
  readonly disturbances: Readonly<Record<string, number>>;
  readonly counts: LoadCounts;
}

const END = 10_000;
const TOKEN = 'a-token-for-this-test';

interface Tables {
  booking: { id: string; state: string; starts_at: number };
  job: { key: string; state: string };
}

/** Until something is so, looked at now and then; gives up after `ms`. */
async function eventually(ms: number, isSo: () => Promise<boolean>): Promise<boolean> {
  const started = performance.now();
  while (performance.now() - started < ms) {
    if (await isSo().catch(() => false)) return true;
    await wait(100);
  }
  return false;
}

async function queueIsEmpty(fleet: Fleet): Promise<boolean> {
  const response = await fetch(`${fleet.instances[0]?.origin}/v1/queue`, {
    headers: { authorization: `Bearer ${TOKEN}` },
    signal: AbortSignal.timeout(5000),
  });
  const { waiting } = (await response.json()) as { waiting: number };
  return response.status === 200 && waiting === 0;
}

/** Disturbs a fleet under load, then compares what is stored and answered with the model. */
export async function runChaos({
  engine,
  seed,
  instances,
  plan,
  ms = 0,
  length,
  every,
  budget = 40,
  onStep = () => undefined,
}: ChaosOptions): Promise<Verdict> {
  const random = newDice(seed);
  const model = new Model();
  const upstream = await fakeUpstream((request) => model.slots(request));
  const data = engine === 'embedded' ? mkdtempSync(join(tmpdir(), 'chaos-data-')) : undefined;
  let database: Database | undefined;
  let fleet: Fleet | undefined;
  const disturbances: Record<string, number> = {};
  try {
    if (engine === 'postgres') database = await openDatabase();
    const where = data === undefined ? { database: database?.url } : { data };
    fleet = await openFleet(
      {
        ...where,
        token: TOKEN,
        log: 'warn',
        syncEvery: 0,
        clientLimit: 1_000_000,
        webhooks: { cal: CAL_SECRET },
        upstreams: [{ provider: 'cal', pages: ['https://cal.com/acme'], api: upstream.origin, budget }],
      },
      instances,
      data,
    );
    const load = startLoad({ fleet, model, dice: random, every, maxBookings: 300 });
    const known = disturbancesFor(engine);
    const started = performance.now();
    const steps = plan ? [...plan] : undefined;
    for (;;) {
      const name = steps
        ? steps.shift()
        : performance.now() - started < ms
          ? random.of(Object.keys(known))
          : undefined;
      if (name === undefined) break;
      onStep(name);
      disturbances[name] = (disturbances[name] ?? 0) + 1;
      await known[name]?.({ fleet, database, dice: random, length });
    }
    await load.stop();
    onStep('everything is well again');
    const running = fleet;
    // Like a provider: sends again until it is acknowledged.
    await eventually(60_000, async () => {
      const left = model.unacknowledged;
      await Promise.all(left.slice(0, 20).map((one) => deliver(running, model, random, one)));
      return model.unacknowledged.length === 0;
    });
    await eventually(60_000, () => queueIsEmpty(running));
    for (const { origin } of running.instances) await ask(origin, model, true);
    onStep('all are asked to end');
    await fleet.close();

    const store = await openStore(
      { data: data ?? '', database: database?.url, now: undefined },
      () => undefined,
    );
    const db = store.tables<Tables>();
    const bookings = await db.selectFrom('booking').select(['id', 'state', 'starts_at']).execute();
    const jobs = await db.selectFrom('job').select(['key', 'state']).execute();
    await store.close();
    const stored = new Map(bookings.map((row) => [row.id, row]));
    const acknowledged = model.bookings.filter(({ isAcknowledged }) => isAcknowledged);
    const doneJobs = jobs.filter(({ state }) => state === 'done').map(({ key }) => key);
    return {
      lost: acknowledged
        .filter((booking) => {
          const row = stored.get(booking.uid);
          const isDone = doneJobs.includes(model.jobKey(booking));
          return row?.state !== 'accepted' || row.starts_at !== booking.start || !isDone;
        })
        .map(({ uid }) => uid),
      doubled: [
        ...doneJobs.filter((key, i) => doneJobs.indexOf(key) !== i),
        ...bookings.filter(({ id }) => !model.bookings.some(({ uid }) => uid === id)).map(({ id }) => id),
      ],
      givenUp: jobs.filter(({ state }) => state === 'failed').length,
      wrong: [...new Set(model.wrong)],
      crashes: fleet.crashes,
      badEndings: fleet.endings
        .filter((ending) => ending.ms >= END || ending.code !== 0)
        .map((ending) => `${Math.round(ending.ms)} ms, code ${ending.code}`),
      mostInMinute: model.mostInMinute,
      budget,
      slowestEnd: Math.round(Math.max(0, ...fleet.endings.map((ending) => ending.ms))),
      acknowledged: acknowledged.length,
      endings: fleet.endings.length,
      disturbances,
      counts: load.counts,
    };
  } finally {
    await fleet?.close();
    await database?.close();
    await upstream.close();
    if (data !== undefined) rmSync(data, { recursive: true, force: true });
  }
}

/** What must not be, in words; empty when all went well. */
export function faultsIn(verdict: Verdict): string[] {
  const { lost, doubled, givenUp, wrong, crashes, badEndings, mostInMinute, budget } = verdict;
  return [
    ...(lost.length > 0 ? [`lost: ${lost.join(', ')}`] : []),
    ...(doubled.length > 0 ? [`doubled: ${doubled.join(', ')}`] : []),
    ...(givenUp > 0 ? [`given up: ${givenUp}`] : []),
    ...wrong.map((one) => `wrong answer: ${one}`),
    ...crashes.map((one) => `a process ended unasked: ${one}`),
    ...badEndings.map((one) => `a process did not end as asked: ${one}`),
    ...(mostInMinute > budget ? [`${mostInMinute} calls within a minute, ${budget} allowed`] : []),
  ];
}
