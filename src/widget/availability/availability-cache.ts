import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import type { KnownTimes } from './known-times.js';
import { readKnownTimes } from './read-availability.js';

/** Calls after so many milliseconds; returns how to call it off. */
export type Later = (ms: number, call: () => void) => () => void;

/** The browser's memory between visits. Every failure of storage means "nothing cached"; no promise here rejects. */
export interface AvailabilityCache {
  read(key: string): Promise<KnownTimes[]>;
  /** Changes what is kept of one event type in one step that no other tab can come between. */
  change(key: string, change: (kept: KnownTimes[]) => KnownTimes[]): Promise<void>;
}

/** Event types kept at most. */
const MOST = 20;
/** Characters kept of one event type at most: two months of 500 times with both ends. */
const SIZE = 100_000;
/** Milliseconds that storage may take before it counts as hanging. */
const PATIENCE = 1000;

/** Everything of this version starts so; a later version that keeps another shape counts on. */
const VERSION = '1 ';
/** Names the entries, newest first: the oldest is found without reading any. */
const INDEX = 'index';

/** Kept as text: its length is its size, and reading it is quicker than having the browser copy 500 objects. */
function parse(text: unknown): KnownTimes[] {
  try {
    return readKnownTimes(JSON.parse(String(text))) ?? [];
  } catch {
    return [];
  }
}

/** The cache in IndexedDB, by way of idb-keyval. */
export function availabilityCache(later: Later): AvailabilityCache {
  let store: UseStore | undefined;

  const use = async <T>(
    mode: IDBTransactionMode,
    work: (objects: IDBObjectStore) => Promise<T>,
  ): Promise<T> => {
    let stop: (() => void) | undefined;
    try {
      store ??= createStore('booking-widget', 'keyval');
      return await Promise.race([
        store(mode, work),
        new Promise<never>((_, reject) => {
          stop = later(PATIENCE, () => {
            reject(new Error());
          });
        }),
      ]);
    } catch (error) {
      // The next call opens the database anew: what hangs or was closed may be well again.
      store = undefined;
      throw error;
    } finally {
      stop?.();
    }
  };

  const get = (objects: IDBObjectStore, key: string): Promise<unknown> =>
    promisifyRequest<unknown>(objects.get(VERSION + key));

  const write = (key: string, change: (kept: KnownTimes[]) => KnownTimes[], most: number): Promise<void> =>
    use('readwrite', async (objects) => {
      const [index, kept] = await Promise.all([get(objects, INDEX), get(objects, key)]);
      // Without an index nobody knows what else is there: from an older version, or damaged.
      if (!Array.isArray(index)) objects.clear();
      const known = change(parse(kept));
      let text: string;
      // What is furthest away is missed least.
      do text = JSON.stringify(known);
      while (text.length > SIZE && known.pop());
      const others: unknown[] = Array.isArray(index) ? index : [];
      const keys = [key, ...others.filter((other) => other !== key)];
      for (const old of keys.splice(most)) objects.delete(VERSION + String(old));
      objects.put(text, VERSION + key);
      objects.put(keys, VERSION + INDEX);
      await promisifyRequest(objects.transaction);
    });

  const read: AvailabilityCache['read'] = async (key) => {
    try {
      return parse(await use('readonly', (objects) => get(objects, key)));
    } catch {
      return [];
    }
  };
  // Opening the database takes longer than reading, and is done by the time somebody wants to.
  void read('');

  return {
    read,
    async change(key, change) {
      try {
        // When the disk is full, everything else gives way.
        await write(key, change, MOST).catch(() => write(key, change, 1));
      } catch {
        // What cannot be kept is asked for again.
      }
    },
  };
}
