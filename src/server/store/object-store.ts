import { Kysely } from 'kysely';
import { objectDialect } from './object-driver.js';
import type { ObjectStorage } from './object-storage.js';
import { writeProbe } from './probe.js';
import type { Store } from './store.js';

/** The storage of one Durable Object as a store. There is one such object, and so one instance. */
export function openObjectStore(storage: ObjectStorage, clock?: () => number): Store {
  const db = new Kysely<unknown>({ dialect: objectDialect(storage) });
  const watchers = new Set<() => void>();
  const now = clock ?? Date.now;
  return {
    engine: 'embedded', // the same SQL
    tables: <Tables>() => db as Kysely<Tables>,
    exclusive: (_lock, work) => db.transaction().execute((trx) => work(trx as Parameters<typeof work>[0])),
    async durably<Tables, Result>(work: (db: Kysely<Tables>) => Promise<Result>) {
      const result = await db
        .connection()
        .execute((connection) => work(connection as unknown as Kysely<Tables>));
      await storage.sync();
      return result;
    },
    now,
    monotonic: clock ?? (() => performance.now()),
    ping: () => Promise.resolve().then(() => void storage.sql.exec('select 1').toArray()),
    probe: () => writeProbe(db, now()),
    watch(look) {
      watchers.add(look);
      return () => void watchers.delete(look);
    },
    nudge() {
      for (const look of watchers) look();
      return Promise.resolve();
    },
    close: () => db.destroy(),
  };
}
