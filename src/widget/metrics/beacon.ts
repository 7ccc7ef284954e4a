/** The ways to send a report as a page ends, best first, as `globalThis` has them. Any may be missing. */
export interface Ways {
  readonly fetchLater?: (url: string, init: RequestInit & { activateAfter?: number }) => unknown;
  readonly navigator: { readonly sendBeacon?: (url: string, body: string) => boolean };
  readonly fetch: (url: string, init: RequestInit) => Promise<unknown>;
}

export interface Beacon {
  /** Sends now, in a way that outlives the page. Tells which way took it. Never throws. */
  send(body: string): 'fetchLater' | 'sendBeacon' | 'fetch';
  /** Leaves a body with the browser until the page ends, in place of the one left before. False where that cannot be. */
  leave(body: string): boolean;
}

/** A string travels as `text/plain;charset=UTF-8`, which needs no preflight. */
const INIT: RequestInit = {
  method: 'POST',
  mode: 'no-cors',
  credentials: 'omit',
  // To the page's own origin the whole address would go along otherwise, query included.
  referrerPolicy: 'strict-origin',
};

/** One address, and the ladder of ways to it. */
export function createBeacon(url: string, ways: Ways = globalThis): Beacon {
  let left: AbortController | undefined;

  /** @param activateAfter milliseconds; without it when the page ends */
  const later = (body: string, activateAfter?: { readonly activateAfter: number }): boolean => {
    left?.abort();
    left = new AbortController();
    try {
      return !!ways.fetchLater?.(url, { ...INIT, body, signal: left.signal, ...activateAfter });
    } catch {
      return false; // over its quota, not allowed on this page, or not for an address without TLS
    }
  };

  const beacon = (body: string): boolean => {
    try {
      return !!ways.navigator.sendBeacon?.(url, body);
    } catch {
      return false;
    }
  };

  return {
    send(body) {
      if (later(body, { activateAfter: 0 })) {
        left = undefined; // on its way: not to be taken back
        return 'fetchLater';
      }
      if (beacon(body)) return 'sendBeacon';
      const init = { ...INIT, body };
      // A request that is kept alive shares the beacons' quota; a plain one does not, but needs the page to live.
      Promise.resolve()
        .then(() => ways.fetch(url, { ...init, keepalive: true }))
        .catch(() => ways.fetch(url, init))
        .catch(() => undefined);
      return 'fetch';
    },
    leave: later,
  };
}
