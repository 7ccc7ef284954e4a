import type { Migrations } from '../store/migrate.js';
import type { ProviderName } from '../upstreams/upstream.js';

/** `full` two years back and one ahead · `recent` three months back and six ahead. */
export type SyncKind = 'full' | 'recent';

export interface SyncTables {
  /** The latest run of each account. */
  sync_account: {
    account: string;
    provider: ProviderName;
    kind: SyncKind;
    from_at: number;
    to_at: number;
    /** Where the next page begins, as the provider's list has it. */
    cursor: string;
    pages: number;
    bookings: number;
    /** Entries that could not be read. */
    unreadable: number;
    /** How many there are, where the provider says so. */
    total: number | null;
    started_at: number;
    touched_at: number;
    /** Null while it is under way, or was interrupted. */
    finished_at: number | null;
    /** Why it was interrupted, in words; and how often in a row. */
    failure: string;
    failures: number;
    /** When a full run was finished; the latest run of any kind. */
    full_at: number | null;
    ok_at: number | null;
    /** What the run found that was not known: bookings that are new, that changed, and that are over. */
    added: number;
    changed: number;
    gone: number;
  };
}

export const syncMigrations: Migrations = {
  'sync-1': async (db) => {
    await db.schema
      .createTable('sync_account')
      .addColumn('account', 'text', (column) => column.primaryKey())
      .addColumn('provider', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('from_at', 'bigint', (column) => column.notNull())
      .addColumn('to_at', 'bigint', (column) => column.notNull())
      .addColumn('cursor', 'text', (column) => column.notNull())
      .addColumn('pages', 'integer', (column) => column.notNull())
      .addColumn('bookings', 'integer', (column) => column.notNull())
      .addColumn('unreadable', 'integer', (column) => column.notNull())
      .addColumn('total', 'integer')
      .addColumn('started_at', 'bigint', (column) => column.notNull())
      .addColumn('touched_at', 'bigint', (column) => column.notNull())
      .addColumn('finished_at', 'bigint')
      .addColumn('failure', 'text', (column) => column.notNull())
      .addColumn('failures', 'integer', (column) => column.notNull())
      .addColumn('full_at', 'bigint')
      .addColumn('ok_at', 'bigint')
      .execute();
  },
  'sync-2': async (db) => {
    for (const column of ['added', 'changed', 'gone'])
      await db.schema
        .alterTable('sync_account')
        .addColumn(column, 'integer', (definition) => definition.notNull().defaultTo(0))
        .execute();
  },
};
