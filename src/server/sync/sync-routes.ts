import { Hono } from 'hono';
import * as z from 'zod';
import { HOUR_MS } from '../../scheduling/durations.js';
import {
  SYNC_FIRST_LOOK_MS,
  SYNC_FIRST_RETRY_MS,
  SYNC_LOOK_MS,
  SYNC_WITHOUT_WEBHOOKS_MS,
  WEBHOOKS_ARRIVING_MS,
} from '../durations.js';
import type { Feature, Context } from '../feature.js';
import type { Env } from '../http/env.js';
import { Problem } from '../http/problem.js';
import { requireToken } from '../http/token.js';
import { LeaseTaken } from '../store/leases.js';
import { accountHealthReader } from './account-health.js';
import { accountsOf, type ConfiguredAccount } from './accounts.js';
import { webhookHealth } from '../webhooks/arrivals.js';
import { readSync, syncAccount, type SyncRow } from './sync-account.js';
import { unref } from '../timers.js';

const requestSchema = z.strictObject({ full: z.boolean().default(false), account: z.string().optional() });

type SyncRequest = z.output<typeof requestSchema>;

/** Synchronisation as other features use it. */
export interface Sync extends Feature {
  /** Begins what a request asks for, and gives the names of the accounts. Throws or rejects with a `Problem`. */
  begin(request: Request): Promise<string[]>;
}

/** Calls `work` after `ms` milliseconds unless it is cancelled; keeps no process alive. */
export type Later = (ms: number, work: () => Promise<void>) => () => void;

const later: Later = (ms, work) => {
  const timer = setTimeout(() => void work(), ms);
  unref(timer);
  return () => clearTimeout(timer);
};

/**
 * Synchronises the bookings of all accounts now and then. `GET /v1/sync` (token): how each stands; `POST /v1/sync`
 * (token): do it now.
 *
 * @param wait instead of a timer, for tests
 */
export function syncFeature(context: Context, wait = later): Sync {
  const { store, settings, now, log } = context;
  const accounts = accountsOf(context);
  const readHealth = accountHealthReader(context, accounts);
  const stopping = new AbortController();
  const underWay = new Map<string, Promise<void>>();
  let cancel = (): void => undefined;

  function start({ account, sync }: ConfiguredAccount, full = false): void {
    if (!sync || underWay.has(account)) return;
    log.debug({ account, full }, 'bookings are being synchronised');
    const run = syncAccount(context, sync, { full, signal: stopping.signal })
      .then(
        ({ bookings, kind, added, changed, gone }) =>
          log.info({ account, kind, bookings, new: added, changed, gone }, 'bookings synchronised'),
        (cause: unknown) => {
          if (cause instanceof LeaseTaken || stopping.signal.aborted) return;
          log.warn({ account, err: cause }, 'a synchronisation was interrupted');
        },
      )
      .finally(() => underWay.delete(account));
    underWay.set(account, run);
  }

  /** Milliseconds from one run to the next: few where deliveries are not known to be complete. */
  async function usualPause({ provider }: ConfiguredAccount, row: SyncRow): Promise<number> {
    const usual = settings.syncEvery * HOUR_MS;
    const arrivals = await webhookHealth(store);
    const last = arrivals.find((one) => one.provider === provider)?.lastDelivery ?? -Infinity;
    // A run that found something new shows that a delivery was missing, or late.
    const isComplete = last > now() - WEBHOOKS_ARRIVING_MS && row.added + row.changed + row.gone === 0;
    return isComplete ? usual : Math.min(usual, SYNC_WITHOUT_WEBHOOKS_MS);
  }

  async function isDue(one: ConfiguredAccount): Promise<boolean> {
    const row = await readSync(store, one.account);
    if (!row) return true;
    const usual = await usualPause(one, row);
    const pause = row.finished_at === null ? Math.min(SYNC_FIRST_RETRY_MS * 2 ** row.failures, usual) : usual;
    // A run of the future was made before the clock was set back.
    return row.touched_at + pause <= now() || row.touched_at > now() + HOUR_MS;
  }

  async function look(): Promise<void> {
    for (const one of accounts) if (one.sync && (await isDue(one))) start(one);
  }

  function lookAgain(ms: number): void {
    cancel = wait(ms, async () => {
      await look().catch((cause: unknown) =>
        log.warn({ err: cause }, 'synchronisations cannot be looked after'),
      );
      if (!stopping.signal.aborted) lookAgain(SYNC_LOOK_MS);
    });
  }

  async function readRequest(request: Request): Promise<SyncRequest> {
    const text = await request.text(); // without a byte order mark: https://fetch.spec.whatwg.org/#dom-body-text
    let written: unknown = {};
    try {
      if (text.trim()) written = JSON.parse(text);
    } catch {
      throw new Problem({ status: 400, code: 'not-json', detail: 'The body must be JSON, or empty.' });
    }
    const { success, data } = requestSchema.safeParse(written);
    if (success) return data;
    throw new Problem({
      status: 400,
      code: 'bad-request',
      detail: 'The body may have `full` (true or false) and `account` (a name from `GET /v1/sync`).',
    });
  }

  async function begin(request: Request): Promise<string[]> {
    const { full, account } = await readRequest(request);
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
    return able.map((one) => one.account);
  }

  const routes = new Hono<Env>();
  routes.use('/v1/sync', requireToken(settings.token));
  routes.get('/v1/sync', async (c) => c.json({ accounts: await readHealth() }));
  routes.post('/v1/sync', async (c) => c.json({ started: await begin(c.req.raw) }, 202));

  return {
    routes,
    begin,
    start() {
      // Not all instances at the same moment.
      if (settings.syncEvery > 0) lookAgain(SYNC_FIRST_LOOK_MS * (1 + Math.random()));
    },
    async stop() {
      cancel();
      stopping.abort();
      await Promise.all(underWay.values());
    },
  };
}
