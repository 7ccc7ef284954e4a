import { HOUR_MS } from '../../scheduling/durations.js';
import { removeInSlices } from '../slices.js';
import type { Store } from '../store/store.js';
import { LIMITS } from './limits.js';
import { hourOf, type MetricsTables } from './schema.js';

const removeLoads = (store: Store, before: number): Promise<void> =>
  removeInSlices(
    async (max) =>
      (
        await store
          .tables<MetricsTables>()
          .selectFrom('load')
          .select('id')
          .where('at', '<', before)
          .orderBy('at')
          .limit(max)
          .execute()
      ).map(({ id }) => id),
    (ids) => store.tables<MetricsTables>().deleteFrom('load').where('id', 'in', ids).execute(),
  );

const removeSums = (store: Store, before: number): Promise<void> =>
  removeInSlices(
    async (max) =>
      (
        await store
          .tables<MetricsTables>()
          .selectFrom('load_sum')
          .select('id')
          .where('hour', '<', before)
          .orderBy('hour')
          .limit(max)
          .execute()
      ).map(({ id }) => id),
    (ids) => store.tables<MetricsTables>().deleteFrom('load_sum').where('id', 'in', ids).execute(),
  );

/** Removes what came before a moment. Whole hours, so that no sum outlives its loads. */
export async function forgetLoads(store: Store, before: number): Promise<void> {
  const hour = hourOf(before);
  const db = store.tables<MetricsTables>();
  await removeLoads(store, hour * HOUR_MS);
  await removeSums(store, hour);
  await db.deleteFrom('load_name').where('hour', '<', hour).execute();
  await db.deleteFrom('load_hour').where('hour', '<', hour).execute();
}

/** Removes the loads of the oldest hours while there are more than `max`; their sums are kept. */
export async function trimLoads(store: Store, max: number = LIMITS.rows): Promise<void> {
  const db = store.tables<MetricsTables>();
  const hours = await db
    .selectFrom('load_hour')
    .selectAll()
    .where('trimmed', '=', 0)
    .orderBy('hour')
    .execute();
  let rows = hours.reduce((sum, hour) => sum + hour.rows, 0);
  for (const { hour, rows: ofHour, changes, summed } of hours) {
    if (rows <= max || changes !== summed) return;
    await db.updateTable('load_hour').set({ trimmed: 1, rows: 0 }).where('hour', '=', hour).execute();
    await removeLoads(store, (hour + 1) * HOUR_MS);
    rows -= ofHour;
  }
}
