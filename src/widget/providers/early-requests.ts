import { openingDay } from './local-day.js';
import { addressOf } from './calendly.js';
import { canonical } from './cal-com/page-address.js';
import { slotsRequest } from './cal-com/slots-request.js';
import type { CommonProvider } from './common-hosts.js';
import type { SlotsSource } from './provider.js';

/** What has to be known of a provider to request slots before its own code is there. */
export interface EarlyRequests {
  /** Missing where only a companion can be asked. */
  readonly request?: SlotsSource['request'];
  /** See `Provider.openingDay`. */
  readonly openingDay: (page: URL) => string | null;
  /** See `Provider.canonical`. */
  readonly canonical: (page: URL) => string;
}

export const EARLY_REQUESTS: Readonly<Record<CommonProvider['id'], EarlyRequests>> = {
  cal: { request: slotsRequest, openingDay, canonical },
  calendly: { openingDay, canonical: addressOf },
};
