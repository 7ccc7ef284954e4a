import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { CompanionOptions } from '../../src/server/index.js';
import { openContext, type OpenContext } from '../../src/server/open-context.js';
import type { Store } from '../../src/server/store/store.js';
import { accountsOf } from '../../src/server/sync/accounts.js';
import { syncAccount, type SyncAccount, type SyncOptions } from '../../src/server/sync/sync-account.js';
import { type CalBooking } from './cal-bookings.js';
import { fakeUpstream, type Arrived, type FakeUpstream, type Talk } from './fake-upstream.js';
import { type Place } from './places.js';

export const NOW = Date.parse('2026-03-02T08:00:00Z');
export const DAY = 86_400_000;
export const HOUR = 3_600_000;
export const TOKEN = 'a-token-for-this-test';
export const iso = (at: number): string => new Date(at).toISOString();
const upstreams: FakeUpstream[] = [];
const contexts: OpenContext[] = [];
after(async () => {
  for (const context of contexts) await context.close();
  for (const each of upstreams) await each.close();
});

/** So many bookings around now, one an hour. */
export const many = (count: number): CalBooking[] =>
  Array.from({ length: count }, (_, i) => ({ uid: `uid-${i}`, start: NOW + (i - 100) * HOUR }));

export const lists = ({ arrived }: FakeUpstream): Arrived[] =>
  arrived.filter(({ path }) => /bookings|scheduled_events/.test(path));

export async function rows(store: Store): Promise<number> {
  const { count } = await store
    .tables<{ booking: { id: string } }>()
    .selectFrom('booking')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** One account, whose bookings are read when a test says so. */
export interface SyncScene {
  readonly upstream: FakeUpstream;
  readonly place: Place;
  readonly clock: { now: number };
  readonly options: CompanionOptions;
  readonly context: OpenContext;
  readonly account: SyncAccount;
  readonly sync: (options?: SyncOptions) => Promise<unknown>;
}

/** Opens scenes that are closed when the file's tests are over. */
export const syncScenesOn =
  (open: () => Promise<Place>) =>
  async (
    talk: Talk,
    upstreamOptions: object = { provider: 'cal', key: 'cal_live_1', pages: ['https://cal.com'] },
  ): Promise<SyncScene> => {
    const upstream = await fakeUpstream(talk);
    upstreams.push(upstream);
    const clock = { now: NOW };
    const place = await open();
    const options = {
      ...place.where,
      log: 'silent' as const,
      token: TOKEN,
      now: () => clock.now,
      upstreams: [{ ...upstreamOptions, api: upstream.origin }],
    } as CompanionOptions;
    const context = await openContext(options);
    contexts.push(context);
    const account = accountsOf(context)[0]?.sync;
    assert.ok(account);
    const sync = (more: SyncOptions = {}): Promise<unknown> =>
      syncAccount(context, account, { wait: () => Promise.resolve(), ...more });
    return { upstream, place, clock, options, context, account, sync };
  };
