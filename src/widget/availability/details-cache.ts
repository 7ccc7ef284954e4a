import { createStore, get, update, type UseStore } from 'idb-keyval';
import { STORAGE_TIMEOUT_MS } from '../durations.js';
import { jsonText } from '../platform/json-text.js';
import { withTimeout } from '../platform/timer.js';

/** A response about one event type, as it came: it is read again each time that it is used. */
export interface KeptResponse {
  readonly key: string;
  /** When it came: milliseconds since 1970. */
  readonly at: number;
  readonly body: unknown;
}

const MAX_KEPT = 20;
/** Characters of one response. */
const MAX_LENGTH = 60_000;
const ENTRY = '1';

let store: UseStore | undefined;
const openStore = (): UseStore => (store ??= createStore('booking-widget-details', 'keyval'));

function parse(text: unknown): readonly KeptResponse[] {
  try {
    const list: unknown = JSON.parse(String(text));
    return Array.isArray(list) ? (list as readonly KeptResponse[]) : [];
  } catch {
    return [];
  }
}

/** What is kept of an event type; undefined for nothing, also where storage fails. Never rejects. */
export async function readKept(key: string): Promise<KeptResponse | undefined> {
  try {
    const kept = parse(await withTimeout(get(ENTRY, openStore()), STORAGE_TIMEOUT_MS));
    return kept.find((each) => each.key === key && typeof each.at === 'number');
  } catch {
    store = undefined;
    return undefined;
  }
}

/** Keeps a response, newest first; what cannot be kept is requested again. Never rejects. */
export async function keep(response: KeptResponse): Promise<void> {
  if (jsonText(response.body).length > MAX_LENGTH) return;
  try {
    const add = (text: unknown): string => {
      const others = parse(text).filter(({ key }) => key !== response.key);
      return jsonText([response, ...others].slice(0, MAX_KEPT));
    };
    await withTimeout(update(ENTRY, add, openStore()), STORAGE_TIMEOUT_MS);
  } catch {
    store = undefined;
  }
}
