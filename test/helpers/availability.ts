import { createStore, type UseStore } from 'idb-keyval';

export const HOUR = 3_600_000;

/** Where the widget keeps slots. */
export const slotStore = (): UseStore => createStore('booking-widget', 'keyval');

/** The timer that is injected into the availability modules: the browser's own. */
export const browserTimer = (ms: number, call: () => void): (() => void) => {
  const timer = setTimeout(call, ms);
  return () => {
    clearTimeout(timer);
  };
};
