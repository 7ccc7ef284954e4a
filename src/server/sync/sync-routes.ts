import { Hono } from 'hono';
import * as z from 'zod';
import type { Area, Context } from '../feature.js';
import type { Env } from '../http/env.js';
import { Problem } from '../http/problem.js';
import { requireToken } from '../http/token.js';
import { isLeased, LeaseTaken } from '../store/leases.js';
import { accountsOf, type ConfiguredAccount } from './accounts.js';
import { leaseOf, readSync, syncAccount } from './sync-account.js';

const HOUR = 3_600_000;

/** How often to look whether an account is due, and when for the first time, in milliseconds. */
const LOOK = 300_000;
const FIRST_LOOK = 60_000;

/** An interrupted run is gone on with after so long, then after twice as long, at most after the usual time. */
const FIRST_RETRY = 600_000;

const wishSchema = z.strictObject({ full: z.boolean().default(false), account: z.string().optional() });

/** How the bookings of one account are kept up to date. */
interface AccountHealth {
  readonly account: string;
  readonly provider: string;
  /**
   * `no-key` its bookings cannot be listed · `never` not yet · `running` · `interrupted` will be gone on with · `ok` ·
   * `failing` interrupted by what `failure` says
   */
  readonly state: 'no-key' | 'never' | 'running' | 'interrupted' | 'ok' | 'failing';
  readonly run: object | null;
}

/** Does something once, so many milliseconds from now, if it is not called off; keeps no process alive. */
export type Later = (ms: number, work: () => Promise<void>) => () => void;

const later: Later = (ms, work) => {
  const timer = setTimeout(() => void work(), ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/**
 * Synchronises the bookings of all accounts now and then. `GET /v1/sync` (token): how each stands; `POST /v1/sync`
 * (token): do it now.
 *
 * @param wait instead of a timer, for tests
 */
export function syncArea(context: Context, wait = later): Area {
  const { store, settings, now, log } = context;
  const accounts = accountsOf(context);
  const stopping = new AbortController();
  const underWay = new Map<string, Promise<void>>();
  let callOff = (): void => undefined;

  function start({ account, sync }: ConfiguredAccount, full = false): void {
    if (!sync || underWay.has(account)) return;
    log.debug({ account, full }, 'bookings are being synchronised');
    const run = syncAccount(context, sync, { full, signal: stopping.signal })
      .then(
        ({ bookings, kind }) => log.info({ account, kind, bookings }, 'bookings synchronised'),
        (cause: unknown) => {
          if (cause instanceof LeaseTaken || stopping.signal.aborted) return;
          log.warn({ account, err: cause }, 'a synchronisation was interrupted');
        },
      )
      .finally(() => underWay.delete(account));
    underWay.set(account, run);
  }

  async function isDue(account: string): Promise<boolean> {
    const row = await readSync(store, account);
    if (!row) return true;
    const usual = settings.syncEvery * HOUR;
    const pause = row.finished_at === null ? Math.min(FIRST_RETRY * 2 ** row.failures, usual) : usual;
    // A run of the future was made before the clock was set back.
    return row.touched_at + pause <= now() || row.touched_at > now() + HOUR;
  }

  async function look(): Promise<void> {
    for (const one of accounts) if (one.sync && (await isDue(one.account))) start(one);
  }

  function lookAgain(ms: number): void {
    callOff = wait(ms, async () => {
      await look().catch((cause: unknown) =>
        log.warn({ err: cause }, 'synchronisations cannot be looked after'),
      );
      if (!stopping.signal.aborted) lookAgain(LOOK);
    });
  }

  async function healthOf({ account, provider, sync }: ConfiguredAccount): Promise<AccountHealth> {
    if (!sync) return { account, provider, state: 'no-key', run: null };
    const row = await readSync(store, account);
    if (!row) return { account, provider, state: 'never', run: null };
    const isRunning = await isLeased(store, leaseOf(account));
    const state = isRunning
      ? 'running'
      : row.finished_at !== null
        ? 'ok'
        : row.failure
          ? 'failing'
          : 'interrupted';
    return {
      account,
      provider,
      state,
      run: {
        kind: row.kind,
        from: row.from_at,
        to: row.to_at,
        pages: row.pages,
        bookings: row.bookings,
        total: row.total,
        unreadable: row.unreadable,
        startedAt: row.started_at,
        touchedAt: row.touched_at,
        finishedAt: row.finished_at,
        lastSuccess: row.ok_at,
        lastFull: row.full_at,
        failure: row.failure,
        failures: row.failures,
      },
    };
  }

  async function readWish(request: Request): Promise<z.output<typeof wishSchema>> {
    const text = await request.text();
    let written: unknown = {};
    try {
      if (text.trim()) written = JSON.parse(text);
    } catch {
      throw new Problem({ status: 400, code: 'not-json', detail: 'The body must be JSON, or empty.' });
    }
    const { success, data } = wishSchema.safeParse(written);
    if (success) return data;
    throw new Problem({
      status: 400,
      code: 'bad-request',
      detail: 'The body may have `full` (true or false) and `account` (a name from `GET /v1/sync`).',
    });
  }

  const routes = new Hono<Env>();
  routes.use('/v1/sync', requireToken(settings.token));
  routes.get('/v1/sync', async (c) => c.json({ accounts: await Promise.all(accounts.map(healthOf)) }));
  routes.post('/v1/sync', async (c) => {
    const { full, account } = await readWish(c.req.raw);
    const wanted = accounts.filter((one) => account === undefined || one.account === account);
    if (wanted.length === 0)
      throw new Problem({ status: 404, code: 'no-such-account', detail: 'There is no such account.' });
    const able = wanted.filter(({ sync }) => sync !== null);
    if (able.length === 0)
      throw new Problem({
        status: 422,
        code: 'no-key',
        detail: 'Bookings are listed only for a Cal.com account with `key` or a Calendly account.',
      });
    for (const one of able) start(one, full);
    return c.json({ started: able.map((one) => one.account) }, 202);
  });

  return {
    routes,
    start() {
      // Not all instances at the same moment.
      if (settings.syncEvery > 0) lookAgain(FIRST_LOOK * (1 + Math.random()));
    },
    async stop() {
      callOff();
      stopping.abort();
      await Promise.all(underWay.values());
    },
  };
}
