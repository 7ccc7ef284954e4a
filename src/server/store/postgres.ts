import { Kysely, PostgresDialect, sql } from 'kysely';
import { CLOCKS_COMPARED_MS } from '../durations.js';
import { openListener } from './postgres-listener.js';
import { LIMITS, limitedPool } from './postgres-pool.js';
import { moveTables, SCHEMA } from './postgres-schema.js';
import { writeProbe } from './probe.js';
import { serverClock } from './server-clock.js';
import type { Store } from './store.js';

const CHANNEL = 'booking_widget';

/** The type number of `bigint`, which comes as text. Ours are moments and counts, far below 2^53. */
const INT8 = 20;

interface PostgresOptions {
  readonly url: string;
  /** Max. connections. */
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
    connectionTimeoutMillis: LIMITS.connect,
    keepAlive: true,
    types,
    application_name: 'booking-widget',
  });
  // A connection that breaks is replaced at the next query. Without listeners an `error` ends the process: the pool listens
  // for those of connections that are in nobody's hands, and drops its listener while they are in use.
  pool.on('error', (cause) => warn('a database connection broke', cause));
  pool.on('connect', (client) => client.on('error', () => undefined));
  let longTransactions = 0;
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: limitedPool(pool, () => longTransactions > 0) }),
  });
  const ours = db.withSchema(SCHEMA);

  const server = serverClock();
  const compareClocks = (): Promise<void> =>
    db.connection().execute((connection) =>
      server.compare(async () => {
        const { rows } = await sql<{ at: number }>`
          select (extract(epoch from clock_timestamp()) * 1000)::bigint as at`.execute(connection);
        return rows[0]?.at ?? server.now();
      }),
    );
  try {
    await compareClocks();
    longTransactions++; // like a migration, and others wait for it
    await moveTables(db).finally(() => longTransactions--);
  } catch (cause) {
    await db.destroy();
    throw cause;
  }
  const comparing = setInterval(() => {
    compareClocks().catch((cause: unknown) => warn('the database does not answer', cause));
  }, CLOCKS_COMPARED_MS);
  comparing.unref();

  const now = clock ?? (() => server.now());
  const watchers = new Set<() => void>();
  const listener = openListener(pg as unknown as typeof import('pg'), {
    url,
    channel: CHANNEL,
    warn,
    onNotification: () => watchers.forEach((look) => look()),
  });
  let closed = false;

  return {
    engine: 'postgres',
    tables: <Tables>() => ours as Kysely<Tables>,
    async exclusive(lock, work, { isLong = false } = {}) {
      if (isLong) longTransactions++;
      try {
        return await db.connection().execute(async (connection) => {
          // One message to the server instead of two: a booking is forgotten in some round trips, each of which counts.
          const begin = `begin; select pg_advisory_xact_lock(hashtextextended(${pg.escapeLiteral(lock)}, 0))`;
          try {
            await sql.raw(begin).execute(connection);
            const result = await work(connection.withSchema(SCHEMA) as unknown as Parameters<typeof work>[0]);
            await sql.raw('commit').execute(connection);
            return result;
          } catch (cause) {
            // A connection that is lost has rolled back already.
            await sql
              .raw('rollback')
              .execute(connection)
              .catch(() => undefined);
            throw cause;
          }
        });
      } finally {
        if (isLong) longTransactions--;
      }
    },
    // `synchronous_commit` is the server's affair, and on unless its owner says otherwise.
    durably: (work) => work(ours as unknown as Parameters<typeof work>[0]),
    now,
    monotonic: clock ?? (() => performance.now()),
    async ping() {
      await sql`select 1`.execute(db);
    },
    probe: () => writeProbe(ours, now()),
    watch(add) {
      watchers.add(add);
      listener.start();
      return () => {
        watchers.delete(add);
        if (watchers.size === 0) listener.stop();
      };
    },
    async nudge() {
      await sql`select pg_notify(${CHANNEL}, '')`.execute(db);
    },
    async close() {
      if (closed) return;
      closed = true;
      clearInterval(comparing);
      watchers.clear();
      await listener.close();
      await db.destroy();
    },
  };
}
