import type { Transaction } from 'kysely';
import { ALERT_GIVEN_UP_MS, ALERT_RECENT_MS } from '../durations.js';
import type { Context } from '../feature.js';
import type { MetricsTables } from '../metrics/schema.js';
import { givenUpLately, isGivenUpInRow } from '../queue/jobs.js';
import { readStatus } from '../status.js';
import { deliverySilences } from '../webhooks/silence.js';
import type { AlertSettings } from './alert-options.js';
import type { Figures } from './condition.js';
import { conditionsIn } from './conditions.js';
import { nextEpisodes } from './episodes.js';
import type { AlertTables } from './schema.js';

async function figures(context: Context, { givenUpInRow }: AlertSettings): Promise<Figures> {
  const { store, now, settings } = context;
  // Page views, not widgets or weights: one forged report must not look like many visitors.
  const viewsWith = (failed: 0 | 1) =>
    store
      .tables<MetricsTables>()
      .selectFrom('load')
      .select(({ fn }) => fn.count<number>('view').distinct().as('views'))
      .where('at', '>', now() - ALERT_RECENT_MS)
      .where('at', '<=', now())
      .$if(failed === 1, (query) => query.where('failed', '=', 1))
      .executeTakeFirst();
  const [status, all, failed, givenUp, isInRow, silences] = await Promise.all([
    readStatus(context),
    viewsWith(0),
    viewsWith(1),
    givenUpLately(store, ALERT_GIVEN_UP_MS),
    isGivenUpInRow(store, givenUpInRow),
    deliverySilences(store),
  ]);
  return {
    ...status,
    failed: failed?.views ?? 0,
    loads: all?.views ?? 0,
    givenUp,
    isGivenUpInRow: isInRow,
    silences: silences.filter(({ provider }) => settings.webhooks[provider] !== undefined),
  };
}

/**
 * Looks whether something is wrong, and writes down what the owner has to be notified of. A check at the same moment in
 * another instance finds it written already.
 */
export async function checkAlerts(context: Context, settings: AlertSettings): Promise<void> {
  const { store } = context;
  const conditions = conditionsIn(await figures(context, settings), settings);
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
        .values({ id: crypto.randomUUID(), at: now, notice: JSON.stringify(notice) })
        .execute();
  });
}
