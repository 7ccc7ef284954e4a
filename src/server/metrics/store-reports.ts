import type { Transaction } from 'kysely';
import type { Outcome } from '../../protocol/load-report.js';
import { turnOfOthers } from '../slices.js';
import type { Store } from '../store/store.js';
import { LIMITS } from './limits.js';
import { limitNames } from './names-of-hour.js';
import { rowsOf, type ReceivedReport } from './report-rows.js';
import { hourOf, type LoadRow, type MetricsTables } from './schema.js';

/** Rows in one statement: the embedded engine works in this thread, and others get their turn between two. */
const ROWS_AT_ONCE = 50;

interface StoreOptions {
  /** The smallest sample rate that reports are believed to have. */
  readonly sampleRate?: number;
}

/**
 * Stores reports, at most one per page view. A later report of a view takes the place of an earlier one, in whatever
 * order they come, and stays at the time of the first. Gives the loads that have come to an end, each once. Rejects with
 * `HourFull` when the hour has as many rows as it may.
 */
export function storeReports(
  store: Store,
  reports: readonly ReceivedReport[],
  { sampleRate = 1 }: StoreOptions = {},
): Promise<LoadRow[]> {
  return store.exclusive('metrics', async (trx: Transaction<MetricsTables>): Promise<LoadRow[]> => {
    const now = store.now();
    await requireRoom(trx, hourOf(now));
    const views = reports.map(({ id }) => id);
    const known = await trx
      .selectFrom('load')
      .select(({ fn }) => ['view', fn.max('seq').as('seq'), fn.min('at').as('at')])
      .where('view', 'in', views)
      .groupBy('view')
      .execute();
    const before = new Map(known.map((row) => [row.view, row]));
    const newer = reports.filter(({ id, seq }) => seq > (before.get(id)?.seq ?? 0));
    const replaced = newer.filter(({ id }) => before.has(id)).map(({ id }) => id);
    const ended = new Set(replaced.length > 0 ? (await endedLoads(trx, replaced)).map(nameOf) : []);
    if (replaced.length > 0) await trx.deleteFrom('load').where('view', 'in', replaced).execute();
    const rows = await limitNames(
      trx,
      newer.flatMap((report) => rowsOf(report, before.get(report.id)?.at ?? now, sampleRate)),
    );
    for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) {
      await trx
        .insertInto('load')
        .values(rows.slice(i, i + ROWS_AT_ONCE))
        .execute();
      await turnOfOthers();
    }
    for (const hour of new Set(rows.map(({ at }) => hourOf(at)))) {
      const written = rows.filter(({ at }) => hourOf(at) === hour).length;
      await trx
        .insertInto('load_hour')
        .values({ hour, changes: 1, summed: 0, rows: written, trimmed: 0 })
        .onConflict((conflict) =>
          conflict.column('hour').doUpdateSet(({ eb, ref }) => ({
            changes: eb(ref('load_hour.changes'), '+', 1),
            rows: eb(ref('load_hour.rows'), '+', written),
          })),
        )
        .execute();
    }
    return rows.filter((row) => !OPEN.includes(row.outcome as Outcome) && !ended.has(nameOf(row)));
  });
}

/** So many rows were written in this hour that no more are taken until the next. */
export class HourFull extends Error {
  override readonly name = 'HourFull';
}

async function requireRoom(trx: Transaction<MetricsTables>, hour: number): Promise<void> {
  const row = await trx.selectFrom('load_hour').select('rows').where('hour', '=', hour).executeTakeFirst();
  if ((row?.rows ?? 0) >= LIMITS.rowsPerHour)
    throw new HourFull(`this hour has ${LIMITS.rowsPerHour} rows already`);
}

/** Something else may still become of these. */
const OPEN: readonly Outcome[] = ['pending', 'unseen'];

type Ended = Pick<LoadRow, 'view' | 'instance' | 'outcome'>;

const nameOf = ({ view, instance, outcome }: Ended): string => JSON.stringify([view, instance, outcome]);

const endedLoads = (trx: Transaction<MetricsTables>, views: readonly string[]): Promise<Ended[]> =>
  trx
    .selectFrom('load')
    .select(['view', 'instance', 'outcome'])
    .where('view', 'in', views)
    .where('outcome', 'not in', OPEN)
    .execute();
