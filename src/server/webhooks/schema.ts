import type { Migrations } from '../store/migrate.js';
import type { ProviderName } from '../upstreams/upstream.js';

/** What came of a delivery: it was understood · it was refused · it was one of `webhooks test`. */
export type DeliveryOutcome = 'good' | 'refused' | 'test';

export interface WebhookTables {
  /** What came of each provider's deliveries, all instances together. */
  webhook_arrival: {
    provider: ProviderName;
    /** The latest genuine delivery, within a minute. */
    at: number;
    /** How many could not be read, and the latest of them. */
    unreadable: number;
    unreadable_at: number | null;
    why: string;
  };
  /** The latest delivery of each outcome, and how many there were. */
  webhook_last: {
    provider: ProviderName;
    outcome: DeliveryOutcome;
    at: number;
    /** Why it was refused, for programs and for people; empty otherwise. */
    code: string;
    why: string;
    deliveries: number;
  };
  /** Genuine deliveries by trigger, in hours since 1970. */
  webhook_tally: { provider: ProviderName; hour: number; trigger: string; deliveries: number };
}

export const webhookMigrations: Migrations = {
  'webhooks-1': async (db) => {
    await db.schema
      .createTable('webhook_arrival')
      .addColumn('provider', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('unreadable', 'integer', (column) => column.notNull())
      .addColumn('unreadable_at', 'bigint')
      .addColumn('why', 'text', (column) => column.notNull())
      .execute();
  },
  'webhooks-2': async (db) => {
    await db.schema
      .createTable('webhook_tally')
      .addColumn('provider', 'text', (column) => column.notNull())
      .addColumn('hour', 'bigint', (column) => column.notNull())
      .addColumn('trigger', 'text', (column) => column.notNull())
      .addColumn('deliveries', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('webhook_tally_key', ['provider', 'hour', 'trigger'])
      .execute();
  },
  'webhooks-3': async (db) => {
    await db.schema
      .createTable('webhook_last')
      .addColumn('provider', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('code', 'text', (column) => column.notNull())
      .addColumn('why', 'text', (column) => column.notNull())
      .addColumn('deliveries', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('webhook_last_key', ['provider', 'outcome'])
      .execute();
  },
};
