import { withId, type Migrations } from '../store/migrate.js';
import type { Generated } from 'kysely';

/** `waiting` to be done, or under way while leased · `done` kept so that it is not done twice · `failed` for inspection. */
export type JobState = 'waiting' | 'done' | 'failed';

export interface JobTables {
  job: {
    id: Generated<number>;
    kind: string;
    /** Of two jobs of a kind with the same key, the second is not taken. */
    key: string;
    /** JSON; emptied when it is done. Nobody's personal data. */
    data: string;
    state: JobState;
    /** Attempts that failed. */
    attempts: number;
    /** How often it was begun by itself after a process had died over it. */
    starts: number;
    /** Not before this moment. */
    run_at: number;
    lease_owner: string;
    lease_until: number;
    /** Why the last attempt failed. */
    error: string;
    created_at: number;
    finished_at: number | null;
  };
}

export const queueMigrations: Migrations = {
  'queue-1': async (db, engine) => {
    await withId(db.schema.createTable('job'), engine)
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('data', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('starts', 'integer', (column) => column.notNull())
      .addColumn('run_at', 'bigint', (column) => column.notNull())
      .addColumn('lease_owner', 'text', (column) => column.notNull())
      .addColumn('lease_until', 'bigint', (column) => column.notNull())
      .addColumn('error', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('finished_at', 'bigint')
      .addUniqueConstraint('job_key', ['kind', 'key'])
      .execute();
    await db.schema.createIndex('job_due').on('job').columns(['state', 'run_at', 'id']).execute();
  },
  'queue-2': async (db) => {
    await db.schema.createIndex('job_ended').on('job').columns(['state', 'finished_at']).execute();
  },
};
