import { localStore } from './platform/safe-storage.js';

/** Something that the visitor chooses for all widgets of the page. */
export interface VisitorChoice {
  /** What was chosen, now or on an earlier visit; null for nothing. May be junk: storage belongs to the whole page. */
  get(): string | null;
  choose(value: string): void;
  /** Calls at every choice, in whichever widget. Returns how to stop. */
  listen(listener: () => void): () => void;
}

/** @param key name in the browser's storage; where storage is blocked the choice holds until the page is left */
export function visitorChoice(key: string): VisitorChoice {
  const listeners = new Set<() => void>();
  let chosen: string | null = null;
  return {
    get: () => localStore.get(key) ?? chosen,
    choose(value) {
      chosen = value;
      localStore.set(key, value);
      for (const listener of listeners) listener();
    },
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
