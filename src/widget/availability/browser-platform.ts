import { localStore } from '../platform/safe-storage.js';
import { startTimer } from '../platform/timer.js';
import { availabilityCache } from './availability-cache.js';
import { takeEarlyResponse } from './early-response.js';
import type { SlotsPlatform } from './shared-slots.js';

/** The real browser's clock, network, storage and tabs. */
export const browserPlatform = (): SlotsPlatform => ({
  now: Date.now,
  random: Math.random,
  startTimer,
  fetch: (url, init) => (init.signal && takeEarlyResponse(url, init.signal)) || fetch(url, init),
  online: () => navigator.onLine,
  hidden: () => document.hidden,
  page: window,
  cache: availabilityCache(startTimer),
  storage: localStore,
  locks: navigator.locks,
  openChannel: () => new BroadcastChannel('booking-widget'),
});
