import type { Selectable, Transaction } from 'kysely';
import { hexOf, sha256 } from '../sha256.js';
import { BOOKING_LOST_AFTER_MS, BOOKING_REQUESTS_KEPT_MS } from '../durations.js';
import type { BookingLimit, BookingOutcome } from '../upstreams/upstream.js';
import type { Store } from '../store/store.js';
import type { NativeBookingTables } from './schema.js';
import { wait } from '../timers.js';

export type RequestRow = Selectable<NativeBookingTables['native_booking']>;

/** What a key stands for. */
export interface Wanted {
  readonly key: string;
  readonly account: string;
  /** A hash of the page. */
  readonly event: string;
  readonly startsAt: number;
}

/** Pauses between two looks at a request that another instance has sent, in milliseconds. */
const LOOK = { first: 20, most: 500 };

/** Keys and pages are not kept as they came: who reads the store cannot ask for the answers. */
export const hashOf = async (key: string): Promise<string> => hexOf(await sha256(key));

/** A request as it stands now: one that was sent too long ago stays unknown. */
const asOf = (row: RequestRow, now: number): RequestRow =>
  row.state === 'sent' && Math.abs(now - row.at) > BOOKING_LOST_AFTER_MS ? { ...row, state: 'unknown' } : row;

export async function findRequest(store: Store, key: string): Promise<RequestRow | null> {
  const row = await store
    .tables<NativeBookingTables>()
    .selectFrom('native_booking')
    .selectAll()
    .where('key', '=', key)
    .executeTakeFirst();
  return row ? asOf(row, store.now()) : null;
}

/** `mine`: this caller is the one to send the request · `theirs`: somebody else is, or was · `quota`: nobody may. */
export type Claim =
  | { readonly is: 'mine' }
  | { readonly is: 'theirs'; readonly row: RequestRow }
  | { readonly is: 'quota'; readonly wait: number };

/** Milliseconds until all limits have room; 0 where they have. `sent`: when the latest requests were, newest first. */
const quotaWait = (sent: readonly number[], limits: readonly BookingLimit[], now: number): number =>
  Math.max(0, ...limits.map(({ most, ms }) => (sent[most - 1] ?? -Infinity) + ms - now));

/** Decides, for all instances, who sends a request. It is on the disk before anything is sent. */
export async function claimRequest(
  store: Store,
  { key, account, event, startsAt }: Wanted,
  limits: readonly BookingLimit[],
): Promise<Claim> {
  const claim = await store.exclusive(
    `native bookings ${account}`,
    async (trx: Transaction<NativeBookingTables>): Promise<Claim> => {
      const now = store.now();
      const known = await trx
        .selectFrom('native_booking')
        .selectAll()
        .where('key', '=', key)
        .executeTakeFirst();
      if (known) return { is: 'theirs', row: asOf(known, now) };
      const counted = await trx
        .selectFrom('native_booking')
        .select('at')
        .where('account', '=', account)
        .where('state', '!=', 'not-sent')
        .where('at', '>', now - BOOKING_REQUESTS_KEPT_MS)
        .orderBy('at', 'desc')
        .limit(Math.max(...limits.map(({ most }) => most)))
        .execute();
      const wait = quotaWait(
        counted.map(({ at }) => at),
        limits,
        now,
      );
      if (wait > 0) return { is: 'quota', wait };
      await trx
        .insertInto('native_booking')
        .values({
          ...{ key, account, event, starts_at: startsAt, state: 'sent', id: '', ends_at: 0 },
          ...{ reschedule_url: '', cancel_url: '', at: now },
        })
        .execute();
      return { is: 'mine' };
    },
  );
  // A machine that loses its power after the service was asked must still know of it.
  if (claim.is === 'mine')
    await store.durably<NativeBookingTables, unknown>((db) =>
      db.updateTable('native_booking').set({ state: 'sent' }).where('key', '=', key).execute(),
    );
  return claim;
}

/** Writes what came of a request. */
export async function settleRequest(store: Store, key: string, outcome: BookingOutcome): Promise<void> {
  const { booking } = outcome.is === 'booked' ? outcome : { booking: undefined };
  await store
    .tables<NativeBookingTables>()
    .updateTable('native_booking')
    .set({
      state: outcome.is,
      ...(booking && {
        id: booking.id,
        ends_at: Date.parse(booking.end),
        reschedule_url: booking.rescheduleUrl ?? '',
        cancel_url: booking.cancelUrl ?? '',
      }),
    })
    .where('key', '=', key)
    .execute();
}

/** Waits until another caller's request has come to an end; one that never does is unknown. */
export async function settledRequest(
  store: Store,
  row: RequestRow,
  signal: AbortSignal,
): Promise<RequestRow> {
  let known = row;
  for (let pause = LOOK.first; known.state === 'sent'; pause = Math.min(pause * 2, LOOK.most)) {
    await wait(pause, signal);
    known = (await findRequest(store, row.key)) ?? { ...row, state: 'unknown' };
  }
  return known;
}

/** Removes what answers no repetition any more. */
export const forgetRequests = async (store: Store): Promise<void> => {
  const now = store.now();
  await store
    .tables<NativeBookingTables>()
    .deleteFrom('native_booking')
    .where('at', '<', now - BOOKING_REQUESTS_KEPT_MS)
    .execute();
};
