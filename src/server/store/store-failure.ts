import { Problem, retryAfter } from '../http/problem.js';

/**
 * Errors of the embedded engine that say that the file cannot be used at this moment: full, read-only, locked, broken
 * (https://www.sqlite.org/rescode.html). What is wrong with a query is not among them.
 */
const EMBEDDED = /^SQLITE_(FULL|IOERR|READONLY|BUSY|LOCKED|CANTOPEN|CORRUPT|NOTADB|NOMEM|PROTOCOL)/;

/**
 * The same of PostgreSQL: no connection, no resources, shut down, read-only
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const POSTGRES = /^(08|53|57P|58|25006|XX)/;

const NETWORK = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|EPIPE|EAI_AGAIN)$/;

/** How `pg` says that no connection is to be had; it has no code for it. */
const POOL =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/;

/** Whether the store failed, as opposed to what was asked of it. */
export function isStoreFailure(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const code = String((cause as { code?: unknown }).code ?? '');
  if (EMBEDDED.test(code) || NETWORK.test(code)) return true;
  if (code.length === 5 && POSTGRES.test(code)) return true;
  return POOL.test(cause.message) || cause.message === 'the store is closed';
}

export const storeUnavailable = (): Problem =>
  new Problem({
    status: 503,
    code: 'store-unavailable',
    detail: 'The companion’s store cannot be used at this moment.',
    headers: retryAfter(5000),
  });
