import { DAY_MS } from '../../scheduling/durations.js';
import type { Store } from '../store/store.js';
import type { ProviderName } from '../upstreams/upstream.js';
import type { BookingTables } from './schema.js';
import { nextTurn } from '../timers.js';

interface Tables extends BookingTables {
  job: { id: number; kind: string; data: string };
}

/** Rows that are removed before others get their turn. */
const ROWS_AT_ONCE = 500;

/** Names one booking. */
export interface BookingName {
  readonly provider: ProviderName;
  readonly id: string;
}

/** Everything that is stored of one booking, as columns have it; null where there is nothing. */
export async function exportBooking(
  store: Store,
  { provider, id }: BookingName,
): Promise<BookingTables['booking'] | null> {
  const row = await store
    .tables<BookingTables>()
    .selectFrom('booking')
    .selectAll()
    .where('provider', '=', provider)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Removes one booking, and deliveries about it that are waiting or have failed; those that are done keep no more than a
 * hash. Gives whether there was anything. A synchronisation brings it back as long as the provider has it.
 */
export async function deleteBooking(store: Store, { provider, id }: BookingName): Promise<boolean> {
  return store.exclusive<Tables, boolean>('bookings', async (trx) => {
    const { numDeletedRows: bookings } = await trx
      .deleteFrom('booking')
      .where('provider', '=', provider)
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const jobs = await trx
      .selectFrom('job')
      .select(['id', 'data'])
      .where('kind', '=', 'webhook')
      .where('data', '!=', '')
      .execute();
    const ids = jobs.filter(({ data }) => isAbout(data, { provider, id })).map((job) => job.id);
    for (let i = 0; i < ids.length; i += ROWS_AT_ONCE)
      await trx
        .deleteFrom('job')
        .where('id', 'in', ids.slice(i, i + ROWS_AT_ONCE))
        .execute();
    return bookings > 0n || ids.length > 0;
  });
}

/** Whether a delivery names the booking; ids of invitees begin with that of their booking. */
function isAbout(data: string, { provider, id }: BookingName): boolean {
  const { observations = [] } = JSON.parse(data) as { readonly observations?: readonly BookingName[] };
  return observations.some(
    (one) => one.provider === provider && (one.id === id || one.id.startsWith(`${id}/`)),
  );
}

/** Removes bookings that have been over for so many days. */
export async function forgetBookings(store: Store, days: number): Promise<void> {
  const db = store.tables<BookingTables>();
  const before = store.now() - days * DAY_MS;
  for (;;) {
    const rows = await db
      .selectFrom('booking')
      .select(['provider', 'id'])
      .where(({ or, and, eb }) =>
        or([
          eb('ends_at', '<', before),
          // Only a cancellation of these was ever delivered.
          and([eb('ends_at', 'is', null), eb('heard_at', '<', before)]),
        ]),
      )
      .limit(ROWS_AT_ONCE)
      .execute();
    for (const provider of new Set(rows.map((row) => row.provider)))
      await db
        .deleteFrom('booking')
        .where('provider', '=', provider)
        .where(
          'id',
          'in',
          rows.filter((row) => row.provider === provider).map(({ id }) => id),
        )
        .execute();
    if (rows.length < ROWS_AT_ONCE) return;
    await nextTurn();
  }
}
