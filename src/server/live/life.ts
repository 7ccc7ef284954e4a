import type { Kysely } from 'kysely';
import type { Migrations } from '../store/migrate.js';
import { hexOf, randomBytes } from '../sha256.js';
import type { Store } from '../store/store.js';

interface LifeTables {
  store_life: { id: number; life: string };
}

/** A store that was made again counts its events from 1 again; its life tells their ids from those of the one before. */
export const lifeMigrations: Migrations = {
  'live-1': async (db) => {
    await db.schema
      .createTable('store_life')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('life', 'text', (column) => column.notNull())
      .execute();
    await (db as Kysely<LifeTables>)
      .insertInto('store_life')
      .values({ id: 1, life: hexOf(randomBytes(6)) })
      .execute();
  },
};

export async function readLife(store: Store): Promise<string> {
  const { life } = await store
    .tables<LifeTables>()
    .selectFrom('store_life')
    .select('life')
    .executeTakeFirstOrThrow();
  return life;
}

/** An event's id as pages have it. */
export const eventId = (life: string, id: number): string => `${life}-${id}`;

/**
 * The number in an id that a page names; null for one of another life of the store, which includes the plain numbers of
 * earlier releases, and undefined where it names none.
 */
export function numberIn(text: string | null | undefined, life: string): number | null | undefined {
  if (text == null || text === '') return undefined;
  const [, of, id] = /^([\da-f]{1,32})-(\d{1,15})$/.exec(text) ?? [];
  return of === life ? Number(id) : null;
}
