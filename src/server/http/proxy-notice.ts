import type { Context } from '../feature.js';
import { writeNote } from '../store/notes.js';
import { forwardedNotice, type Seen } from './forwarded-notice.js';

/** Reports requests that do not fit `proxies`: once in the log, and for `doctor` in the store. */
export function proxyNotice({ settings, store, log }: Pick<Context, 'settings' | 'store' | 'log'>): {
  readonly look: (seen: Seen) => void;
  /** Fulfilled when what was found is stored, or cannot be. */
  readonly stop: () => Promise<void>;
} {
  let noting = Promise.resolve();
  const look = forwardedNotice({
    proxies: settings.proxies,
    onFound(text) {
      log.warn(text);
      noting = writeNote(store, { name: 'proxies', text }).catch(() => undefined); // the log has it
    },
  });
  return { look, stop: () => noting };
}
