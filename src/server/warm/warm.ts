import { DAY_MS } from '../../scheduling/durations.js';
import { WARM_GAP_MS, WARM_LEASE_MS } from '../durations.js';
import type { Context } from '../feature.js';
import type { Times } from '../availability/times.js';
import { withLease } from '../store/leases.js';
import { popularEventTypes, type PopularOptions } from './popular.js';
import { wait } from '../timers.js';

export interface WarmProgress {
  readonly done: number;
  readonly total: number;
  /** Could not be fetched; the next round tries again. */
  readonly failed: number;
}

export interface WarmOptions extends PopularOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: WarmProgress) => void;
  /** Milliseconds between two calls, and before it is looked again whether visitors need the account. */
  readonly gap?: number;
}

/** What a widget asks for first. */
const AHEAD = 33 * DAY_MS;

/** While visitors use more of an account's budget than this, nothing is fetched ahead. */
const QUIET = 0.25;

/**
 * Fetches popular event types ahead: one after another, with a pause between, as work that may take half the budget at
 * most, and only while visitors need little of it. What is fresh is not requested. One round at a time in all processes:
 * rejects with `LeaseTaken` while another one is made, and when it is aborted.
 */
export const warm = (
  context: Pick<Context, 'store' | 'upstreams' | 'now' | 'log'>,
  times: Pick<Times, 'find'>,
  options: WarmOptions,
): Promise<WarmProgress> =>
  withLease(
    context.store,
    { name: 'warming', owner: crypto.randomUUID(), ms: WARM_LEASE_MS, patience: 0, signal: options.signal },
    () => warmAlone(context, times, options),
  );

async function warmAlone(
  context: Pick<Context, 'store' | 'upstreams' | 'now' | 'log'>,
  times: Pick<Times, 'find'>,
  { signal, onProgress = () => undefined, gap = WARM_GAP_MS, ...counted }: WarmOptions,
): Promise<WarmProgress> {
  const { upstreams, now, log } = context;

  async function untilQuiet(account: string): Promise<void> {
    const isBusy = async (): Promise<boolean> =>
      (await upstreams.status()).some((one) => one.account === account && one.used > one.budget * QUIET);
    while (await isBusy()) await wait(gap, signal);
  }

  const popular = await popularEventTypes(context, counted);
  let [done, failed] = [0, 0];
  const report = (): void => onProgress({ done, total: popular.length, failed });
  report();
  for (const { upstream, event } of popular) {
    signal.throwIfAborted();
    await untilQuiet(upstream.account);
    const from = now();
    const found = await times
      .find(upstream, event, { from, to: from + AHEAD }, { background: true })
      .catch((cause: unknown) => {
        log.info({ err: cause }, 'times could not be fetched ahead');
        return null;
      });
    done++;
    if (!found || found.failure) failed++;
    report();
    if (done < popular.length && !found?.known) await wait(gap, signal);
  }
  return { done, total: popular.length, failed };
}
