import {
  type CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import { setTimeout as wait } from 'node:timers/promises';

interface Statement {
  readonly reader: boolean;
  all(parameters: readonly unknown[]): unknown[];
  run(parameters: readonly unknown[]): {
    readonly changes: number | bigint;
    readonly lastInsertRowid: number | bigint;
  };
}

/** The SQLite engine as its package has it: synchronous. */
export interface Engine {
  prepare(sql: string): Statement;
  pragma(source: string, options?: { simple: boolean }): unknown;
  close(): unknown;
}

/** Max. milliseconds that a write waits while another process holds the file's lock. */
const PATIENCE = 5000;

/** Max. statements that are kept prepared; a companion has some dozens. */
const MAX_STATEMENTS = 200;

const isBusy = (cause: unknown): boolean =>
  /^SQLITE_(BUSY|LOCKED)/.test(String((cause as { code?: unknown } | null)?.code));

/** First come, first served. */
class Mutex {
  #last: Promise<void> = Promise.resolve();
  #release: (() => void) | undefined;

  async lock(): Promise<void> {
    const before = this.#last;
    let release = (): void => undefined;
    this.#last = new Promise<void>((resolve) => (release = resolve));
    await before;
    this.#release = release;
  }

  unlock(): void {
    const release = this.#release;
    this.#release = undefined;
    release?.();
  }
}

class Connection implements DatabaseConnection {
  readonly #engine: Engine;
  readonly #mutex: Mutex;
  readonly #prepared = new Map<string, Statement>();
  /** Within a transaction the lock is held already. */
  #isOpen = false;

  constructor(engine: Engine, mutex: Mutex) {
    this.#engine = engine;
    this.#mutex = mutex;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#isOpen ? this.#run(sql, parameters) : this.#patiently(() => this.#run(sql, parameters));
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('the embedded store does not stream');
  }

  async begin(): Promise<void> {
    // A transaction that begins by reading could not write any more once another process has written.
    await this.#patiently(() => this.#run('begin immediate', []));
    this.#isOpen = true;
  }

  commit(): void {
    this.#run('commit', []);
    this.#isOpen = false;
  }

  rollback(): void {
    this.#isOpen = false;
    try {
      this.#run('rollback', []);
    } catch (cause) {
      // The engine has rolled back by itself, as it does when the disk is full: https://www.sqlite.org/lang_transaction.html
      if (!/no transaction is active/.test((cause as Error).message)) throw cause;
    }
  }

  /**
   * The engine would wait for another process in this very thread. Instead the attempt is repeated, and meanwhile others
   * get the connection and the process its turn.
   */
  async #patiently<Result>(attempt: () => Result): Promise<Result> {
    const started = performance.now();
    for (let delay = 2; ; delay = Math.min(delay * 2, 50)) {
      try {
        return attempt();
      } catch (cause) {
        if (!isBusy(cause) || performance.now() - started > PATIENCE) throw cause;
      }
      this.#mutex.unlock();
      await wait(delay);
      await this.#mutex.lock();
    }
  }

  #run<Row>(sql: string, parameters: readonly unknown[]): QueryResult<Row> {
    const statement = this.#prepare(sql);
    if (statement.reader) return { rows: statement.all(parameters) as Row[] };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
  }

  #prepare(sql: string): Statement {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = this.#engine.prepare(sql);
    if (this.#prepared.size >= MAX_STATEMENTS) this.#prepared.clear();
    this.#prepared.set(sql, statement);
    return statement;
  }
}

/** One connection for the whole process, used by one query or transaction at a time. */
class EmbeddedDriver implements Driver {
  readonly #engine: Engine;
  readonly #mutex = new Mutex();
  readonly #connection: Connection;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#connection = new Connection(engine, this.#mutex);
  }

  init(): Promise<void> {
    return Promise.resolve();
  }
  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#mutex.lock();
    return this.#connection;
  }
  beginTransaction(): Promise<void> {
    return this.#connection.begin();
  }
  commitTransaction(): Promise<void> {
    return Promise.resolve().then(() => this.#connection.commit());
  }
  rollbackTransaction(): Promise<void> {
    return Promise.resolve().then(() => this.#connection.rollback());
  }
  releaseConnection(): Promise<void> {
    this.#mutex.unlock();
    return Promise.resolve();
  }
  destroy(): Promise<void> {
    this.#engine.close();
    return Promise.resolve();
  }
}

/** Kysely's SQLite dialect with a driver that never waits in this thread. */
export const embeddedDialect = (engine: Engine): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new EmbeddedDriver(engine),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});
