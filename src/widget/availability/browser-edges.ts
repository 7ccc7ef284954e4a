import { availabilityCache, type Later } from './availability-cache.js';
import type { TimesEdges } from './shared-times.js';

/** The real browser, as the engine sees it. */
export function browserEdges(): TimesEdges {
  const later: Later = (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => {
      clearTimeout(timer);
    };
  };
  return {
    now: Date.now,
    random: Math.random,
    later,
    fetch: (...request) => fetch(...request),
    online: () => navigator.onLine,
    hidden: () => document.hidden,
    page: window,
    cache: availabilityCache(later),
    notes: () => localStorage,
    locks: navigator.locks,
    channel: () => new BroadcastChannel('booking-widget'),
  };
}
