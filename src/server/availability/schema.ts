import { DAY_MS } from '../../scheduling/durations.js';
import type { Migrations } from '../store/migrate.js';

/** What is known of bookable times. */
export interface AvailabilityTables {
  /** Event types that were requested. */
  availability_event: {
    event: string;
    account: string;
    provider: string;
    /** The provider's id and the last part of the address: what webhooks name. Empty where it is not known. */
    type_id: string;
    slug: string;
    /** The upstream has given times for it. */
    proven: number;
    /** Until then the upstream is taken at its word that there is no such event type. */
    missing_until: number;
    /** Failures in a row, the last one's name, and when it is worth asking again. */
    failures: number;
    failure: string;
    retry_at: number;
    asked_at: number;
    /** JSON: what the upstream's own requests need. Empty in rows from before it was kept. */
    query: string;
    /** JSON of `Hosting`, or empty; `team` is a part of it, so that it can be looked for. */
    hosting: string;
    team: string;
  };
  /** Which event types a host has, by the name that webhooks use. */
  availability_host: { provider: string; host: string; event: string };
  /** One UTC day of one event type. `slots` is JSON; null where nothing is known. */
  availability_day: {
    event: string;
    /** Days since 1970. */
    day: number;
    slots: string | null;
    /** When the upstream answered. */
    fetched_at: number;
    fresh_until: number;
    /** Something was booked then: the answer to an older request is not stored. */
    forgotten_at: number;
    /** JSON of `TakenSpan[]`, or empty: booked lately, even if the upstream still lists them. */
    taken: string;
  };
}

export const availabilityMigrations: Migrations = {
  'availability-1': async (db) => {
    await db.schema
      .createTable('availability_event')
      .addColumn('event', 'text', (column) => column.primaryKey())
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('provider', 'text', (column) => column.notNull())
      .addColumn('type_id', 'text', (column) => column.notNull())
      .addColumn('slug', 'text', (column) => column.notNull())
      .addColumn('proven', 'integer', (column) => column.notNull())
      .addColumn('missing_until', 'bigint', (column) => column.notNull())
      .addColumn('failures', 'integer', (column) => column.notNull())
      .addColumn('failure', 'text', (column) => column.notNull())
      .addColumn('retry_at', 'bigint', (column) => column.notNull())
      .addColumn('asked_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('availability_event_slug')
      .on('availability_event')
      .columns(['provider', 'slug'])
      .execute();
    await db.schema
      .createTable('availability_day')
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('day', 'bigint', (column) => column.notNull())
      .addColumn('slots', 'text')
      .addColumn('fetched_at', 'bigint', (column) => column.notNull())
      .addColumn('fresh_until', 'bigint', (column) => column.notNull())
      .addColumn('forgotten_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('availability_day_key', ['event', 'day'])
      .execute();
  },
  'availability-2': async (db) => {
    await db.schema
      .alterTable('availability_event')
      .addColumn('query', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
  },
  'availability-3': async (db) => {
    for (const column of ['hosting', 'team'])
      await db.schema
        .alterTable('availability_event')
        .addColumn(column, 'text', (definition) => definition.notNull().defaultTo(''))
        .execute();
    await db.schema
      .alterTable('availability_day')
      .addColumn('taken', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await db.schema
      .createTable('availability_host')
      .addColumn('provider', 'text', (column) => column.notNull())
      .addColumn('host', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('availability_host_key', ['provider', 'host', 'event'])
      .execute();
    await db.schema
      .createIndex('availability_event_type')
      .on('availability_event')
      .columns(['provider', 'type_id'])
      .execute();
    await db.schema
      .createIndex('availability_event_team')
      .on('availability_event')
      .columns(['provider', 'slug', 'team'])
      .execute();
    await db.schema.dropIndex('availability_event_slug').execute();
  },
  'availability-4': async (db) => {
    await db.schema.createIndex('availability_day_by_day').on('availability_day').column('day').execute();
    await db.schema.createIndex('availability_host_event').on('availability_host').column('event').execute();
  },
};

export const dayNumber = (instant: number): number => Math.floor(instant / DAY_MS);
