import { ACCOUNT_COUNTED_MS } from '../durations.js';
import type { Context } from '../feature.js';
import { countAccounts, type AccountBookings } from '../bookings/count-accounts.js';
import { isLeased } from '../store/leases.js';
import type { ConfiguredAccount } from './accounts.js';
import { leaseOf, readSync, type SyncRow } from './sync-account.js';

/** The latest run of an account. Moments are milliseconds since 1970. */
interface RunHealth {
  readonly kind: SyncRow['kind'];
  readonly from: number;
  readonly to: number;
  readonly pages: number;
  readonly bookings: number;
  readonly new: number;
  readonly changed: number;
  readonly gone: number;
  readonly total: number | null;
  readonly unreadable: number;
  readonly startedAt: number;
  readonly touchedAt: number;
  readonly finishedAt: number | null;
  readonly lastSuccess: number | null;
  readonly lastFull: number | null;
  readonly failure: string;
  readonly failures: number;
}

/** How the bookings of one account are kept up to date. */
export interface AccountHealth {
  readonly account: string;
  readonly provider: string;
  /**
   * `no-key` its bookings cannot be listed · `never` not yet · `running` · `interrupted` will be gone on with · `ok` ·
   * `failing` interrupted by what `failure` says
   */
  readonly state: 'no-key' | 'never' | 'running' | 'interrupted' | 'ok' | 'failing';
  readonly run: RunHealth | null;
  /** What is stored; null for a provider whose bookings are not. */
  readonly bookings: AccountBookings | null;
}

const runOf = (row: SyncRow): RunHealth => ({
  kind: row.kind,
  from: row.from_at,
  to: row.to_at,
  pages: row.pages,
  bookings: row.bookings,
  new: row.added,
  changed: row.changed,
  gone: row.gone,
  total: row.total,
  unreadable: row.unreadable,
  startedAt: row.started_at,
  touchedAt: row.touched_at,
  finishedAt: row.finished_at,
  lastSuccess: row.ok_at,
  lastFull: row.full_at,
  failure: row.failure,
  failures: row.failures,
});

type Run = Pick<AccountHealth, 'state' | 'run'>;

async function runHealth(store: Context['store'], { account, sync }: ConfiguredAccount): Promise<Run> {
  if (!sync) return { state: 'no-key', run: null };
  const row = await readSync(store, account);
  if (!row) return { state: 'never', run: null };
  const run = runOf(row);
  if (await isLeased(store, leaseOf(account))) return { state: 'running', run };
  if (row.finished_at !== null) return { state: 'ok', run };
  return { state: row.failure ? 'failing' : 'interrupted', run };
}

type Counts = Awaited<ReturnType<typeof countAccounts>>;

/**
 * Reads of all accounts how their bookings are kept up to date, and how many there are. Bookings are counted again when a
 * run has gone on, and otherwise twice a minute.
 *
 * @param clock a monotonic one, in milliseconds
 */
export function accountHealthReader(
  { store }: Pick<Context, 'store'>,
  accounts: readonly ConfiguredAccount[],
  clock = () => performance.now(),
): () => Promise<AccountHealth[]> {
  const withBookings = accounts.flatMap(({ account, provider }) =>
    provider === 'cal' || provider === 'calendly' ? [{ account, provider }] : [],
  );
  let counted: { readonly key: string; readonly at: number; readonly counts: Promise<Counts> } | undefined;

  function count(runs: readonly Run[]): Promise<Counts> {
    const key = JSON.stringify(runs.map(({ state, run }) => [state, run?.touchedAt, run?.pages]));
    if (counted?.key === key && clock() - counted.at < ACCOUNT_COUNTED_MS) return counted.counts;
    const counts = countAccounts(store, withBookings);
    counted = { key, at: clock(), counts };
    counts.catch(() => (counted = undefined)); // the caller gets the failure
    return counts;
  }

  return async () => {
    const runs = await Promise.all(accounts.map((one) => runHealth(store, one)));
    const counts = await count(runs);
    return accounts.flatMap(({ account, provider }, i) => {
      const run = runs[i];
      return run ? [{ account, provider, ...run, bookings: counts.get(account) ?? null }] : [];
    });
  };
}
