import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { EMBEDDED_LOOK_MS, EMBEDDED_OPENING_MS } from '../durations.js';
import { embeddedDialect, type Engine } from './embedded-driver.js';
import { writeProbe } from './probe.js';
import type { Store } from './store.js';
import { openTurns } from './turns.js';

/** What every database begins with: https://www.sqlite.org/fileformat.html */
const HEADER = 'SQLite format 3\0';

/** One file, open in this process. */
interface OpenFile {
  readonly engine: Engine;
  readonly db: Kysely<unknown>;
  readonly watchers: Set<() => void>;
  /** Tells this file from another one at the same path. */
  readonly inode: number;
  /** For looks at the file's first bytes. */
  readonly descriptor: number;
  users: number;
  /** Writes under way that have to be on the disk when they end. */
  durable: number;
}

/**
 * Companions in one process share a connection: one that waited for another's transaction would wait without letting it
 * go on.
 */
const openFiles = new Map<string, OpenFile>();

/**
 * Descriptors by file, never closed: the first descriptor of a file that a process closes takes all of the process's locks away, and
 * the engine has a closed database open for as long as one of its statements has not been collected as garbage.
 * https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
 */
const descriptors = new Map<string, number>();

function descriptorOf(path: string): number {
  const { dev, ino } = statSync(path);
  const name = `${dev} ${ino}`;
  const descriptor = descriptors.get(name) ?? openSync(path, 'r');
  descriptors.set(name, descriptor);
  return descriptor;
}

/** For the owner of the process only: bookings are in it. Files beside the database get its permissions. */
function makeFile(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(realpathSync(folder), 'companion.db');
  // Not one that is there: this process may have it open, and would lose its locks by closing it once more.
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}-turn`])
    if (existsSync(file)) chmodSync(file, 0o600);
  return path;
}

async function open(folder: string): Promise<[path: string, file: OpenFile]> {
  const path = makeFile(folder);
  const { default: Database } = await import('libsql');
  const known = openFiles.get(path);
  if (known) return [path, known];
  const engine = new Database(path) as unknown as Engine;
  try {
    engine.pragma(`busy_timeout = ${EMBEDDED_OPENING_MS}`);
    engine.pragma('journal_mode = WAL');
    engine.pragma('synchronous = NORMAL');
    engine.pragma('foreign_keys = ON');
    // From here on the driver waits, not the engine, which would stop the whole process.
    engine.pragma('busy_timeout = 0');
  } catch (cause) {
    engine.close();
    throw cause;
  }
  const db = new Kysely<unknown>({ dialect: embeddedDialect(engine, openTurns(path)) });
  const file = {
    engine,
    db,
    watchers: new Set<() => void>(),
    inode: statSync(path).ino,
    descriptor: descriptorOf(path),
    users: 0,
    durable: 0,
  };
  openFiles.set(path, file);
  return [path, file];
}

/** Opens the embedded engine in a folder of its own, which is made if need be. Several processes may share it. */
export async function openEmbedded(folder: string, clock?: () => number): Promise<Store> {
  const [path, file] = await open(folder);
  const { engine, db, watchers } = file;
  file.users++;
  const now = clock ?? Date.now;
  let closed = false;
  const version = (): unknown => {
    if (closed) throw new Error('the store is closed');
    return engine.pragma('data_version', { simple: true });
  };

  /**
   * A file that was deleted or overwritten takes writes as long as it is open, from pages that the engine remembers, and
   * the rows are lost.
   */
  function checkFile(): void {
    const { ino } = statSync(path);
    if (ino !== file.inode) throw new Error(`${path} is not the file any more that was opened`);
    const start = Buffer.alloc(HEADER.length);
    readSync(file.descriptor, start, 0, HEADER.length, 0);
    if (start.toString('latin1') !== HEADER)
      throw Object.assign(new Error(`${path} was overwritten: it is no database any more`), {
        code: 'SQLITE_NOTADB',
      });
  }

  return {
    engine: 'embedded',
    tables: <Tables>() => db as Kysely<Tables>,
    exclusive: (_lock, work) => db.transaction().execute((trx) => work(trx as Parameters<typeof work>[0])),
    durably: <Tables, Result>(work: (db: Kysely<Tables>) => Promise<Result>) =>
      db.connection().execute(async (connection) => {
        // A commit waits for the disk only where somebody relies on it: docs/decisions/0081.
        if (++file.durable === 1) engine.pragma('synchronous = FULL');
        try {
          const result = await work(connection as unknown as Kysely<Tables>);
          checkFile();
          return result;
        } finally {
          if (--file.durable === 0) engine.pragma('synchronous = NORMAL');
        }
      }),
    now,
    monotonic: clock ?? (() => performance.now()),
    ping: () => Promise.resolve().then(() => void version()),
    async probe() {
      version();
      checkFile();
      await writeProbe(db, now());
    },
    watch(look) {
      watchers.add(look);
      let seen: unknown;
      const lookAtVersion = (): void => {
        if (closed) return;
        try {
          const current = version();
          if (seen !== undefined && current !== seen) look();
          seen = current;
        } catch {
          look(); // reports why the store cannot be read
        }
      };
      lookAtVersion();
      const timer = setInterval(lookAtVersion, EMBEDDED_LOOK_MS);
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
