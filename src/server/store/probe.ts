import type { Kysely } from 'kysely';
import type { Migrations } from './migrate.js';

interface ProbeTables {
  probe: { at: number };
}

export const probeMigrations: Migrations = {
  'probe-1': async (db) => {
    await db.schema
      .createTable('probe')
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
  },
};

/** Replaces the one row of a small table: what cannot do that can store nothing. */
export const writeProbe = (db: Kysely<unknown>, at: number): Promise<void> =>
  (db as Kysely<ProbeTables>).transaction().execute(async (trx) => {
    await trx.deleteFrom('probe').execute();
    await trx.insertInto('probe').values({ at }).execute();
  });
