import type { Migrations } from '../store/migrate.js';

/**
 * `sent` the service was asked, or is about to be · `booked` · `taken`, `refused` the service made no booking · `not-sent` it
 * was not asked · `unknown` nobody knows. Nothing but `sent` changes any more.
 */
export type RequestState = 'sent' | 'booked' | 'taken' | 'refused' | 'not-sent' | 'unknown';

/** What a repetition needs to get the same answer. Nothing of the visitor. */
export interface NativeBookingTables {
  native_booking: {
    /** A hash of the browser's key. */
    key: string;
    account: string;
    /** A hash of the page that was booked. */
    event: string;
    starts_at: number;
    state: RequestState;
    /** The service's id, its end and its pages for changes; empty and 0 where nothing was booked. */
    id: string;
    ends_at: number;
    reschedule_url: string;
    cancel_url: string;
    /** When it was sent: milliseconds since 1970. */
    at: number;
  };
}

export const nativeBookingMigrations: Migrations = {
  'native-bookings-1': async (db) => {
    await db.schema
      .createTable('native_booking')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('starts_at', 'bigint', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('ends_at', 'bigint', (column) => column.notNull())
      .addColumn('reschedule_url', 'text', (column) => column.notNull())
      .addColumn('cancel_url', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('native_booking_account')
      .on('native_booking')
      .columns(['account', 'at'])
      .execute();
  },
};
