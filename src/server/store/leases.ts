import { sql } from 'kysely';
import type { Migrations } from './migrate.js';
import type { Store } from './store.js';

interface LeaseTables {
  lease: { name: string; owner: string; until: number };
}

export const leaseMigrations: Migrations = {
  'leases-1': async (db) => {
    await db.schema
      .createTable('lease')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .execute();
  },
};

/**
 * Takes (or renews, for the same owner) the right to do something alone among all instances, for so many milliseconds.
 * A process that dies keeps it no longer than that.
 */
export async function takeLease(store: Store, name: string, owner: string, ms: number): Promise<boolean> {
  const now = store.now();
  const taken = await store
    .tables<LeaseTables>()
    .insertInto('lease')
    .values({ name, owner, until: now + ms })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ owner, until: now + ms })
        .where((where) => where.or([where('lease.until', '<=', now), where('lease.owner', '=', owner)])),
    )
    .returning(sql`1`.as('taken'))
    .executeTakeFirst();
  return taken !== undefined;
}

/** Gives it back before its time; harmless for whoever does not hold it. */
export async function giveLease(store: Store, name: string, owner: string): Promise<void> {
  await store
    .tables<LeaseTables>()
    .deleteFrom('lease')
    .where('name', '=', name)
    .where('owner', '=', owner)
    .execute();
}
