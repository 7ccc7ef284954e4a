import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import { STORAGE_TIMEOUT_MS } from '../durations.js';
import { jsonText } from '../platform/json-text.js';
import { withTimeout, type StartTimer } from '../platform/timer.js';
import type { KnownSlots } from './known-slots.js';
import { readKnownSlots } from './read-availability.js';

/** The browser's memory between visits. Every failure of storage means "nothing cached"; no promise here rejects. */
export interface AvailabilityCache {
  read(key: string): Promise<KnownSlots[]>;
  /** Changes what is kept of one event type in one step that no other tab can come between. */
  change(key: string, change: (kept: KnownSlots[]) => KnownSlots[]): Promise<void>;
}

/** Max event types kept. */
const MAX_EVENT_TYPES = 20;
/** Max characters kept of one event type: two months of 500 slots with both ends. */
const MAX_LENGTH = 100_000;

/** Every key of this version starts so; a later version that keeps another shape counts on. */
const VERSION = '1 ';
/** Names the entries, newest first: the oldest is found without reading any. */
const INDEX = 'index';

/** Kept as text: its length is its size, and reading it is quicker than having the browser copy 500 objects. */
function parse(text: unknown): KnownSlots[] {
  try {
    return readKnownSlots(JSON.parse(String(text))) ?? [];
  } catch {
    return [];
  }
}

/** The cache in IndexedDB, by way of idb-keyval. */
export function availabilityCache(startTimer: StartTimer): AvailabilityCache {
  let store: UseStore | undefined;

  const use = async <T>(
    mode: IDBTransactionMode,
    work: (objects: IDBObjectStore) => Promise<T>,
  ): Promise<T> => {
    try {
      store ??= createStore('booking-widget', 'keyval');
      return await withTimeout(store(mode, work), STORAGE_TIMEOUT_MS, startTimer);
    } catch (error) {
      // The next call opens the database again: what hung or was closed may work then.
      store = undefined;
      throw error;
    }
  };

  const get = (objects: IDBObjectStore, key: string): Promise<unknown> =>
    promisifyRequest<unknown>(objects.get(VERSION + key));

  const write = (
    key: string,
    change: (kept: KnownSlots[]) => KnownSlots[],
    maxEventTypes: number,
  ): Promise<void> =>
    use('readwrite', async (objects) => {
      const [index, kept] = await Promise.all([get(objects, INDEX), get(objects, key)]);
      // Without an index the other entries are unknown: from an older version, or damaged.
      if (!Array.isArray(index)) objects.clear();
      const known = change(parse(kept));
      let text: string;
      // What is furthest away is missed least.
      do text = jsonText(known);
      while (text.length > MAX_LENGTH && known.pop());
      const others: unknown[] = Array.isArray(index) ? index : [];
      const keys = [key, ...others.filter((other) => other !== key)];
      for (const old of keys.splice(maxEventTypes)) objects.delete(VERSION + String(old));
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
  // Opening the database takes longer than reading; this has it open by the time it is read.
  void read('');

  return {
    read,
    async change(key, change) {
      try {
        // When the disk is full, all other event types are dropped.
        await write(key, change, MAX_EVENT_TYPES).catch(() => write(key, change, 1));
      } catch {
        // What cannot be kept is requested again.
      }
    },
  };
}
