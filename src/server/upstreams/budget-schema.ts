import type { Generated } from 'kysely';
import { withId, type Migrations } from '../store/migrate.js';

/** What all instances share about the calls of an account. */
export interface BudgetTables {
  upstream_call: {
    id: Generated<number>;
    account: string;
    who: string;
    started: number;
    done: number;
    until: number;
  };
  upstream_pause: { account: string; until: number };
  /** Calls of one instance in a stretch of time that had the same end; `times` is a `Distribution`, as JSON. */
  upstream_tally: {
    stretch: number;
    account: string;
    operation: string;
    outcome: string;
    instance: string;
    count: number;
    times: string;
    slow: number;
  };
  /** The breaker of an account, and its last success and failure. The name is older than the word, and instances of earlier releases use it. */
  upstream_standing: {
    account: string;
    /** The circuit breaker's, as `Circuit` has them. */
    failures: number;
    until: number;
    succeeded_at: number;
    failed_at: number;
    /** The last failure's name. */
    failure: string;
  };
}

export const budgetMigrations: Migrations = {
  'budget-1': async (db, engine) => {
    await withId(db.schema.createTable('upstream_call'), engine)
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('who', 'text', (column) => column.notNull())
      .addColumn('started', 'bigint', (column) => column.notNull())
      .addColumn('done', 'integer', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('upstream_call_account')
      .on('upstream_call')
      .columns(['account', 'until'])
      .execute();
    await db.schema
      .createTable('upstream_pause')
      .addColumn('account', 'text', (column) => column.primaryKey())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .execute();
  },
  'budget-2': async (db) => {
    await db.schema
      .createTable('upstream_standing')
      .addColumn('account', 'text', (column) => column.primaryKey())
      .addColumn('failures', 'integer', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .addColumn('succeeded_at', 'bigint', (column) => column.notNull())
      .addColumn('failed_at', 'bigint', (column) => column.notNull())
      .addColumn('failure', 'text', (column) => column.notNull())
      .execute();
  },
  'budget-3': async (db) => {
    await db.schema
      .createTable('upstream_tally')
      .addColumn('stretch', 'bigint', (column) => column.notNull())
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('operation', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('instance', 'text', (column) => column.notNull())
      .addColumn('count', 'bigint', (column) => column.notNull())
      .addColumn('times', 'text', (column) => column.notNull())
      .addColumn('slow', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('upstream_tally_key', [
        'stretch',
        'account',
        'operation',
        'outcome',
        'instance',
      ])
      .execute();
  },
};
