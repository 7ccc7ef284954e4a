import type { Logger } from 'pino';
import { DAY_MS } from '../../scheduling/durations.js';
import { CALLS_KEPT_MS, CALL_STRETCH_MS, SLOW_CALL_MS } from '../durations.js';
import { Distribution } from '../metrics/distribution.js';
import type { Store } from '../store/store.js';
import type { BudgetTables } from './budget-schema.js';
import type { FailureName, Operation } from './upstream.js';

/**
 * How a request ended: `ok`, the name of its failure, `paused` while the service accepts no requests, or `shared`: none was sent because
 * another one under way had the same answer.
 */
export type CallOutcome = 'ok' | FailureName | 'paused' | 'shared';

/** Outcomes for which no request was sent. */
const UNSENT: readonly CallOutcome[] = ['budget', 'open', 'busy', 'paused', 'shared', 'store'];

/** Whether a request was sent. */
export const isSent = (outcome: CallOutcome): boolean => !UNSENT.includes(outcome);

export interface UpstreamCall {
  readonly account: string;
  readonly operation: Operation;
  readonly outcome: CallOutcome;
  /** Milliseconds from when the request was wanted until its answer was there, with the wait for a place among others. */
  readonly ms: number;
}

/** Requests that were not sent, for whatever reason. */
export const unsentOf = (outcomes: CallFigures['outcomes']): number =>
  UNSENT.reduce((sum, outcome) => sum + (outcomes[outcome] ?? 0), 0);

/** A name of the rows for a breaker that opened; each stands for a minute in which it was open. */
const OPENED = 'opened';

/** Calls that have something in common. Times are milliseconds, of requests that were sent; null without any. */
export interface CallFigures {
  /** Requests that were sent. */
  readonly sent: number;
  /** Of those, the share that succeeded, of 0 to 1; a missing event type is an answer, too. */
  readonly success: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** Those that took longer than 5 s. */
  readonly slow: number;
  readonly outcomes: Readonly<Partial<Record<CallOutcome, number>>>;
}

/** The calls of an account within the last hour, all instances together. */
export interface CallSummary extends CallFigures {
  readonly operations: Readonly<Partial<Record<Operation, CallFigures>>>;
  /** Minutes in which the breaker was open. */
  readonly openMinutes: number;
  /** Responses 429 in the last 24 hours. */
  readonly rateLimitedInDay: number;
}

interface Tally {
  readonly stretch: number;
  readonly account: string;
  readonly operation: string;
  readonly outcome: string;
  readonly times: Distribution;
  slow: number;
}

type Listener = (call: UpstreamCall) => void;

/** Counts calls in memory and stores them now and then; each instance has rows of its own, so that none waits for another. */
export class CallTallies {
  readonly #store: Store;
  readonly #instance: string;
  readonly #log: Pick<Logger, 'warn'>;
  readonly #tallies = new Map<string, Tally>();
  readonly #changed = new Set<string>();
  readonly #listeners = new Set<Listener>();

  constructor({ store, instance, log }: { store: Store; instance: string; log: Pick<Logger, 'warn'> }) {
    this.#store = store;
    this.#instance = instance;
    this.#log = log;
  }

  /** Called with every request from now on. */
  subscribe(listener: Listener): void {
    this.#listeners.add(listener);
  }

  add(call: UpstreamCall): void {
    this.#count(call.account, call.operation, call.outcome, call.ms);
    for (const listener of this.#listeners) listener(call);
  }

  /** The breaker of an account has opened, for a minute. */
  addOpened(account: string): void {
    this.#count(account, OPENED, OPENED, 0);
  }

  #count(account: string, operation: string, outcome: string, ms: number): void {
    const stretch = Math.floor(this.#store.now() / CALL_STRETCH_MS);
    const name = JSON.stringify([stretch, account, operation, outcome]);
    let tally = this.#tallies.get(name);
    if (!tally) {
      tally = { stretch, account, operation, outcome, times: new Distribution(), slow: 0 };
      this.#tallies.set(name, tally);
    }
    tally.times.add(ms);
    if (ms > SLOW_CALL_MS) tally.slow++;
    this.#changed.add(name);
  }

  /** Stores what was counted since. Never rejects: what cannot be stored is stored the next time. */
  async flush(): Promise<void> {
    const current = Math.floor(this.#store.now() / CALL_STRETCH_MS);
    for (const name of [...this.#changed]) {
      const tally = this.#tallies.get(name);
      this.#changed.delete(name);
      if (!tally) continue;
      const { times, ...row } = tally;
      const value = { count: times.count, times: JSON.stringify(times.write()), slow: row.slow };
      try {
        await this.#store
          .tables<BudgetTables>()
          .insertInto('upstream_tally')
          .values({ ...row, ...value, instance: this.#instance })
          .onConflict((conflict) =>
            conflict.columns(['stretch', 'account', 'operation', 'outcome', 'instance']).doUpdateSet(value),
          )
          .execute();
      } catch (cause) {
        this.#changed.add(name);
        this.#log.warn({ err: cause }, 'calls to scheduling services cannot be counted');
        return;
      }
    }
    for (const [name, { stretch }] of this.#tallies)
      if (Math.abs(current - stretch) > 1 && !this.#changed.has(name)) this.#tallies.delete(name);
  }

  /** Removes what is older than a week. */
  async forget(): Promise<void> {
    await this.#store
      .tables<BudgetTables>()
      .deleteFrom('upstream_tally')
      .where('stretch', '<', Math.floor((this.#store.now() - CALLS_KEPT_MS) / CALL_STRETCH_MS))
      .execute();
  }

  /** The last hour of an account and its 429s of a day, all instances together. */
  async summary(account: string): Promise<CallSummary> {
    await this.flush();
    const last = Math.floor(this.#store.now() / CALL_STRETCH_MS);
    const rows = await this.#store
      .tables<BudgetTables>()
      .selectFrom('upstream_tally')
      .select(['operation', 'outcome', 'count', 'times', 'slow'])
      .where('account', '=', account)
      .where('stretch', '>', last - 3_600_000 / CALL_STRETCH_MS)
      .where('stretch', '<=', last)
      .execute();
    // A sum of big integers is a text in PostgreSQL.
    const limited = await this.#store
      .tables<BudgetTables>()
      .selectFrom('upstream_tally')
      .select(({ fn }) => fn.sum<number | string | null>('count').as('count'))
      .where('account', '=', account)
      .where('outcome', '=', 'rate-limited')
      .where('stretch', '>', last - DAY_MS / CALL_STRETCH_MS)
      .where('stretch', '<=', last)
      .executeTakeFirst();
    const calls = rows.filter(({ operation }) => operation !== OPENED);
    const operations = [...new Set(calls.map(({ operation }) => operation))].sort();
    return {
      ...figuresOf(calls),
      operations: Object.fromEntries(
        operations.map((name) => [name, figuresOf(calls.filter(({ operation }) => operation === name))]),
      ),
      openMinutes: rows.reduce((sum, { operation, count }) => sum + (operation === OPENED ? count : 0), 0),
      rateLimitedInDay: Number(limited?.count ?? 0),
    };
  }
}

function figuresOf(
  rows: readonly {
    readonly outcome: string;
    readonly count: number;
    readonly times: string;
    readonly slow: number;
  }[],
): CallFigures {
  const times = new Distribution();
  const outcomes: Partial<Record<CallOutcome, number>> = {};
  let [slow, good] = [0, 0];
  for (const row of rows) {
    const outcome = row.outcome as CallOutcome;
    outcomes[outcome] = (outcomes[outcome] ?? 0) + row.count;
    if (!isSent(outcome)) continue;
    times.merge(Distribution.read(JSON.parse(row.times) as number[]));
    slow += row.slow;
    if (outcome === 'ok' || outcome === 'not-found') good += row.count;
  }
  const sent = times.count;
  const [p50, p95, p99] = times
    .percentiles([0.5, 0.95, 0.99])
    .map((value) => (sent > 0 ? Math.round(value) : null));
  return {
    sent,
    success: sent > 0 ? good / sent : null,
    p50: p50 ?? null,
    p95: p95 ?? null,
    p99: p99 ?? null,
    slow,
    outcomes,
  };
}
