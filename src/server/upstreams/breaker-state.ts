import type { Kysely } from 'kysely';
import { afterFailure, afterSuccess, circuitState, type Circuit } from '../../scheduling/circuit-breaker.js';
import type { BudgetTables } from './budget-schema.js';
import type { FailureName } from './upstream.js';

type Row = BudgetTables['upstream_standing'];

/** Read and written within a transaction that no other instance's overlaps. */
export async function readBreaker(db: Kysely<BudgetTables>, account: string): Promise<Row> {
  const row = await db
    .selectFrom('upstream_standing')
    .selectAll()
    .where('account', '=', account)
    .executeTakeFirst();
  return row ?? { account, failures: 0, until: 0, succeeded_at: 0, failed_at: 0, failure: '' };
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

/** Failures of the upstream, as opposed to those of the request or of the companion. */
const isUpstreams = (code: FailureName): boolean =>
  /^(timeout|unreachable|status|not-understood)$/.test(code);

/** The breaker state after a call that has ended. Without a failure the call succeeded. */
export function afterCall(
  { failures, until }: Row,
  {
    failure,
    isTrial,
    now,
  }: { readonly failure?: FailureName; readonly isTrial: boolean; readonly now: number },
): Circuit & Partial<Row> {
  const circuit = { failures, until };
  const seen = failure === undefined ? { succeeded_at: now } : { failed_at: now, failure };
  // A call that began before the breaker opened does not speak for the time after it.
  const isLate = circuitState({ failures, until: 0 }, now) !== 'closed' && !isTrial;
  if (isLate || failure === 'rate-limited') return { ...circuit, ...seen };
  const next =
    failure !== undefined && isUpstreams(failure)
      ? afterFailure(circuit, now, 0)
      : afterSuccess(circuit, now);
  return { ...next, ...seen };
}
