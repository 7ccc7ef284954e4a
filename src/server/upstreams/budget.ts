import type { Transaction } from 'kysely';
import { MINUTE_MS, SECOND_MS } from '../../scheduling/durations.js';
import { BUDGET_SLACK_MS, LONGEST_PAUSE_MS } from '../durations.js';
import { circuitState, onTrial, type CircuitState } from '../../scheduling/circuit-breaker.js';
import type { Store } from '../store/store.js';
import { mayCall } from './fair-share.js';
import { afterCall, readBreaker, writeBreaker } from './breaker-state.js';
import { CLOCK_STEP, isAhead } from './clock-step.js';
import { rememberedCalls } from './remembered-calls.js';
import type { BudgetTables } from './budget-schema.js';
import type { FailureName } from './upstream.js';

export interface CallRequest {
  readonly account: string;
  readonly who: string;
  readonly background?: boolean;
  /** Calls of the account in any minute, all instances together. */
  readonly budget: number;
  /** And in any second; without a limit of its own there is only the one of the minute. */
  readonly perSecond?: number | undefined;
  /** Calls of the account under way at once, all instances together. */
  readonly atOnce: number;
  /** Milliseconds after which a call is over in any case. */
  readonly longest: number;
}

/** A call that may be made; to be ended with `endCall`. */
export interface Call {
  readonly account: string;
  readonly id: number;
  /** The breaker is half-open, and this call decides. */
  readonly isTrial: boolean;
}

/**
 * `call` go ahead, and end it with `endCall` · `busy` others are under way, or were a moment ago · not before `wait` ms have passed: `spent` the
 * budget is · `paused` by the upstream · `open` the breaker is, or it is half-open and another call decides.
 */
export type CallDecision =
  | { readonly is: 'call'; readonly call: Call }
  | { readonly is: 'busy' }
  | { readonly is: 'spent' | 'paused' | 'open'; readonly wait: number };

/**
 * Reserves one call. A call counts from before it begins until a minute after it has ended, whenever in between the
 * upstream saw it: so the upstream never sees more than the budget in any minute of its own. A process that dies leaves
 * its calls counted as if they had taken as long as a call can.
 */
export function takeCall(
  store: Store,
  { account, who, background = false, budget, perSecond = Infinity, atOnce, longest }: CallRequest,
): Promise<CallDecision> {
  return store.exclusive(
    `budget ${account}`,
    async (trx: Transaction<BudgetTables>): Promise<CallDecision> => {
      const now = store.now();
      const pause = await trx
        .selectFrom('upstream_pause')
        .select('until')
        .where('account', '=', account)
        .executeTakeFirst();
      if (pause && isAhead(pause.until, now, LONGEST_PAUSE_MS))
        return { is: 'paused', wait: pause.until - now };
      const row = await readBreaker(trx, account, now);
      const breaker = circuitState(row, now);
      if (breaker === 'open') return { is: 'open', wait: row.until - now };
      const remembered = rememberedCalls(store, account);
      await removeEnded(trx, { account, now, setForward: remembered.setForward(now) });
      const counted = longest + MINUTE_MS + BUDGET_SLACK_MS;
      // The clock was set back since: nobody knows when these calls were made, so they count as if it had been now.
      await trx
        .updateTable('upstream_call')
        .set({ started: now - longest, until: now + counted })
        .where('account', '=', account)
        .where('until', '>', now + counted + CLOCK_STEP)
        .execute();
      const stored = await trx
        .selectFrom('upstream_call')
        .select(['id', 'who', 'started', 'done', 'until'])
        .where('account', '=', account)
        .orderBy('until')
        .execute();
      const { all: calls, forgotten } = remembered.merge(stored, now);
      // A process that knew no better has removed them; one that begins now learns of them only from the store.
      for (const { id: lost, ...call } of forgotten) {
        const row = { ...call, account };
        const { id } = await trx
          .insertInto('upstream_call')
          .values(row)
          .returning('id')
          .executeTakeFirstOrThrow();
        remembered.renumber(lost, id);
      }
      const counts = new Map<string, number>();
      for (const call of calls) counts.set(call.who, (counts.get(call.who) ?? 0) + 1);
      const byWho = [...counts].map(([name, count]) => ({ who: name, calls: count }));
      if (!mayCall(byWho, { who, background }, budget)) {
        // Where the caller has had its share, another caller's call that ends makes no room.
        const isOwnShare = !background && calls.length < budget;
        const next = (isOwnShare && calls.find((call) => call.who === who)) || calls[0];
        return { is: 'spent', wait: Math.max(0, (next?.until ?? now) - now) };
      }
      const underWay = calls.filter(({ done, started }) => done === 0 && started > now - longest);
      if (underWay.length >= atOnce) return { is: 'busy' };
      // What is still counted for more than a minute less a second has not ended, or has within the last one.
      const justNow = calls.filter(({ until }) => until > now + MINUTE_MS - SECOND_MS);
      if (justNow.length >= perSecond) return { is: 'busy' };
      const { id } = await trx
        .insertInto('upstream_call')
        .values({ account, who, started: now, done: 0, until: now + counted })
        .returning('id')
        .executeTakeFirstOrThrow();
      remembered.add({ id, who, started: now, done: 0, until: now + counted }, now);
      const isTrial = breaker === 'half-open';
      if (isTrial) await writeBreaker(trx, account, onTrial(row, now));
      return { is: 'call', call: { account, id, isTrial } };
    },
  );
}

/**
 * Removes calls that no longer count. Where the clock was set forward, calls that were still to count before it was go on
 * counting for as long.
 */
async function removeEnded(
  trx: Transaction<BudgetTables>,
  {
    account,
    now,
    setForward,
  }: { readonly account: string; readonly now: number; readonly setForward: number },
): Promise<void> {
  if (setForward > 0)
    await trx
      .updateTable('upstream_call')
      .set(({ eb, ref }) => ({
        started: eb(ref('started'), '+', setForward),
        until: eb(ref('until'), '+', setForward),
      }))
      .where('account', '=', account)
      .where('until', '>', now - setForward)
      .where('until', '<=', now)
      .execute();
  await trx.deleteFrom('upstream_call').where('account', '=', account).where('until', '<=', now).execute();
}

/** The call is over; what came of it moves the breaker of all instances. Gives how that was before and is now. */
export function endCall(
  store: Store,
  { account, id, isTrial }: Call,
  failure?: FailureName,
  status?: number,
): Promise<readonly [before: CircuitState, after: CircuitState]> {
  return store.exclusive(`budget ${account}`, async (trx: Transaction<BudgetTables>) => {
    const now = store.now();
    await trx
      .updateTable('upstream_call')
      .set({ done: 1, until: now + MINUTE_MS + BUDGET_SLACK_MS })
      .where('id', '=', id)
      .execute();
    rememberedCalls(store, account).end(id, MINUTE_MS + BUDGET_SLACK_MS);
    const row = await readBreaker(trx, account, now);
    const after = afterCall(row, { isTrial, now, status, ...(failure !== undefined && { failure }) });
    await writeBreaker(trx, account, after);
    return [isTrial ? 'half-open' : circuitState(row, now), circuitState(after, now)] as const;
  });
}

/** The upstream has refused more: no instance sends a request before then. */
export async function pauseAccount(store: Store, account: string, ms: number): Promise<void> {
  const until = store.now() + ms;
  await store
    .tables<BudgetTables>()
    .insertInto('upstream_pause')
    .values({ account, until })
    .onConflict((conflict) =>
      conflict.column('account').doUpdateSet({ until }).where('upstream_pause.until', '<', until),
    )
    .execute();
}

/** The status of an account at this moment, all instances together. */
export interface AccountStatus {
  /** Calls that count against the budget: those of the last minute. */
  readonly used: number;
  readonly breaker: CircuitState;
  /** Failures in a row that were the upstream's own; not counted any further once the breaker is open. */
  readonly failures: number;
  /** Milliseconds since 1970; missing where there was none yet. */
  readonly lastSuccess?: number;
  readonly lastFailure?: { readonly code: FailureName; readonly at: number };
  /** The upstream accepts no requests until then. */
  readonly pausedUntil?: number;
}

export async function accountStatus(store: Store, account: string): Promise<AccountStatus> {
  const db = store.tables<BudgetTables>();
  const now = store.now();
  const [calls, pause, row] = await Promise.all([
    db
      .selectFrom('upstream_call')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('account', '=', account)
      .where('until', '>', now)
      .executeTakeFirst(),
    db.selectFrom('upstream_pause').select('until').where('account', '=', account).executeTakeFirst(),
    readBreaker(db, account, now),
  ]);
  const { failures, until, succeeded_at: succeeded, failed_at: failed, failure } = row;
  return {
    used: calls?.count ?? 0,
    breaker: circuitState({ failures, until }, now),
    failures,
    ...(succeeded > 0 && { lastSuccess: succeeded }),
    ...(failed > 0 && { lastFailure: { code: failure as FailureName, at: failed } }),
    ...(pause && isAhead(pause.until, now, LONGEST_PAUSE_MS) && { pausedUntil: pause.until }),
  };
}
