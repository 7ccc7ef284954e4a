import type { Kysely, Transaction } from 'kysely';

/** Which engine holds the data: files in one folder, or a PostgreSQL server. */
export type EngineName = 'embedded' | 'postgres';

/**
 * Where everything is kept. Both engines run the same queries, written once with Kysely. Rules that keep it so: moments
 * are milliseconds since 1970 (`bigint`), flags are 0 or 1 (`integer`), JSON and everything else is `text`.
 */
export interface Store {
  readonly engine: EngineName;
  /** The queries of whoever declares which tables they use: `store.tables<LeaseTables>()`. */
  tables<Tables>(): Kysely<Tables>;
  /**
   * A transaction that nobody else's with the same `lock` overlaps, in any process or instance. The embedded engine lets
   * one writer in at a time whatever the lock; there, waiting inside `work` for a query that is not `trx`'s own waits
   * for ever. Short, and no request to anybody in it.
   */
  exclusive<Tables, Result>(
    lock: string,
    work: (trx: Transaction<Tables>) => Promise<Result>,
  ): Promise<Result>;
  /** Milliseconds since 1970 by a clock that all instances share: the database server's, or this machine's. */
  now(): number;
  /** Rejects when the engine cannot be reached. */
  ping(): Promise<void>;
  /**
   * Calls back, often and cheaply, when something may have been written elsewhere. Gives the function that ends it.
   * `nudge` tells the others.
   */
  watch(look: () => void): () => void;
  nudge(): Promise<void>;
  close(): Promise<void>;
}
