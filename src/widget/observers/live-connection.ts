/** A slot is `taken` or free again; null where so much was missed that slots have to be requested again. */
export type LiveUpdate = {
  /** ISO 8601 instants. */
  readonly start: string;
  readonly end: string;
  readonly taken: boolean;
} | null;

export interface LiveListener {
  /** Canonical address of the scheduling page. */
  readonly src: string;
  /** Age of the oldest slots on screen, in milliseconds since 1970. */
  readonly since: () => number;
  readonly onUpdate: (update: LiveUpdate) => void;
}

/** A page's one connection to a companion, open as long as it has listeners and the page is visible. */
export interface LiveConnection {
  /** Returns how to unsubscribe; twice is fine. */
  add(listener: LiveListener): () => void;
}

/** Scheduling pages that a companion accepts on one connection. */
const MAX_PAGES = 50;

/** Widgets that are added one after another share a connection, which opens after this delay, in milliseconds. */
const GATHER_MS = 200;

/** Back-off of reconnecting, doubled with each failure, in milliseconds. */
const FIRST_DELAY_MS = 2000;
const MAX_DELAY_MS = 300_000;

/**
 * @param connect opens an event stream
 * @param later calls after a number of milliseconds, unless the timer is cleared
 */
export function openConnection(
  companion: string,
  connect = (address: string): EventSource => new EventSource(address),
  later = (call: () => void, ms: number): ReturnType<typeof setTimeout> => setTimeout(call, ms),
): LiveConnection {
  const listeners = new Set<LiveListener>();
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Id of the last event; empty where the listeners are others than at that event. */
  let last = '';
  let failures = 0;

  const close = (): void => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };

  const onMessage = ({ type, data, lastEventId }: MessageEvent<string>): void => {
    last = lastEventId;
    failures = 0;
    if (type === 'here') return;
    try {
      const update = JSON.parse(data) as {
        src?: readonly string[];
        start: string;
        end: string;
        taken: boolean;
      };
      const notified = new Set<string>();
      // What one widget does about it, it does for all with the same scheduling page.
      for (const listener of [...listeners])
        if (!notified.has(listener.src) && (!update.src || update.src.includes(listener.src))) {
          notified.add(listener.src);
          listener.onUpdate(update.src ? update : null);
        }
    } catch {
      // Not a message of ours.
    }
  };

  const open = (): void => {
    close();
    if (document.hidden || !listeners.size) return;
    const all = [...listeners];
    const query = new URLSearchParams(
      [...new Set(all.map(({ src }) => src))].slice(0, MAX_PAGES).map((src) => ['src', src]),
    );
    if (last) query.set('lastEventId', last);
    else query.set('since', `${Math.min(...all.map(({ since }) => since()))}`);
    try {
      source = connect(`${companion.replace(/\/*$/, '')}/v1/live?${query}`);
      for (const type of ['here', 'times-gone', 'ask-anew']) source.addEventListener(type, onMessage);
      // The browser's own reconnecting has no back-off.
      source.onerror = () => {
        close();
        timer = later(open, Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** failures++) * (0.5 + Math.random()));
      };
    } catch {
      // Without a stream slots are as fresh as their requests.
    }
  };

  const onPage = ({ type }: Event): void => {
    // A page that is hidden, or in the back/forward cache, holds no connection.
    if (type === 'pagehide' || document.hidden) close();
    else if (!source) open();
  };

  const listen = (how: 'addEventListener' | 'removeEventListener'): void => {
    for (const type of ['visibilitychange', 'pagehide', 'pageshow', 'online']) globalThis[how](type, onPage);
  };

  /** The listeners are others now: the last event says nothing about their pages. */
  const change = (): void => {
    last = '';
    clearTimeout(timer);
    timer = later(open, GATHER_MS);
    listen(listeners.size ? 'addEventListener' : 'removeEventListener');
  };

  return {
    add(listener) {
      const isNew = ![...listeners].some(({ src }) => src === listener.src);
      listeners.add(listener);
      if (isNew) change();
      return () => {
        if (listeners.delete(listener) && ![...listeners].some(({ src }) => src === listener.src)) change();
      };
    },
  };
}
