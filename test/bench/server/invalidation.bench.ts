// How long invalidation after a booking takes in a store with 50,000 event types: `npm run bench:invalidation`, or
// `node --import tsx test/bench/server/invalidation.bench.ts [--engine embedded|postgres] [--rows 50000]`.
// And how long it takes until an open page knows that the last seat of a slot was booked.
// Every host has a `30min` and every tenth one a second event type, as at Cal.com; a third of the days are known.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { forget } from '../../../src/server/availability/forget.js';
import { availabilityMigrations } from '../../../src/server/availability/schema.js';
import { busMigrations, openBus } from '../../../src/server/store/bus.js';
import { migrate } from '../../../src/server/store/migrate.js';
import { openStore } from '../../../src/server/store/open-store.js';
import type { Store } from '../../../src/server/store/store.js';
import { fill, START } from './fill-store.js';
import { lastSeats } from './last-seat.js';
import { startPostgres } from '../../../tools/postgres.js';

const { values } = parseArgs({
  options: {
    engine: { type: 'string' },
    rows: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '400' },
  },
});
const [rows, rounds] = [Number(values.rows), Number(values.rounds)];
const MOST = { p50: 15, p95: 30 };

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

async function measure(name: string, store: Store): Promise<boolean> {
  await migrate(store, { ...availabilityMigrations, ...busMigrations });
  const hosts = await fill(store, rows);
  // The database does this automatically within a minute.
  if (store.engine === 'postgres') await sql`analyze`.execute(store.tables<object>());
  const bus = await openBus(store);
  const took: number[] = [];
  for (let i = 0; i < rounds + 20; i++) {
    const began = performance.now();
    await forget(
      { store, bus },
      {
        provider: 'cal',
        eventType: String(i + 1),
        slug: '30min',
        hosts: [`host-${(i * 7919) % hosts}`],
        organization: '-',
        team: 'no',
        start: START,
        end: START + 1_800_000,
      },
    );
    if (i >= 20) took.push(performance.now() - began);
  }
  bus.close();
  const sorted = took.sort((a, b) => a - b);
  const [p50, p95] = [percentile(sorted, 0.5), percentile(sorted, 0.95)];
  const isMet = p50 <= MOST.p50 && p95 <= MOST.p95;
  console.log(
    `invalidation, ${rows} event rows, ${name}: p50 ${p50.toFixed(1)} ms (≤ ${MOST.p50}), p95 ${p95.toFixed(1)} ms (≤ ${MOST.p95})${isMet ? '' : '  MISSED'}`,
  );
  return isMet;
}

/** Requirement: within a second of the delivery. */
const MAX_LAST_SEAT = 1000;

async function measureLastSeats(
  name: string,
  where: { data: string } | { database: string },
): Promise<boolean> {
  const sorted = (await lastSeats(where)).sort((a, b) => a - b);
  const max = sorted.at(-1) ?? Infinity;
  const isMet = max <= MAX_LAST_SEAT;
  console.log(
    `last seat, from its delivery to the open page, ${name}: p50 ${percentile(sorted, 0.5).toFixed(0)} ms, p95 ${percentile(sorted, 0.95).toFixed(0)} ms, max ${max.toFixed(0)} ms (≤ ${MAX_LAST_SEAT}), 200 ms of it the scheduling service's${isMet ? '' : '  MISSED'}`,
  );
  return isMet;
}

let areAllMet = true;
if (values.engine !== 'postgres') {
  const data = await mkdtemp(join(tmpdir(), 'invalidation-'));
  const store = await openStore({ data, database: undefined, now: undefined }, () => undefined);
  areAllMet = await measure('embedded', store);
  await store.close();
  areAllMet = (await measureLastSeats('embedded', { data: join(data, 'seats') })) && areAllMet;
  await rm(data, { recursive: true, force: true });
}
if (values.engine !== 'embedded') {
  const postgres = await startPostgres();
  const store = await openStore({ data: '', database: postgres.url, now: undefined }, () => undefined);
  areAllMet = (await measure('PostgreSQL', store)) && areAllMet;
  await store.close();
  areAllMet = (await measureLastSeats('PostgreSQL', { database: postgres.url })) && areAllMet;
  await postgres.stop();
}
process.exitCode = areAllMet ? 0 : 1;
