import { openContext } from '../open-context.js';
import { BadOptions } from '../options.js';
import { LeaseTaken } from '../store/leases.js';
import { accountsOf } from '../sync/accounts.js';
import { syncAccount, type SyncProgress } from '../sync/sync-account.js';
import type { Flags } from './configuration.js';
import { endInTime } from './end-in-time.js';
import { booleanOf, type FlagTable } from './flags.js';

export const flags = {
  full: {
    type: 'boolean',
    about: '2 years back and 1 ahead, even if that has been done',
    variable: 'BOOKING_FULL',
  },
} as const satisfies FlagTable;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const REACH = { full: '2 years back, 1 year ahead', recent: '3 months back, 6 months ahead' } as const;

function lineOf({ account, kind, pages, bookings, total, waiting }: SyncProgress): string {
  const far = `${account}: ${bookings}${total === null ? '' : ` of ${total}`} bookings, ${pages} pages (${REACH[kind]})`;
  return waiting > 0 ? `${far}; waits ${Math.ceil(waiting / 1000)} s for the service or the budget` : far;
}

/** Reads the bookings of all accounts, one after another, and ends. A signal interrupts it between two pages. */
export async function run({ options, written }: Flags): Promise<void> {
  endInTime(1);
  const context = await openContext(options);
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    const accounts = accountsOf(context).flatMap(({ sync }) => sync ?? []);
    if (accounts.length === 0)
      throw new BadOptions(
        '`upstreams`: no account whose bookings can be read; Cal.com needs `key` (CAL_API_KEY), Calendly `token` (CALENDLY_TOKEN)',
      );
    const failed: string[] = [];
    for (const account of accounts) {
      try {
        const { bookings, added, changed, gone } = await syncAccount(context, account, {
          full: booleanOf('full', written['full']),
          signal: interrupted.signal,
          onProgress: (progress) => say(lineOf(progress)),
        });
        say(
          `${account.account}: done, ${bookings} bookings (${added} new, ${changed} changed, ${gone} gone)`,
        );
      } catch (cause) {
        if (interrupted.signal.aborted)
          throw new Error('interrupted; the next run goes on from here', { cause });
        const why =
          cause instanceof LeaseTaken ? 'another process reads it at this moment' : (cause as Error).message;
        failed.push(`${account.account}: ${why}; the next run goes on from here`);
      }
    }
    if (failed.length > 0) throw new Error(failed.join('\n'));
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await context.close();
  }
}
