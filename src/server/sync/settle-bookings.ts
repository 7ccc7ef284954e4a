import { SETTLE_LEASE_MS, SETTLE_LOOK_MS } from '../durations.js';
import type { Feature, Context } from '../feature.js';
import { announceTimes } from '../bookings/announce-times.js';
import type { Booking, Observation } from '../bookings/booking.js';
import { findUnsettled, foresee, leaveUnsettled, record } from '../bookings/bookings.js';
import { giveLease, takeLease } from '../store/leases.js';
import { UpstreamFailure } from '../upstreams/upstream.js';
import { bookingReaders, type BookingReader } from './accounts.js';
import { unref } from '../timers.js';

/** Failures that say something of the booking, not of the upstream. */
const isFinal = (cause: unknown): boolean =>
  cause instanceof UpstreamFailure && /^(not-found|refused)$/.test(cause.code);

/** What the provider's API says of a booking; null where no account knows it. Rejects where one cannot answer. */
async function readAnywhere(readers: readonly BookingReader[], { id }: Booking): Promise<Observation | null> {
  for (const { account, read } of readers) {
    const found = await read(id).catch((cause: unknown) => {
      if (isFinal(cause)) return null;
      throw cause;
    });
    if (found) return { ...found, account };
  }
  return null;
}

/**
 * Asks the providers' APIs how bookings stand that deliveries left open: one attendee of several left, and no delivery says
 * whether the others stay. One instance at a time, within the budget of background work.
 */
export function settlingFeature(context: Context): Feature & { readonly look: () => void } {
  const { store, instance, log } = context;
  const all = bookingReaders(context);
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> | undefined;
  let isWanted = false;
  const stopping = new AbortController();

  const mustLookAgain = (): boolean => isWanted && !stopping.signal.aborted;

  async function settle(booking: Booking): Promise<void> {
    const readers = all
      .filter(({ provider }) => provider === booking.provider)
      // The account it belongs to, if that is known, first.
      .sort((a, b) => Number(b.account === booking.account) - Number(a.account === booking.account));
    const found = readers.length > 0 ? await readAnywhere(readers, booking) : null;
    if (!found) {
      await leaveUnsettled(store, booking);
      return;
    }
    await announceTimes(context, await foresee(store, [found]));
    await record(store, [found]);
  }

  async function settleAll(): Promise<void> {
    do {
      isWanted = false;
      if (!(await takeLease(store, 'unsettled bookings', instance, SETTLE_LEASE_MS))) return;
      for (const booking of await findUnsettled(store)) {
        if (stopping.signal.aborted) break;
        await takeLease(store, 'unsettled bookings', instance, SETTLE_LEASE_MS);
        await settle(booking);
      }
      await giveLease(store, 'unsettled bookings', instance);
    } while (mustLookAgain());
  }

  function look(): void {
    isWanted = true;
    if (stopping.signal.aborted) return;
    underWay ??= settleAll()
      .catch((cause: unknown) => log.info({ err: cause }, 'bookings that were left open wait for an answer'))
      .finally(() => (underWay = undefined));
  }

  return {
    look,
    start() {
      timer = setInterval(look, SETTLE_LOOK_MS);
      unref(timer);
      look();
    },
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await underWay;
    },
  };
}
