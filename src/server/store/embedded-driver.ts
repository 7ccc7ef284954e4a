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
import { Mutex } from './mutex.js';
import { EMBEDDED_TIMEOUT_MS } from '../durations.js';
import type { Turns } from './turns.js';

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
  exec(sql: string): unknown;
  pragma(source: string, options?: { simple: boolean }): unknown;
  close(): unknown;
}

/** Max. milliseconds between two tries: shorter than the turn that other processes leave. */
const MAX_DELAY = 8;

/** Max. statements that are kept prepared; a companion has some dozens. */
const MAX_STATEMENTS = 200;

/** As Kysely writes it. A pragma sets the connection alone, and may be what allows writes again. */
const isRead = (sql: string): boolean => /^(select|pragma) /.test(sql);

const isBusy = (cause: unknown): boolean =>
  /^SQLITE_(BUSY|LOCKED)/.test(String((cause as { code?: unknown } | null)?.code));

class Connection implements DatabaseConnection {
  readonly #engine: Engine;
  readonly #mutex: Mutex;
  readonly #turns: Turns;
  readonly #prepared = new Map<string, Statement>();
  /** Within a transaction the lock is held already. */
  #isOpen = false;
  /** Whether something has been committed since the connection was acquired. */
  #hasCommitted = false;
  /** When a write last got the lock, by `performance.now()`. */
  #lastWrite = -Infinity;

  constructor(engine: Engine, mutex: Mutex, turns: Turns) {
    this.#engine = engine;
    this.#mutex = mutex;
    this.#turns = turns;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#isOpen) return this.#run(sql, parameters);
    if (isRead(sql)) return this.#patiently(() => this.#run(sql, parameters));
    await this.begin();
    try {
      const result = this.#run<Row>(sql, parameters);
      this.commit();
      return result;
    } catch (cause) {
      this.rollback();
      throw cause;
    }
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('the embedded store does not stream');
  }

  /**
   * Every write waits for the lock here, in a statement that the engine disposes of. A prepared write that is refused stays
   * half done until it is run again, and as long as it does the engine commits nothing, without an error:
   * https://www.sqlite.org/c3ref/get_autocommit.html
   */
  async begin(): Promise<void> {
    await this.#leaveTurn();
    // A transaction that begins by reading could not write any more once another process has written.
    await this.#patiently(() => this.#engine.exec('begin immediate'));
    this.#isOpen = true;
    this.#lastWrite = performance.now();
  }

  commit(): void {
    this.#engine.exec('commit');
    this.#isOpen = false;
    this.#hasCommitted = true;
  }

  /** Whether something has been committed since this was asked last. */
  takeCommitted(): boolean {
    const hasCommitted = this.#hasCommitted;
    this.#hasCommitted = false;
    return hasCommitted;
  }

  rollback(): void {
    this.#isOpen = false;
    try {
      this.#engine.exec('rollback');
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
    for (let delay = 2; ; delay = Math.min(delay * 2, MAX_DELAY)) {
      try {
        return attempt();
      } catch (cause) {
        if (!isBusy(cause) || performance.now() - Math.max(started, this.#lastWrite) > EMBEDDED_TIMEOUT_MS)
          throw cause;
      }
      this.#turns.request(performance.now() - started);
      await this.#pause(delay);
    }
  }

  /** Before a write: another process that waits goes first. */
  async #leaveTurn(): Promise<void> {
    const turn = this.#turns.due();
    if (turn > 0) await this.#pause(turn);
  }

  async #pause(ms: number): Promise<void> {
    this.#mutex.unlock();
    await wait(ms);
    await this.#mutex.lock();
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

  constructor(engine: Engine, turns: Turns) {
    this.#engine = engine;
    this.#connection = new Connection(engine, this.#mutex, turns);
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
    // A commit waits for the disk in this thread. In one round of the event loop there is one, and others get their turn.
    if (this.#connection.takeCommitted()) setImmediate(() => this.#mutex.unlock());
    else this.#mutex.unlock();
    return Promise.resolve();
  }
  destroy(): Promise<void> {
    this.#engine.close();
    return Promise.resolve();
  }
}

/** Kysely's SQLite dialect with a driver that never waits in this thread. */
export const embeddedDialect = (engine: Engine, turns: Turns): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new EmbeddedDriver(engine, turns),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});
