import type { Circuit } from '../../scheduling/circuit-breaker.js';
import { freshness, type Stretch } from '../../scheduling/freshness.js';
import { LOG_LOCK_TIMEOUT_MS, LOG_MAX_AGE_MS, LOG_SETTLE_MS } from '../durations.js';
import { jsonText } from '../platform/json-text.js';
import type { SafeStorage } from '../platform/safe-storage.js';
import { isRecent } from './request-budget.js';
import { withTabLock, type LockPlatform } from './tab-lock.js';

/** What is recorded under one name. */
export interface LogEntry extends Circuit {
  /** What has been fetched lately. */
  readonly fresh: readonly Stretch[];
  /** When requests were sent, in order. */
  readonly sent: readonly number[];
}

/**
 * What the tabs of a browser have to know at once, before any database answers: of event types which ranges are fresh,
 * of APIs (by origin) their breaker state and recent requests, of both together whether the request was refused. Small,
 * and forgotten in minutes.
 */
export type LogEntries = Record<string, LogEntry>;

export interface LogPlatform extends LockPlatform {
  readonly now: () => number;
  /** Text that all tabs see, read and written synchronously: `localStorage`. */
  readonly storage: Pick<SafeStorage, 'get' | 'set'>;
}

export interface RequestLog {
  /** The log as this tab sees it now. */
  read(): LogEntries;
  /** Changes the log while no other tab does, and resolves to what `change` returns. */
  update<T>(change: (log: LogEntries) => T): Promise<T>;
}

const STORAGE_KEY = 'booking-widget:times';

const BLANK: LogEntry = { fresh: [], sent: [], failures: 0, until: 0 };

export const entryOf = (log: LogEntries, name: string): LogEntry => log[name] ?? BLANK;

/** Changes what is recorded under a name. */
export const record = (log: LogEntries, name: string, more: Partial<LogEntry>): void => {
  log[name] = { ...entryOf(log, name), ...more };
};

/** Drops what no longer matters, so that the log never grows. Throws on anything that is not a log. */
function tidy(log: LogEntries, now: number): LogEntries {
  const tidied: LogEntries = {};
  for (const [name, { fresh, sent, failures, until }] of Object.entries(log)) {
    const entry: LogEntry = {
      ...(Math.abs(now - until) <= LOG_MAX_AGE_MS ? { failures, until } : BLANK),
      fresh: fresh.filter((stretch) => freshness(stretch, now) === 'fresh'),
      sent: sent.filter((at) => isRecent(at, now)),
    };
    if (entry.fresh.length + entry.sent.length + entry.failures) tidied[name] = entry;
  }
  return tidied;
}

export function requestLog(platform: LogPlatform): RequestLog {
  const { now, storage, startTimer } = platform;
  /** This tab's own log while storage cannot be written. */
  let own: LogEntries | undefined;
  /** Resolves when this tab holds the lock; undefined when it no longer does. */
  let locked: Promise<void> | undefined;
  let written = false;

  const read = (): LogEntries => {
    try {
      return tidy(own ?? (JSON.parse(String(storage.get(STORAGE_KEY))) as LogEntries), now());
    } catch {
      // Nothing there, or not written by us.
      return {};
    }
  };

  const lock = (): Promise<void> =>
    new Promise((resolve) => {
      const hold = async (): Promise<void> => {
        resolve();
        do {
          written = false;
          await new Promise<void>((go) => {
            startTimer(LOG_SETTLE_MS, go);
          });
        } while (written);
        locked = undefined;
      };
      void withTabLock('booking-widget', hold, platform, LOG_LOCK_TIMEOUT_MS);
    });

  return {
    read,
    async update(change) {
      await (locked ??= lock());
      written = true;
      const log = read();
      const result = change(log);
      own = storage.set(STORAGE_KEY, jsonText(log)) ? undefined : log;
      return result;
    },
  };
}
