import type { Kysely } from 'kysely';
import type { Migrations } from '../store/migrate.js';
import type { ProviderName } from '../upstreams/upstream.js';
import type { BookingState, TeamFact } from './booking.js';

export interface BookingTables {
  booking: {
    provider: ProviderName;
    id: string;
    account: string;
    event_type: string;
    slug: string;
    /** From what was delivered and listed; the columns `heard_…` and `seen_…` keep the names of earlier releases. */
    state: BookingState;
    starts_at: number | null;
    ends_at: number | null;
    /** The moment that the span was true. */
    span_at: number | null;
    booked_at: number | null;
    over_at: number | null;
    moved_to: string;
    moved_from: string;
    heard_state: BookingState | null;
    heard_at: number | null;
    seen_state: BookingState | null;
    seen_at: number | null;
    /** Hosts as webhooks name them, separated by spaces. */
    hosts: string;
    organization: string;
    team: TeamFact;
    /** 1 where the slot may be bookable although this booking is in it. */
    shared: number;
    unsure_at: number | null;
  };
}

export const bookingMigrations: Migrations = {
  'bookings-1': async (db) => {
    await db.schema
      .createTable('booking')
      .addColumn('provider', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('event_type', 'text', (column) => column.notNull())
      .addColumn('slug', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('starts_at', 'bigint')
      .addColumn('ends_at', 'bigint')
      .addColumn('span_at', 'bigint')
      .addColumn('booked_at', 'bigint')
      .addColumn('moved_to', 'text', (column) => column.notNull())
      .addColumn('moved_from', 'text', (column) => column.notNull())
      .addColumn('heard_state', 'text')
      .addColumn('heard_at', 'bigint')
      .addColumn('seen_state', 'text')
      .addColumn('seen_at', 'bigint')
      .addPrimaryKeyConstraint('booking_key', ['provider', 'id'])
      .execute();
    await db.schema.createIndex('booking_booked').on('booking').columns(['booked_at']).execute();
    await db.schema.createIndex('booking_account').on('booking').columns(['account', 'starts_at']).execute();
  },
  'bookings-2': async (db) => {
    for (const column of ['hosts', 'organization'])
      await db.schema
        .alterTable('booking')
        .addColumn(column, 'text', (definition) => definition.notNull().defaultTo(''))
        .execute();
    await db.schema
      .alterTable('booking')
      .addColumn('team', 'text', (column) => column.notNull().defaultTo('unknown'))
      .execute();
    await db.schema
      .alterTable('booking')
      .addColumn('shared', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('booking').addColumn('unsure_at', 'bigint').execute();
    await db.schema.createIndex('booking_unsure').on('booking').columns(['unsure_at']).execute();
    await db.schema
      .createIndex('booking_type')
      .on('booking')
      .columns(['provider', 'event_type', 'starts_at'])
      .execute();
  },
  'bookings-3': async (db) => {
    await db.schema.alterTable('booking').addColumn('over_at', 'bigint').execute();
    await (db as Kysely<BookingTables>)
      .updateTable('booking')
      .set(({ fn, ref }) => ({ over_at: fn.coalesce(ref('heard_at'), ref('seen_at')) }))
      .where('state', 'in', ['cancelled', 'rejected'])
      .execute();
    await db.schema.createIndex('booking_over').on('booking').columns(['over_at']).execute();
    // What lists are ordered by, for all event types and for one.
    await db.schema
      .createIndex('booking_range')
      .on('booking')
      .columns(['starts_at', 'provider', 'id'])
      .execute();
    await db.schema
      .createIndex('booking_listed')
      .on('booking')
      .columns(['provider', 'event_type', 'starts_at', 'id'])
      .execute();
    await db.schema.dropIndex('booking_type').execute();
  },
};
