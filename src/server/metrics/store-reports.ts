import type { Transaction } from 'kysely';
import type { LoadReport, Outcome } from '../../protocol/load-report.js';
import type { Store } from '../store/store.js';
import { rowsOf } from './report-rows.js';
import { hourOf, type LoadRow, type MetricsTables } from './schema.js';

/** SQLite takes 32,766 values in one statement; a row has some 32. */
const ROWS_AT_ONCE = 500;

/**
 * Stores reports, at most one per page view. A later report of a view takes the place of an earlier one, in whatever
 * order they come, and stays at the time of the first. Gives the loads that have come to an end, each once.
 */
export function storeReports(store: Store, reports: readonly LoadReport[]): Promise<LoadRow[]> {
  return store.exclusive('metrics', async (trx: Transaction<MetricsTables>): Promise<LoadRow[]> => {
    const now = store.now();
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
    const told = new Set(replaced.length > 0 ? (await endedLoads(trx, replaced)).map(nameOf) : []);
    if (replaced.length > 0) await trx.deleteFrom('load').where('view', 'in', replaced).execute();
    const rows = newer.flatMap((report) => rowsOf(report, before.get(report.id)?.at ?? now));
    for (let i = 0; i < rows.length; i += ROWS_AT_ONCE)
      await trx
        .insertInto('load')
        .values(rows.slice(i, i + ROWS_AT_ONCE))
        .execute();
    for (const hour of new Set(rows.map(({ at }) => hourOf(at))))
      await trx
        .insertInto('load_hour')
        .values({ hour, changes: 1, summed: 0 })
        .onConflict((conflict) =>
          conflict.column('hour').doUpdateSet(({ eb, ref }) => ({
            changes: eb(ref('load_hour.changes'), '+', 1),
          })),
        )
        .execute();
    return rows.filter((row) => !OPEN.includes(row.outcome as Outcome) && !told.has(nameOf(row)));
  });
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
