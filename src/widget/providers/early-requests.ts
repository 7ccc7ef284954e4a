import { openingDay } from './local-day.js';
import type { CommonProvider } from './common-hosts.js';
import type { SlotsSource } from './provider.js';
import { slotsRequest } from './cal-com/slots-request.js';

/** What has to be known of a provider to request slots before its own code is there. */
export interface EarlyRequests {
  readonly request: SlotsSource['request'];
  /** See `Provider.openingDay`. */
  readonly openingDay: (page: URL) => string | null;
}

/** The common providers whose slots a browser can request. */
export const EARLY_REQUESTS: Readonly<Partial<Record<CommonProvider['id'], EarlyRequests>>> = {
  cal: { request: slotsRequest, openingDay },
};
