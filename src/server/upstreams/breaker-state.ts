import type { Kysely } from 'kysely';
import { CIRCUIT_OPEN_MS } from '../../scheduling/durations.js';
import { afterFailure, afterSuccess, circuitState, type Circuit } from '../../scheduling/circuit-breaker.js';
import type { BudgetTables } from './budget-schema.js';
import { isAhead } from './clock-step.js';
import type { FailureName } from './upstream.js';

type Row = BudgetTables['upstream_standing'];

/** Read and written within a transaction that no other instance's overlaps. */
export async function readBreaker(db: Kysely<BudgetTables>, account: string, now: number): Promise<Row> {
  const row = await db
    .selectFrom('upstream_standing')
    .selectAll()
    .where('account', '=', account)
    .executeTakeFirst();
  if (!row) return { account, failures: 0, until: 0, succeeded_at: 0, failed_at: 0, failure: '' };
  // A breaker that is open for longer than any opens was opened by a clock that was set back since.
  return isAhead(row.until, now, CIRCUIT_OPEN_MS) ? row : { ...row, until: Math.min(row.until, now) };
}

export async function writeBreaker(
  db: Kysely<BudgetTables>,
  account: string,
  change: Circuit & Partial<Row>,
): Promise<void> {
  await db
    .insertInto('upstream_standing')
    .values({ succeeded_at: 0, failed_at: 0, failure: '', ...change, account })
    .onConflict((conflict) => conflict.column('account').doUpdateSet(change))
    .execute();
}

/** Failures of the account, as opposed to those of the request or of the companion: the service is out, or refuses the key. */
const isAccounts = (code: FailureName, status: number | undefined): boolean =>
  /^(timeout|unreachable|status|not-understood)$/.test(code) ||
  (code === 'refused' && (status === 401 || status === 403));

/** The breaker state after a call that has ended. Without a failure the call succeeded. */
export function afterCall(
  { failures, until }: Row,
  {
    failure,
    status,
    isTrial,
    now,
  }: {
    readonly failure?: FailureName;
    /** The service's HTTP status, where there was one that matters. */
    readonly status?: number | undefined;
    readonly isTrial: boolean;
    readonly now: number;
  },
): Circuit & Partial<Row> {
  const circuit = { failures, until };
  const seen = failure === undefined ? { succeeded_at: now } : { failed_at: now, failure };
  // A call that began before the breaker opened does not speak for the time after it.
  const isLate = circuitState({ failures, until: 0 }, now) !== 'closed' && !isTrial;
  if (isLate || failure === 'rate-limited') return { ...circuit, ...seen };
  const next =
    failure !== undefined && isAccounts(failure, status)
      ? afterFailure(circuit, now, 0)
      : afterSuccess(circuit, now);
  return { ...next, ...seen };
}
