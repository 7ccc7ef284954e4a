/**
 * Key in `localStorage` of the version whose files an earlier visit has used: they are in the browser's cache, and what that visit
 * knew is in IndexedDB. The loader has to know it without waiting.
 */
export const MARK = 'booking-widget';
