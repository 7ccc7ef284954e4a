import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../../../tools/postgres.js';
import { bookings } from './bookings.js';
import { burstOfKnown, burstOfUnseen } from './burst.js';
import { coalescing } from './coalescing.js';
import { invalidation } from './invalidation.js';
import { junk } from './junk.js';
import { listeners } from './listeners.js';
import { mixed } from './mixed.js';
import { normal } from './normal.js';
import { recovery } from './recovery.js';
import { reports } from './reports.js';
import { killAll, openStage, type Scenario, type Where } from './stage.js';
import { synchronising } from './synchronising.js';
import { Table } from './table.js';
import { throughput } from './throughput.js';
import { uncached } from './uncached.js';

/*
 * The companion's service levels under load on loopback: `npm run bench:server`. Each scenario is bounded; processes of
 * their own answer, this one sends requests. `ONLY=mixed,burstOfKnown` runs these, `-- --write` puts the table into docs/scale.md.
 */

/** Limit of the whole run, so that it always ends. */
const LONGEST = 1_500_000;

/** Two requests a second each: they load nothing but the clock, and run beside each other for both engines. */
const TOGETHER: readonly Scenario[] = [burstOfKnown, burstOfUnseen];

const ALONE: readonly Scenario[] = [
  throughput,
  normal,
  mixed,
  uncached,
  coalescing,
  bookings,
  invalidation,
  recovery,
  synchronising,
  junk,
  reports,
  listeners,
];

const isWanted = ({ name }: Scenario): boolean => process.env['ONLY']?.split(',').includes(name) ?? true;

setTimeout(() => {
  console.error('took too long');
  killAll();
  process.exit(1);
}, LONGEST).unref();

const began = performance.now();
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const table = new Table();
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

const ENGINES = [
  ['embedded', files],
  ['PostgreSQL', database],
] as const;

try {
  for (const [engine, place] of ENGINES)
    for (const scenario of ALONE.filter(isWanted)) await scenario(await place(), openStage(engine, table));
  await Promise.all(
    ENGINES.flatMap(([engine, place]) =>
      TOGETHER.filter(isWanted).map(async (scenario) => scenario(await place(), openStage(engine, table))),
    ),
  );
} finally {
  killAll();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${String(table)}\n\n${Math.round((performance.now() - began) / 1000)} s`);
if (process.argv.includes('--write')) await table.writeInto('docs/scale.md', new Date());
