import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { Mutex } from './mutex.js';
import type { ObjectStorage } from './object-storage.js';

/** Parameters that a statement may have: https://developers.cloudflare.com/durable-objects/platform/limits/ */
const MAX_PARAMETERS = 100;

/** Numbered placeholders: with too many of them, all are one parameter, a list in JSON. */
class NumberedCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return `?${this.numParameters}`;
  }
}

/** Texts and names in quotes, or the number of a placeholder. */
const QUOTED_OR_NUMBER = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\?(\d+)/g;

/** The store keeps texts, numbers and null, which JSON gives back as they were. */
function bound(sql: string, parameters: readonly unknown[]): [sql: string, parameters: readonly unknown[]] {
  if (parameters.length <= MAX_PARAMETERS) return [sql, parameters];
  const inList = sql.replace(QUOTED_OR_NUMBER, (found, number?: string) =>
    number === undefined ? found : `(?1->>${Number(number) - 1})`,
  );
  return [inList, [JSON.stringify(parameters)]];
}

/** A transaction that the storage has begun, and that goes on until its end is called. */
interface OpenTransaction {
  rollback(): void;
  end(): Promise<void>;
}

async function begin(storage: ObjectStorage): Promise<OpenTransaction> {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return new Promise((resolve, reject) => {
    const whole = storage.transaction(async (transaction) => {
      resolve({
        rollback: () => transaction.rollback(),
        async end() {
          end();
          await whole;
        },
      });
      await ended;
    });
    whole.catch(reject);
  });
}

const WRITES = /^\s*(insert|update|delete|replace)\b/i;

class ObjectConnection implements DatabaseConnection {
  readonly #storage: ObjectStorage;
  #transaction: OpenTransaction | undefined;

  constructor(storage: ObjectStorage) {
    this.#storage = storage;
  }

  executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    return Promise.resolve().then(() => {
      const rows = this.#rows(...bound(sql, parameters)) as Row[];
      if (!WRITES.test(sql)) return { rows };
      // `rowsWritten` of the storage counts entries of indexes as well.
      const [written] = this.#rows('select changes() as changes, last_insert_rowid() as id', []);
      return {
        rows,
        numAffectedRows: BigInt(Number(written?.['changes'])),
        insertId: BigInt(Number(written?.['id'])),
      };
    });
  }

  #rows(sql: string, parameters: readonly unknown[]): Record<string, unknown>[] {
    return this.#storage.sql.exec(sql, ...parameters).toArray();
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('the store of an object does not stream');
  }

  async begin(): Promise<void> {
    this.#transaction = await begin(this.#storage);
  }

  async commit(): Promise<void> {
    const transaction = this.#transaction;
    this.#transaction = undefined;
    await transaction?.end();
  }

  async rollback(): Promise<void> {
    this.#transaction?.rollback();
    await this.commit();
  }
}

/** The object's one connection, used by one query or transaction at a time: what others execute would belong to it. */
class ObjectDriver implements Driver {
  readonly #mutex = new Mutex();
  readonly #connection: ObjectConnection;

  constructor(storage: ObjectStorage) {
    this.#connection = new ObjectConnection(storage);
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
    return this.#connection.commit();
  }
  rollbackTransaction(): Promise<void> {
    return this.#connection.rollback();
  }
  releaseConnection(): Promise<void> {
    this.#mutex.unlock();
    return Promise.resolve();
  }
  destroy(): Promise<void> {
    return Promise.resolve();
  }
}

/** Kysely's SQLite dialect on the storage of a Durable Object. */
export const objectDialect = (storage: ObjectStorage): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new ObjectDriver(storage),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new NumberedCompiler(),
});
