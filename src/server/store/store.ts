import type { Kysely, Transaction } from 'kysely';

/** Which engine holds the data: files in one folder, or a PostgreSQL server. */
export type EngineName = 'embedded' | 'postgres';

/**
 * Where everything is kept. Both engines run the same queries, written once with Kysely. Rules that keep it so: moments
 * are milliseconds since 1970 (`bigint`), flags are 0 or 1 (`integer`), JSON and everything else is `text`.
 *
 * A query rejects within seconds when the store cannot be used; `storeFailureOf` says why.
 */
export interface Store {
  readonly engine: EngineName;
  /** The queries of a feature that declares which tables it uses: `store.tables<LeaseTables>()`. */
  tables<Tables>(): Kysely<Tables>;
  /**
   * A transaction that does not overlap with any other of the same `lock`, in any process or instance. The embedded engine
   * lets one writer in at a time whatever the lock; there, waiting inside `work` for a query that is not `trx`'s own waits
   * for ever. Short, and no request to another server in it: a process that freezes meanwhile loses the lock after seconds.
   * `isLong` lifts the limits on time, for migrations.
   */
  exclusive<Tables, Result>(
    lock: string,
    work: (trx: Transaction<Tables>) => Promise<Result>,
    options?: { readonly isLong?: boolean },
  ): Promise<Result>;
  /** What is written in `work` outlasts a machine that loses its power: it is on the disk when this is fulfilled. Slow. */
  durably<Tables, Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /** Milliseconds since 1970 by a clock that all instances share: the database server's, or this machine's. */
  now(): number;
  /** Milliseconds of this process alone, which nobody's setting a clock moves. */
  monotonic(): number;
  /** Rejects when the engine cannot be reached. */
  ping(): Promise<void>;
  /** Writes something small. Rejects when nothing can be stored, and when the data is not where it was. */
  probe(): Promise<void>;
  /**
   * Calls back, often and cheaply, when something may have been written elsewhere. Gives the function that ends it.
   * `nudge` notifies the other instances.
   */
  watch(look: () => void): () => void;
  nudge(): Promise<void>;
  close(): Promise<void>;
}
