import type { Context } from '../feature.js';
import type { UpstreamName } from '../upstreams/upstream.js';
import type { ReadBooking } from './booking-list.js';
import { calBooking, calBookings } from './cal-com-bookings.js';
import { calendlyBooking, calendlyBookings } from './calendly-bookings.js';
import type { SyncAccount } from './sync-account.js';

/** An account as configured; `null` where its bookings cannot be listed. */
export interface ConfiguredAccount {
  readonly account: string;
  readonly provider: UpstreamName;
  readonly sync: SyncAccount | null;
}

/** All accounts, in the order of the options. Cal.com lists bookings only with a key. */
export const accountsOf = ({
  settings,
  upstreams,
  now,
}: Pick<Context, 'settings' | 'upstreams' | 'now'>): ConfiguredAccount[] =>
  upstreams.all.map((upstream, i) => {
    const { account, provider } = upstream;
    const one = settings.upstreams[i];
    if (one?.provider === 'calendly') {
      const list = calendlyBookings(upstream, { now, owner: one.owner });
      return { account, provider, sync: { account, provider: one.provider, list } };
    }
    if (one?.provider === 'cal' && one.key !== undefined)
      return {
        account,
        provider,
        sync: { account, provider: one.provider, list: calBookings(upstream, now) },
      };
    return { account, provider, sync: null };
  });

/** An account that can be asked about one booking. */
export interface BookingReader {
  readonly account: string;
  readonly provider: UpstreamName;
  readonly read: ReadBooking;
}

/** Accounts that can be asked about one booking; Cal.com answers without a key, too. */
export const bookingReaders = ({ upstreams, now }: Pick<Context, 'upstreams' | 'now'>): BookingReader[] =>
  upstreams.all.flatMap((upstream): BookingReader[] => {
    const { account, provider } = upstream;
    if (provider === 'cal') return [{ account, provider, read: calBooking(upstream, now) }];
    if (provider === 'calendly') return [{ account, provider, read: calendlyBooking(upstream, now) }];
    return [];
  });
