import { STORE_RETRY_MS } from './durations.js';
import { Problem, retryAfter } from './http/problem.js';

/** A store that cannot be used now: unreachable, locked by others, full, read-only or damaged. */
export type StoreFailure = 'unreachable' | 'busy' | 'full' | 'read-only' | 'damaged';

const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)/;

/** `pg` gives these no code. */
const LOST_CONNECTION =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (has encountered a connection error|was closed)|Cannot use a pool after|driver has already been destroyed|the store is closed|The database connection is not open)/;

/** Classes and codes of PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const POSTGRES: readonly (readonly [RegExp, StoreFailure])[] = [
  [/^(08...|57P0\d|53300|25P03)$/, 'unreachable'],
  [/^(57014|55P03|40P01|40001)$/, 'busy'],
  [/^53...$/, 'full'],
  [/^25006$/, 'read-only'],
  [/^(58...|XX...)$/, 'damaged'],
];

/** Those of the embedded engine: https://www.sqlite.org/rescode.html */
const SQLITE: readonly (readonly [RegExp, StoreFailure])[] = [
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)/, 'busy'],
  [/^SQLITE_FULL/, 'full'],
  [/^SQLITE_READONLY/, 'read-only'],
  [/^SQLITE_(IOERR|CORRUPT|NOTADB)/, 'damaged'],
  [/^SQLITE_(CANTOPEN|NOMEM|INTERRUPT)/, 'unreachable'],
];

/** What keeps the store from working, or undefined where the cause is another one, such as a query that is wrong. */
export function storeFailureOf(cause: unknown): StoreFailure | undefined {
  for (let error = cause, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth++) {
    const code = String((error as { code?: unknown }).code ?? '');
    if (NETWORK.test(code) || LOST_CONNECTION.test(error.message)) return 'unreachable';
    const [, found] = [...POSTGRES, ...SQLITE].find(([pattern]) => pattern.test(code)) ?? [];
    if (found) return found;
    // Every address of a host was tried in vain.
    if (error instanceof AggregateError && error.errors.length > 0)
      return storeFailureOf((error.errors as unknown[])[0]);
  }
  return undefined;
}

/** Whether the store failed, as opposed to what was asked of it. */
export const isStoreFailure = (cause: unknown): boolean => storeFailureOf(cause) !== undefined;

/** Whether the connection the error came from must not be used again. */
export function isConnectionLost(cause: unknown): boolean {
  return storeFailureOf(cause) === 'unreachable';
}

export const storeUnavailable = (): Problem =>
  new Problem({
    status: 503,
    code: 'store-unavailable',
    detail: 'The companion cannot use its store at the moment.',
    headers: retryAfter(STORE_RETRY_MS),
  });
