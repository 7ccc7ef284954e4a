import type { Kysely, Selectable } from 'kysely';
import { DAY_MS } from '../../scheduling/durations.js';
import { RETRY_AFTER_MS, SYNC_LEASE_MS, SYNC_MAX_WAIT_MS } from '../durations.js';
import type { Context } from '../feature.js';
import type { Booking } from '../bookings/booking.js';
import { foresee, record, type Change } from '../bookings/bookings.js';
import { announceTimes } from '../bookings/announce-times.js';
import { statusOf } from '../bookings/merge.js';
import { withLease } from '../store/leases.js';
import { UpstreamFailure, type ProviderName } from '../upstreams/upstream.js';
import type { BookingPage, Listed, ListBookings } from './booking-list.js';
import type { SyncKind, SyncTables } from './schema.js';
import { wait as pause } from '../timers.js';

/** How far back and ahead, in milliseconds. */
const REACH: Readonly<Record<SyncKind, { readonly back: number; readonly ahead: number }>> = {
  full: { back: 730 * DAY_MS, ahead: 365 * DAY_MS },
  recent: { back: 91 * DAY_MS, ahead: 183 * DAY_MS },
};

/** An interrupted run that began longer ago is not gone on with: its beginning is too old. */
const RESUMED_WITHIN = DAY_MS;

/** Older times are not given out, so older changes concern no page; in milliseconds. */
const ANNOUNCED_WITHIN = DAY_MS;

/** Waiting for the budget is no failure; maximum number of waits, and of milliseconds for each. */
const MAX_WAITS = 120;

/** An account whose bookings can be listed. */
export interface SyncAccount {
  readonly account: string;
  readonly provider: ProviderName;
  readonly list: ListBookings;
}

export interface SyncOptions {
  /** Two years back and one ahead, even if that has been done. */
  readonly full?: boolean;
  readonly onProgress?: (progress: SyncProgress) => void;
  /** Ends it between two pages; it can be gone on with. */
  readonly signal?: AbortSignal;
  /** Instead of the clock's, for tests. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** How far a run is. */
export interface SyncProgress {
  readonly account: string;
  readonly kind: SyncKind;
  readonly pages: number;
  readonly bookings: number;
  readonly total: number | null;
  /** What was not known before: bookings that are new, that changed, and that are over. */
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  /** Milliseconds that it waits for the budget, or before it tries again. */
  readonly waiting: number;
}

export type SyncRow = Selectable<SyncTables['sync_account']>;
type Row = SyncRow;
type SyncContext = Pick<Context, 'store' | 'bus' | 'now' | 'log' | 'closing'>;

/** The account's latest run, finished or not. */
export const readSync = (store: Context['store'], account: string): Promise<Row | undefined> =>
  store
    .tables<SyncTables>()
    .selectFrom('sync_account')
    .selectAll()
    .where('account', '=', account)
    .executeTakeFirst();

export const leaseOf = (account: string): string => `sync ${account}`;

/** Where a run begins: where an interrupted one stopped, or at the first page. */
function begin({ account, provider }: SyncAccount, last: Row | undefined, full: boolean, now: number): Row {
  const kind: SyncKind = full || last?.full_at == null ? 'full' : 'recent';
  const isInterrupted = last?.finished_at === null && last.started_at > now - RESUMED_WITHIN;
  if (isInterrupted && (last.kind === kind || last.kind === 'full')) return last;
  return {
    account,
    provider,
    kind,
    from_at: now - REACH[kind].back,
    to_at: now + REACH[kind].ahead,
    cursor: '',
    pages: 0,
    bookings: 0,
    unreadable: 0,
    total: null,
    started_at: now,
    touched_at: now,
    finished_at: null,
    failure: '',
    failures: last?.failures ?? 0,
    full_at: last?.full_at ?? null,
    ok_at: last?.ok_at ?? null,
    added: 0,
    changed: 0,
    gone: 0,
  };
}

async function write(db: Kysely<SyncTables>, row: Row): Promise<void> {
  const { account: _, ...set } = row;
  await db
    .insertInto('sync_account')
    .values(row)
    .onConflict((conflict) => conflict.column('account').doUpdateSet(set))
    .execute();
}

const isChanged = ({ before, after }: Change): boolean => {
  if (!before) return true;
  const [was, is] = [statusOf(before), statusOf(after)];
  return was.state !== is.state || was.start !== is.start || was.end !== is.end;
};

const isOver = (booking: Booking): boolean => /^(cancelled|rejected)$/.test(statusOf(booking).state);

/** How many bookings are new, changed, and over that were not known as such. */
function countNews(changes: readonly Change[]): Pick<Row, 'added' | 'changed' | 'gone'> {
  const found = { added: 0, changed: 0, gone: 0 };
  for (const change of changes.filter(isChanged)) {
    const { before, after } = change;
    if (!before) found.added++;
    else if (isOver(after) && !isOver(before)) found.gone++;
    else found.changed++;
  }
  return found;
}

/** Failures that pass by themselves. */
const isPassing = (cause: unknown): cause is UpstreamFailure =>
  cause instanceof UpstreamFailure &&
  /^(budget|busy|open|rate-limited|timeout|unreachable|status)$/.test(cause.code);

/**
 * Reads the bookings of an account, page by page; each page and where the next begins are written together, so a killed
 * run is gone on with and nothing is lost or doubled. Rejects with `LeaseTaken` when another instance does it, or with
 * what kept it from its end.
 */
export async function syncAccount(
  context: SyncContext,
  account: SyncAccount,
  { full = false, onProgress, signal, wait }: SyncOptions = {},
): Promise<SyncProgress> {
  const { store, closing } = context;
  const stopped = signal ? AbortSignal.any([signal, closing]) : closing;
  const lease = {
    name: leaseOf(account.account),
    owner: crypto.randomUUID(),
    ms: SYNC_LEASE_MS,
    patience: 0,
    signal: stopped,
  };
  return withLease(store, lease, async () => {
    const row = begin(account, await readSync(store, account.account), full, context.now());
    const run = new Run(context, account, row, {
      stopped,
      onProgress: onProgress ?? (() => undefined),
      wait: wait ?? ((ms, abort) => pause(ms, abort)),
    });
    return run.toItsEnd();
  });
}

interface RunOptions {
  readonly stopped: AbortSignal;
  readonly onProgress: (progress: SyncProgress) => void;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

class Run {
  readonly #context: SyncContext;
  readonly #account: SyncAccount;
  readonly #options: RunOptions;
  #row: Row;

  constructor(context: SyncContext, account: SyncAccount, row: Row, options: RunOptions) {
    this.#context = context;
    this.#account = account;
    this.#row = row;
    this.#options = options;
  }

  async toItsEnd(): Promise<SyncProgress> {
    await this.#change({});
    try {
      while (this.#row.finished_at === null) {
        this.#options.stopped.throwIfAborted();
        await this.#keep(await this.#nextPage());
      }
      return this.#progress();
    } catch (cause) {
      // Being stopped is no failure of the account's.
      if (!this.#options.stopped.aborted) {
        const failure = cause instanceof Error ? cause.message.slice(0, 300) : 'it failed';
        await this.#change({
          failure,
          failures: this.#row.failures + 1,
          touched_at: this.#context.now(),
        });
      }
      throw cause;
    }
  }

  async #nextPage(): Promise<BookingPage> {
    const { from_at: from, to_at: to, cursor } = this.#row;
    const { stopped, wait, onProgress } = this.#options;
    for (let [failures, waits] = [0, 0]; ;) {
      try {
        return await this.#account.list({ from, to }, cursor);
      } catch (cause) {
        if (!isPassing(cause) || stopped.aborted) throw cause;
        const isHeldBack = /^(budget|busy|rate-limited)$/.test(cause.code);
        const least = isHeldBack ? 1000 : RETRY_AFTER_MS[failures++];
        if (least === undefined || ++waits > MAX_WAITS) throw cause;
        const waiting = Math.min(Math.max(least, cause.wait), SYNC_MAX_WAIT_MS);
        onProgress({ ...this.#progress(), waiting });
        await wait(waiting, stopped);
      }
    }
  }

  /** Times first, then rows together with the place to go on from. */
  async #keep({ listed, unreadable, next, total }: BookingPage): Promise<void> {
    const { store, now } = this.#context;
    const observations = listed.map(({ observation }) => observation);
    await announceTimes(this.#context, await this.#unknown(listed));
    const { pages, bookings, kind, full_at: fullAt, unreadable: before } = this.#row;
    const moment = now();
    let row: Row = {
      ...this.#row,
      cursor: next ?? '',
      pages: pages + 1,
      bookings: bookings + listed.length,
      unreadable: before + unreadable,
      total,
      touched_at: moment,
      ...(next === null && {
        finished_at: moment,
        ok_at: moment,
        failure: '',
        failures: 0,
        full_at: kind === 'full' ? moment : fullAt,
      }),
    };
    await record<SyncTables>(store, observations, (trx, changes) => {
      const found = countNews(changes);
      row = {
        ...row,
        added: row.added + found.added,
        changed: row.changed + found.changed,
        gone: row.gone + found.gone,
      };
      return write(trx, row);
    });
    this.#row = row;
    this.#options.onProgress(this.#progress());
  }

  /** What is not known yet, and young enough that a page may show its time. */
  async #unknown(listed: readonly Listed[]): Promise<Change[]> {
    const { store, now } = this.#context;
    const young = listed.filter(({ changedAt }) => changedAt > now() - ANNOUNCED_WITHIN);
    const changes = await foresee(
      store,
      young.map(({ observation }) => observation),
    );
    return changes.filter(isChanged);
  }

  async #change(change: Partial<Row>): Promise<void> {
    const row = { ...this.#row, ...change };
    await write(this.#context.store.tables<SyncTables>(), row);
    this.#row = row;
  }

  #progress(): SyncProgress {
    const { account, kind, pages, bookings, total, added, changed, gone } = this.#row;
    return { account, kind, pages, bookings, total, added, changed, gone, waiting: 0 };
  }
}
