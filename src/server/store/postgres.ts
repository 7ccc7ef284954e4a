import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Client } from 'pg';
import type { Store } from './store.js';

const CHANNEL = 'booking_widget';

/** How often to look although nobody has called, in milliseconds: a call may have been lost with its connection. */
const LOOK = 1000;

/** How often the server's clock is compared with this machine's, in milliseconds. */
const COMPARE = 60_000;

/** The type number of `bigint`, which comes as text. Ours are moments and counts, far below 2^53. */
const INT8 = 20;

interface PostgresOptions {
  readonly url: string;
  /** Connections at most. */
  readonly connections?: number;
  /** Instead of the server's clock, for tests. */
  readonly clock?: (() => number) | undefined;
  readonly warn?: (what: string, cause: unknown) => void;
}

/** Opens a PostgreSQL database, which any number of instances may share. */
export async function openPostgres({
  url,
  connections = 10,
  clock,
  warn = () => undefined,
}: PostgresOptions): Promise<Store> {
  const { default: pg } = await import('pg');
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
      oid === INT8
        ? Number
        : (pg.types.getTypeParser as (oid: number, format?: string) => unknown)(oid, format),
  } as typeof pg.types;
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    types,
    application_name: 'booking-widget',
  });
  // A connection that breaks while nobody uses it is replaced at the next query; unheard, it would end the process.
  pool.on('error', (cause) => warn('a database connection broke', cause));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });

  let ahead = 0;
  async function compareClocks(): Promise<void> {
    const before = Date.now();
    const { rows } = await sql<{ at: number }>`
      select (extract(epoch from clock_timestamp()) * 1000)::bigint as at`.execute(db);
    const after = Date.now();
    ahead = (rows[0]?.at ?? after) - (before + after) / 2;
  }
  await compareClocks();
  const comparing = setInterval(() => {
    compareClocks().catch((cause: unknown) => warn('the database does not answer', cause));
  }, COMPARE);
  comparing.unref();

  /** Looks are called for through a connection of their own, which is opened again when it breaks. */
  let listener: Client | undefined;
  let closed = false;
  const watchers = new Set<() => void>();
  const lookAll = (): void => watchers.forEach((look) => look());
  async function listen(): Promise<void> {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
    const broken = (cause: unknown): void => {
      if (listener !== client) return;
      listener = undefined;
      warn('the connection that hears of changes broke', cause);
    };
    listener = client;
    client.on('error', broken);
    client.on('end', () => broken('it was closed'));
    client.on('notification', lookAll);
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      lookAll();
    } catch (cause) {
      broken(cause);
      await client.end().catch(() => undefined);
    }
  }
  let looking: NodeJS.Timeout | undefined;
  const look = (): void => {
    lookAll();
    if (!listener && !closed) void listen();
  };

  return {
    engine: 'postgres',
    tables: <Tables>() => db as Kysely<Tables>,
    exclusive: (lock, work) =>
      db.transaction().execute(async (trx) => {
        await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(trx);
        return work(trx as Parameters<typeof work>[0]);
      }),
    now: clock ?? (() => Math.round(Date.now() + ahead)),
    async ping() {
      await sql`select 1`.execute(db);
    },
    watch(add) {
      watchers.add(add);
      if (!looking) {
        looking = setInterval(look, LOOK);
        look();
      }
      return () => {
        watchers.delete(add);
        if (watchers.size > 0) return;
        clearInterval(looking);
        looking = undefined;
      };
    },
    async nudge() {
      await sql`select pg_notify(${CHANNEL}, '')`.execute(db);
    },
    async close() {
      if (closed) return;
      closed = true;
      clearInterval(comparing);
      clearInterval(looking);
      watchers.clear();
      const client = listener;
      listener = undefined;
      await client?.end().catch(() => undefined);
      await db.destroy();
    },
  };
}
