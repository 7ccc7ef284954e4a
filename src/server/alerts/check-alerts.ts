import type { Transaction } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Context } from '../feature.js';
import type { MetricsTables } from '../metrics/schema.js';
import { readStatus } from '../status.js';
import type { AlertSettings } from './alert-options.js';
import { conditionsIn, type Figures } from './conditions.js';
import { nextEpisodes } from './episodes.js';
import type { AlertTables } from './schema.js';

/** The share of errors is that of so many milliseconds. */
const RECENT = 300_000;

async function figures(context: Context): Promise<Figures> {
  const { store, now } = context;
  const [status, loads] = await Promise.all([
    readStatus(context),
    store
      .tables<MetricsTables>()
      .selectFrom('load')
      .select(['failed', ({ fn }) => fn.sum<number>('weight').as('loads')])
      .where('at', '>', now() - RECENT)
      .groupBy('failed')
      .execute(),
  ]);
  const failed = loads.find((row) => row.failed === 1)?.loads ?? 0;
  return { ...status, failed, loads: failed + (loads.find((row) => row.failed === 0)?.loads ?? 0) };
}

/**
 * Looks whether something is wrong, and writes down what the owner has to be told. Whoever looks at the same moment in
 * another instance finds it written already.
 */
export async function checkAlerts(context: Context, settings: AlertSettings): Promise<void> {
  const { store } = context;
  const conditions = conditionsIn(await figures(context), settings);
  await store.exclusive('alerts', async (trx: Transaction<AlertTables>) => {
    const now = context.now();
    const rows = await trx.selectFrom('alert_episode').selectAll().execute();
    const before = rows.map(({ calm_since: calmSince, ...row }) => ({ ...row, calmSince }));
    const { episodes, notices } = nextEpisodes(before, conditions, now);
    await trx.deleteFrom('alert_episode').execute();
    for (const { calmSince, ...episode } of episodes)
      await trx
        .insertInto('alert_episode')
        .values({ ...episode, calm_since: calmSince })
        .execute();
    for (const notice of notices)
      await trx
        .insertInto('alert_notice')
        .values({ id: randomUUID(), at: now, notice: JSON.stringify(notice) })
        .execute();
  });
}
