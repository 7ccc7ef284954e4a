import type { ColumnDefinitionBuilder, CreateTableBuilder, Kysely, Transaction } from 'kysely';
import type { EngineName, Store } from './store.js';

/** Makes or changes tables; runs once per store, in the order of the names. */
export type Migration = (db: Kysely<unknown>, engine: EngineName) => Promise<void>;

/** By name: `availability-1`, `availability-2`, … A name, once released, keeps its meaning. */
export type Migrations = Readonly<Record<string, Migration>>;

interface MigrationTables {
  migration: { name: string; at: number };
}

/** A column `id` that counts from 1, the same in both engines; numbers are never given twice. */
export const withId = <Table extends string, Columns extends string>(
  table: CreateTableBuilder<Table, Columns>,
  engine: EngineName,
): CreateTableBuilder<Table, Columns | 'id'> =>
  engine === 'embedded'
    ? table.addColumn('id', 'integer', (column: ColumnDefinitionBuilder) =>
        column.primaryKey().autoIncrement(),
      )
    : table.addColumn('id', 'bigint', (column: ColumnDefinitionBuilder) =>
        column.primaryKey().generatedAlwaysAsIdentity(),
      );

/** Brings the tables up to date. Instances that start together wait for each other. */
export async function migrate(store: Store, migrations: Migrations): Promise<void> {
  const run = async (trx: Transaction<MigrationTables>): Promise<void> => {
    await trx.schema
      .createTable('migration')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    const done = new Set(
      (await trx.selectFrom('migration').select('name').execute()).map(({ name }) => name),
    );
    for (const [name, migration] of Object.entries(migrations)) {
      if (done.has(name)) continue;
      await migration(trx as unknown as Kysely<unknown>, store.engine);
      await trx.insertInto('migration').values({ name, at: store.now() }).execute();
    }
  };
  await store.exclusive('migrate', run, { isLong: true });
}
