import type { Area, Context } from '../feature.js';
import type { Migrations } from './migrate.js';

interface ProbeTables {
  store_probe: { id: number; at: number };
}

export const probeMigrations: Migrations = {
  'probe-1': async (db) => {
    await db.schema
      .createTable('store_probe')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
  },
};

/** A probe is good for so long, in milliseconds: any visitor may ask for the health, and none makes more writes than that. */
const GOOD_FOR = 1000;

/** For `/healthz`: a store that can be read and not written is of no use, and says so within seconds. */
export function storeWritesArea({ store }: Pick<Context, 'store'>): Area {
  let last = -Infinity;
  return {
    health: {
      part: 'store-writes',
      async check() {
        if (performance.now() - last < GOOD_FOR) return;
        const at = Date.now();
        await store
          .tables<ProbeTables>()
          .insertInto('store_probe')
          .values({ id: 1, at })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ at }))
          .execute();
        last = performance.now();
      },
    },
  };
}
