import type { Migrations } from '../store/migrate.js';
import type { Store } from '../store/store.js';
import { base64UrlOf, sha256 } from '../sha256.js';

interface SessionTables {
  ended_session: { id: string; until: number };
}

export const sessionMigrations: Migrations = {
  'sessions-1': async (db) => {
    await db.schema
      .createTable('ended_session')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .execute();
  },
};

/** Sessions that were signed out before their time. */
export interface EndedSessions {
  /** Ends a session in all instances; `until` is when it would have ended by itself, in milliseconds since 1970. */
  end(session: string, until: number): Promise<void>;
  has(session: string): Promise<boolean>;
}

const idOf = async (session: string): Promise<string> => base64UrlOf(await sha256(session));

export function endedSessions(store: Store): EndedSessions {
  const db = () => store.tables<SessionTables>();
  return {
    async end(session, until) {
      await db().deleteFrom('ended_session').where('until', '<', store.now()).execute();
      await db()
        .insertInto('ended_session')
        .values({ id: await idOf(session), until })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },
    async has(session) {
      const row = await db()
        .selectFrom('ended_session')
        .select('id')
        .where('id', '=', await idOf(session))
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
