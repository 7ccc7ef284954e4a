import { NOTES_KEPT_MS } from '../durations.js';
import type { Migrations } from './migrate.js';
import type { Store } from './store.js';

interface NoteTables {
  note: { name: string; text: string; at: number };
}

export const noteMigrations: Migrations = {
  'notes-1': async (db) => {
    await db.schema
      .createTable('note')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
  },
};

/** Something that the owner should know of, as `doctor` prints it. */
export interface Note {
  readonly name: string;
  readonly text: string;
}

/** Keeps a note, in place of an earlier one with its name. */
export async function writeNote(store: Store, { name, text }: Note): Promise<void> {
  const row = { text, at: store.now() };
  await store
    .tables<NoteTables>()
    .insertInto('note')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}

/** Notes of the last days. */
export const readNotes = (store: Store): Promise<Note[]> =>
  store
    .tables<NoteTables>()
    .selectFrom('note')
    .select(['name', 'text'])
    .where('at', '>', store.now() - NOTES_KEPT_MS)
    .orderBy('name')
    .execute();
