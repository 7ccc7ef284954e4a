/** What a companion tells: a time is `taken` or free again, or (`null`) so much was missed that times have to be asked anew. */
export type LiveNews = {
  /** ISO 8601 instants. */
  readonly start: string;
  readonly end: string;
  readonly taken: boolean;
} | null;

export interface LiveListener {
  /** Canonical address of the scheduling page. */
  readonly src: string;
  /** As old as the oldest times on screen, in milliseconds since 1970. */
  readonly since: () => number;
  readonly hear: (news: LiveNews) => void;
}

/** A page's one connection to a companion, there as long as somebody listens and the page is looked at. */
export interface LiveLine {
  /** Gives the function that ends it; twice is fine. */
  add(listener: LiveListener): () => void;
}

/** What a companion takes on one connection. */
const MOST_PAGES = 50;

/** Widgets that come one after another share a connection: it waits for so long, in milliseconds. */
const GATHER = 200;

/** How long to leave a companion alone that does not answer, doubled each time, in milliseconds. */
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 300_000;

/** @param connect opens a stream of events
 * @param later calls after so many milliseconds, or never if the timer is cleared */
export function openLine(
  companion: string,
  connect = (address: string): EventSource => new EventSource(address),
  later = (call: () => void, ms: number): ReturnType<typeof setTimeout> => setTimeout(call, ms),
): LiveLine {
  const listeners = new Set<LiveListener>();
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The last event that was heard of; empty while other pages were not listened for yet. */
  let last = '';
  let failures = 0;

  const close = (): void => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };

  const hear = ({ type, data, lastEventId }: MessageEvent<string>): void => {
    last = lastEventId;
    failures = 0;
    if (type === 'here') return;
    try {
      const news = JSON.parse(data) as {
        src?: readonly string[];
        start: string;
        end: string;
        taken: boolean;
      };
      const heard = new Set<string>();
      // What one widget does about it, it does for all that show the same page.
      for (const listener of [...listeners])
        if (!heard.has(listener.src) && (!news.src || news.src.includes(listener.src))) {
          heard.add(listener.src);
          listener.hear(news.src ? news : null);
        }
    } catch {
      // Nothing that we understand.
    }
  };

  const open = (): void => {
    close();
    if (document.hidden || !listeners.size) return;
    const all = [...listeners];
    const query = new URLSearchParams(
      [...new Set(all.map(({ src }) => src))].slice(0, MOST_PAGES).map((src) => ['src', src]),
    );
    if (last) query.set('lastEventId', last);
    else query.set('since', `${Math.min(...all.map(({ since }) => since()))}`);
    try {
      source = connect(`${companion.replace(/\/*$/, '')}/v1/live?${query}`);
      for (const type of ['here', 'times-gone', 'ask-anew']) source.addEventListener(type, hear);
      // The browser's own way of coming back knows no patience.
      source.onerror = () => {
        close();
        timer = later(open, Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures++) * (0.5 + Math.random()));
      };
    } catch {
      // Times are as fresh as they are without.
    }
  };

  const onPage = ({ type }: Event): void => {
    // A page that is put away, or not looked at, holds no connection.
    if (type === 'pagehide' || document.hidden) close();
    else if (!source) open();
  };

  const listen = (how: 'addEventListener' | 'removeEventListener'): void => {
    for (const type of ['visibilitychange', 'pagehide', 'pageshow', 'online']) globalThis[how](type, onPage);
  };

  /** Other pages may be listened for now: what is known of the last event is not known of them. */
  const change = (): void => {
    last = '';
    clearTimeout(timer);
    timer = later(open, GATHER);
    listen(listeners.size ? 'addEventListener' : 'removeEventListener');
  };

  return {
    add(listener) {
      const isNews = ![...listeners].some(({ src }) => src === listener.src);
      listeners.add(listener);
      if (isNews) change();
      return () => {
        if (listeners.delete(listener) && ![...listeners].some(({ src }) => src === listener.src)) change();
      };
    },
  };
}
