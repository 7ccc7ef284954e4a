import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { isConnectionLost } from '../store-failure.js';

/**
 * Limits of every connection, in milliseconds. A process that freezes within a transaction loses it, with its locks, after
 * `idleInTransaction`; a server that freezes is given up after `answer`.
 */
export const LIMITS = { statement: 9000, lock: 8000, idleInTransaction: 3000, answer: 10_000, connect: 8000 };

/** As `LIMITS`, for migrations of large tables, and for instances that wait for them. */
const LONG_LIMITS = { statement: 600_000, lock: 600_000, idleInTransaction: 60_000, answer: 600_000 };

const limitsText = ({ statement, lock, idleInTransaction }: Omit<typeof LIMITS, 'connect' | 'answer'>) =>
  `set statement_timeout = ${statement}; set lock_timeout = ${lock}; set idle_in_transaction_session_timeout = ${idleInTransaction}`;

/** `pg` reads it of each query; its types do not name it: https://node-postgres.com/apis/client */
interface TimedQuery {
  readonly text: string;
  readonly values: unknown[];
  readonly query_timeout: number;
}

/**
 * A pool whose connections have limits, and that never gives a broken connection to the next user. Kysely gives
 * connections back without reporting their state.
 */
export function limitedPool(pool: Pool, isLong: () => boolean): PostgresPool {
  const prepared = new WeakSet<PoolClient>();
  return {
    async connect() {
      const client = await pool.connect();
      let lost: unknown;
      const query = async (text: string, values: unknown[] = []): Promise<QueryResult> => {
        if (lost !== undefined) throw lost instanceof Error ? lost : new Error('the connection is lost');
        const timed: TimedQuery = {
          text,
          values,
          query_timeout: isLong() ? LONG_LIMITS.answer : LIMITS.answer,
        };
        try {
          return await client.query(timed);
        } catch (cause) {
          if (isConnectionLost(cause)) lost = cause;
          throw cause;
        }
      };
      if (!prepared.has(client)) {
        try {
          await client.query(limitsText(isLong() ? LONG_LIMITS : LIMITS));
        } catch (cause) {
          client.release(true);
          throw cause;
        }
        // A connection with long limits is closed after its use.
        if (!isLong()) prepared.add(client);
      }
      return {
        query,
        release: () => client.release(lost !== undefined || !prepared.has(client)),
      } as unknown as PostgresPoolClient;
    },
    end: () => pool.end(),
  };
}
