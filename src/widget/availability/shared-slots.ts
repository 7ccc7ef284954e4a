import { SLOTS_LOCK_TIMEOUT_MS } from '../durations.js';
import type { SlotsFailure } from './fetch-slots.js';
import { joinFlight, startFlight, type Flight } from './flight.js';
import { cut, type KnownSlots, type Span } from './known-slots.js';
import { entryOf, record, requestLog, type LogPlatform } from './request-log.js';
import { gapOf, runFlight, spend, type FlightPlatform } from './run-flight.js';
import { slotsMemory } from './slots-memory.js';
import type { KeyedQuery } from './slots-sources.js';
import { staleWhileRevalidate, type Decision } from './stale-while-revalidate.js';
import { tabChannel } from './tab-channel.js';
import { withTabLock } from './tab-lock.js';

/** Everything outside that this module touches: clock, network, storage, other tabs, the page's own events. */
export interface SlotsPlatform extends FlightPlatform, LogPlatform {
  /** Opens the channel to the other tabs; may throw. */
  readonly openChannel: () => BroadcastChannel;
  /** Where `visibilitychange`, `pagehide`, `pageshow` and `online` arrive. */
  readonly page: EventTarget;
  readonly hidden: () => boolean;
}

/**
 * Events for the widgets of an event type: a range is `known` again, a slot is `taken`. And for all widgets: the page may
 * have been hidden or shown, is back online, or back from the back/forward cache.
 */
export type SlotsEvent =
  | ({ readonly type: 'known' } & Span)
  | { readonly type: 'taken'; readonly start: string }
  | { readonly type: 'visibilitychange' | 'online' | 'pageshow' };

/** What the widgets of a page, and the tabs of a browser, know and request together. */
export interface SharedSlots {
  readonly platform: SlotsPlatform;
  /** Calls `listener` for every event of an event type until the returned function is called. */
  watch(key: string, listener: (event: SlotsEvent) => void): () => void;
  /**
   * What this page can show, and what has to be requested. `inTabs` counts what other tabs have fetched as known, though
   * its slots are yet to be read; `since` wants responses from that moment on.
   */
  decide(key: string, wanted: Span, inTabs: boolean, since?: number): Decision;
  /** Adds what the cache knows to what this page knows; once is enough for all widgets. */
  read(key: string): Promise<void>;
  /**
   * Makes sure that all of `span` is known and fresh, with one request for all that want it. `since` wants responses
   * from that moment on. Resolves to the failure, if there is one; never rejects.
   */
  request(query: KeyedQuery, span: Span, since?: number): Promise<SlotsFailure | undefined>;
  /** Whether the budget of all tabs allows one request more to an API, by origin; if so, it is counted. */
  spend(origin: string): Promise<boolean>;
  /** Forgets some days of one event type, here and in all tabs: the slot that begins at `start` is taken, or free again. */
  forget(key: string, days: Span, start: string, isTaken: boolean): void;
}

const ABORTED: SlotsFailure = { code: 'aborted', detail: '', retryDelay: 0 };

export function sharedSlots(platform: SlotsPlatform): SharedSlots {
  const { cache, now, page } = platform;
  const log = requestLog(platform);
  const memory = slotsMemory(now);
  const reads = new Map<string, Promise<void>>();
  const flights = new Map<string, Flight>();
  const watchers = new Map<(event: SlotsEvent) => void, string>();
  let unlisten = new AbortController();

  const isWatched = (key: string): boolean => [...watchers.values()].includes(key);

  const emit = (event: SlotsEvent, key?: string): void => {
    watchers.forEach((watched, listener) => {
      if (!key || key === watched) listener(event);
    });
  };

  const add = (key: string, range: KnownSlots): void => {
    const { from, to } = range;
    memory.add(key, [range]);
    emit({ type: 'known', from, to }, key);
  };

  const lose = (key: string, days: Span, start: string, isTaken: boolean): void => {
    memory.give(key, start);
    memory.remove(key, days);
    if (!isTaken) return;
    memory.take(key, start);
    emit({ type: 'taken', start }, key);
  };

  const channel = tabChannel(platform.openChannel, isWatched, ({ key, known, forgotten }) => {
    if (forgotten) lose(key, forgotten.days, forgotten.start, forgotten.isTaken);
    for (const range of known) add(key, range);
    const flight = flights.get(key);
    if (flight && !flight.begun && !gapOf(memory, key, flight, now())) flight.land();
  });

  /** A page that may enter the back/forward cache holds neither locks nor a channel. */
  const leave = (): void => {
    flights.forEach(({ land }) => {
      land(ABORTED);
    });
    channel.close();
    // What the other tabs find out from now on does not arrive here.
    memory.clear();
    reads.clear();
  };

  const onPageEvent = (event: Event): void => {
    const { type, persisted } = event as PageTransitionEvent;
    if (type === 'pagehide') return leave();
    // The first `pageshow` of a page only says that it has loaded.
    if (type === 'pageshow' && !persisted) return;
    channel.open();
    emit({ type: type as 'pageshow' });
  };

  const readCache = (key: string): Promise<void> => {
    const reading = cache.read(key).then((ranges) => {
      memory.add(key, ranges);
    });
    reads.set(key, reading);
    return reading;
  };

  const publish = (key: string, range: KnownSlots): void => {
    add(key, range);
    channel.post({ key, known: [range] });
  };

  const request: SharedSlots['request'] = async (query, span, since) => {
    const { key } = query;
    const underWay = flights.get(key);
    if (underWay) {
      const isCovered = joinFlight(underWay, span, since);
      const failure = await underWay.done;
      return isCovered || failure === ABORTED ? failure : request(query, span, since);
    }
    const flight = startFlight(span, since, () => flights.delete(key));
    flights.set(key, flight);
    const deps = { platform, log, memory, readCache, publish };
    withTabLock(
      `booking-widget ${key}`,
      () => runFlight(query, flight, deps),
      platform,
      SLOTS_LOCK_TIMEOUT_MS,
      flight.abort,
    ).then(
      flight.land,
      // A mistake of ours or of a provider's must not leave a widget waiting.
      (cause: unknown) => {
        flight.land({ code: 'unreachable', detail: String(cause), retryDelay: 0 });
      },
    );
    return flight.done;
  };

  return {
    platform,
    watch(key, listener) {
      if (!watchers.size) {
        channel.open();
        unlisten = new AbortController();
        const { signal } = unlisten;
        for (const type of ['visibilitychange', 'pagehide', 'pageshow', 'online'])
          page.addEventListener(type, onPageEvent, { signal });
      }
      watchers.set(listener, key);
      return () => {
        if (!watchers.delete(listener)) return;
        if (!isWatched(key)) flights.get(key)?.land(ABORTED);
        if (watchers.size) return;
        unlisten.abort();
        leave();
      };
    },
    decide: (key, wanted, inTabs, since) =>
      staleWhileRevalidate(
        memory.get(key),
        inTabs ? entryOf(log.read(), key).fresh : [],
        wanted,
        now(),
        since,
      ),
    read: (key) => reads.get(key) ?? readCache(key),
    request,
    spend: (origin) => log.update((entries) => spend(entries, origin, now())),
    forget(key, days, start, isTaken) {
      lose(key, days, start, isTaken);
      channel.post({ key, start, isTaken, ...days });
      void cache.change(key, (kept) => cut(kept, days));
      void log.update((entries) => {
        record(entries, key, { fresh: cut(entryOf(entries, key).fresh, days) });
      });
    },
  };
}
