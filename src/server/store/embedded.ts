import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import type { Store } from './store.js';

/** How long a writer waits for another process to be done, in milliseconds. */
const PATIENCE = 10_000;

/** How often to look whether another process has written, in milliseconds; a look costs microseconds. */
const LOOK = 100;

/** Statements that are kept prepared; a companion has some dozens. */
const MOST_STATEMENTS = 200;

interface Engine {
  prepare(sql: string): SqliteStatement;
  pragma(source: string, options?: { simple: boolean }): unknown;
  close(): unknown;
}

/** The engine as Kysely wants it. */
function adapt(engine: Engine): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      // A transaction that begins by reading could not write any more once another process has written.
      const text = sql === 'begin' ? 'begin immediate' : sql;
      const known = prepared.get(text);
      if (known) return known;
      const statement = engine.prepare(text);
      if (prepared.size >= MOST_STATEMENTS) prepared.clear();
      prepared.set(text, statement);
      return statement;
    },
    close: () => void engine.close(),
  };
}

/** One file, open in this process. */
interface OpenFile {
  readonly engine: Engine;
  readonly db: Kysely<unknown>;
  readonly watchers: Set<() => void>;
  users: number;
}

/**
 * Companions in one process share a connection: one that waited for another's transaction would wait without letting it
 * go on.
 */
const openFiles = new Map<string, OpenFile>();

async function open(folder: string): Promise<[path: string, file: OpenFile]> {
  mkdirSync(folder, { recursive: true });
  const path = join(realpathSync(folder), 'companion.db');
  const { default: Database } = await import('libsql');
  const known = openFiles.get(path);
  if (known) return [path, known];
  const engine: Engine = new Database(path);
  engine.pragma(`busy_timeout = ${PATIENCE}`);
  engine.pragma('journal_mode = WAL');
  engine.pragma('synchronous = NORMAL');
  engine.pragma('foreign_keys = ON');
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: adapt(engine) }) });
  const file = { engine, db, watchers: new Set<() => void>(), users: 0 };
  openFiles.set(path, file);
  return [path, file];
}

/** Opens the embedded engine in a folder of its own, which is made if need be. Several processes may share it. */
export async function openEmbedded(folder: string, clock: () => number = Date.now): Promise<Store> {
  const [path, file] = await open(folder);
  const { engine, db, watchers } = file;
  file.users++;
  let closed = false;
  const version = (): unknown => {
    if (closed) throw new Error('the store is closed');
    return engine.pragma('data_version', { simple: true });
  };

  return {
    engine: 'embedded',
    tables: <Tables>() => db as Kysely<Tables>,
    exclusive: (_lock, work) => db.transaction().execute((trx) => work(trx as Parameters<typeof work>[0])),
    now: clock,
    ping: () => Promise.resolve().then(() => void version()),
    watch(look) {
      watchers.add(look);
      let seen = version();
      const timer = setInterval(() => {
        if (closed) return;
        const current = version();
        if (current !== seen) look();
        seen = current;
      }, LOOK);
      return () => {
        watchers.delete(look);
        clearInterval(timer);
      };
    },
    nudge() {
      // Other processes see that the file has changed.
      for (const look of watchers) look();
      return Promise.resolve();
    },
    async close() {
      if (closed) return;
      closed = true;
      if (--file.users > 0) return;
      openFiles.delete(path);
      await db.destroy();
    },
  };
}
