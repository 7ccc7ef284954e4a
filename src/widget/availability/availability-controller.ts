import type { Availability } from '../../protocol/availability.js';
import { addDays, dayOf, spanOf, type DayWindow } from '../../scheduling/local-days.js';
import { jsonText } from '../platform/json-text.js';
import type { WidgetEvent } from '../state/events.js';
import { browserPlatform } from './browser-platform.js';
import { sharedSlots, type SharedSlots, type SlotsEvent } from './shared-slots.js';
import { keyOf, type AvailabilityQuery, type KeyedQuery } from './slots-sources.js';
import type { Decision } from './stale-while-revalidate.js';
import { windowOf } from './week-pages.js';

export type { DayWindow } from '../../scheduling/local-days.js';
export type { AvailabilityQuery } from './slots-sources.js';

/**
 * Keeps one widget supplied with slots. It emits `slots-pending` when a request begins, `slots-cached` and `slots-fresh`
 * with what is known, `slots-failed`, `slot-taken`, and `slots-past` when slots have begun. Cached slots that are fresh
 * are emitted without `slots-pending`.
 */
export interface AvailabilityController {
  /** Shows what an earlier visit knew, and requests nothing until `load`. */
  recall(query: AvailabilityQuery, window?: DayWindow): void;
  /** Starts in place of what was loaded before; without a window with that of today and the 30 local days after it. */
  load(query: AvailabilityQuery, window?: DayWindow): void;
  /** Requests slots if those on screen are no longer fresh: for when the visitor begins to use them. */
  revalidate(): void;
  /** Requests slots whatever is known, within budget and breaker. */
  refresh(): void;
  /** Goes to other days, in the zone of the query. */
  show(window: DayWindow): void;
  /** Has other days at hand for when they are shown. Failures are silent. */
  prefetch(window: DayWindow): void;
  /**
   * A booking was made or cancelled at `start`: what is known of that day and its neighbours is forgotten, here and in
   * all tabs. With `taken` (a booking was made) the slot itself leaves every screen at once.
   */
  forget(start: string, taken?: boolean): void;
  /** Whether the budget of all tabs allows one request more to an API, by origin; if so, it is counted. */
  readonly spend: SharedSlots['spend'];
  /** Ends everything this widget started. Safe to call twice; `load` starts again. */
  stop(): void;
}

/** While slots are on screen the clock is read this often: it may be set, or the machine may have slept. */
const CLOCK_CHECK_MS = 60_000;

/** After this many failures in a row nothing is requested until something else happens. */
const MAX_FAILURES = 6;

let ofPage: SharedSlots | undefined;

export function availabilityController(
  emit: (event: WidgetEvent) => void,
  slots = (ofPage ??= sharedSlots(browserPlatform())),
): AvailabilityController {
  const { now, startTimer, hidden } = slots.platform;
  let query: KeyedQuery | undefined;
  let window: DayWindow | undefined;
  let shown: Availability | undefined;
  /** Whether what is shown has been confirmed by a response. */
  let isConfirmed = false;
  let isPending = false;
  /** False between `recall` and `load`. */
  let mayRequest = true;
  /** What `recall` has shown, until something else is: `load` does not announce the same again. */
  let recalled = '';
  let failures = 0;
  /** Counts what was wanted, so that late responses lose. */
  let turn = 0;
  let unwatch: (() => void) | undefined;
  let stopClock: (() => void) | undefined;
  let cancelRetry: (() => void) | undefined;

  const wantedSpan = ({ timeZone }: AvailabilityQuery) =>
    spanOf(window ?? windowOf(null, dayOf(now(), timeZone)), timeZone);

  const decide = (keyed: KeyedQuery, inTabs = false, since?: number): Decision =>
    slots.decide(keyed.key, wantedSpan(keyed), inTabs, since);

  /** Takes slots that have begun off the screen, and looks again when the next one begins. */
  const checkClock = (): void => {
    stopClock?.();
    if (!shown) return;
    const at = now();
    const ahead = shown.slots.filter(({ start }) => Date.parse(start) > at);
    if (ahead.length < shown.slots.length) {
      shown = { ...shown, slots: ahead };
      emit({ type: 'slots-past', now: at });
    }
    const [next] = ahead;
    if (next && !hidden())
      stopClock = startTimer(Math.min(Date.parse(next.start) - at, CLOCK_CHECK_MS), checkClock);
  };

  /** No timer runs while the page is hidden. */
  const pause = (): void => {
    stopClock?.();
    cancelRetry?.();
  };

  const show = ({ show: next, request: due }: Decision, isFresh: boolean): void => {
    if (!next) return;
    const { slots: before } = shown ?? {};
    // The same array for the same slots: a comparison of references tells whether anything changed.
    shown = before && jsonText(before) === jsonText(next.slots) ? { ...next, slots: before } : next;
    isConfirmed = isFresh;
    if (isFresh) {
      isPending = false;
      failures = 0;
    }
    const availability = shown;
    const alreadyShown = recalled;
    recalled = mayRequest ? '' : jsonText([availability, !!due]);
    if (isFresh) emit({ type: 'slots-fresh', availability });
    else if (!alreadyShown || jsonText([availability, !!due]) !== alreadyShown)
      emit({ type: 'slots-cached', availability, stale: !!due });
    checkClock();
  };

  const request = (inTabs: boolean, since?: number): void => {
    if (!query || !mayRequest) return;
    const keyed = query;
    const { request: span } = decide(keyed, inTabs, since);
    if (!span) return;
    const mine = turn;
    if (!isPending) {
      isPending = true;
      emit({ type: 'slots-pending' });
    }
    void slots.request(keyed, span, since).then((failure) => {
      if (mine !== turn || !isPending) return;
      if (!failure) return show(decide(keyed), true);
      const { code, detail, retryDelay } = failure;
      // The page is going away; it requests again when it comes back.
      if (code === 'aborted') return;
      isPending = false;
      emit({ type: 'slots-failed', detail, ...(code === 'not-found' && { notFound: true }) });
      cancelRetry?.();
      if (retryDelay && ++failures < MAX_FAILURES && !hidden())
        cancelRetry = startTimer(retryDelay, revalidate);
    });
  };

  const revalidate = (): void => request(false);

  /** Shows what this page knows, starts the request if that is due, and only then reads the cache. */
  const begin = (isBack = false): void => {
    const mine = ++turn;
    isPending = false;
    failures = 0;
    if (!query) return;
    const keyed = query;
    const known = decide(keyed);
    const wasConfirmed = isConfirmed;
    isConfirmed = false;
    // Other days that are fresh need no mark of their own when the first ones were confirmed.
    show(known, wasConfirmed && !known.request);
    request(true);
    void slots.read(keyed.key).then(() => {
      if (mine !== turn) return;
      const found = decide(keyed);
      // A response that was quicker than the cache has been shown already.
      if (isBack ? !found.request : !known.show && !isConfirmed) show(found, isBack);
      // Some tab has requested lately, but its response has not reached this page.
      if (!isPending) revalidate();
    });
  };

  const onEvent = (event: SlotsEvent): void => {
    if (!query) return;
    if (event.type === 'known') {
      const { from, to } = wantedSpan(query);
      const found = decide(query);
      if (event.to > from && event.from < to && !found.request) show(found, true);
    } else if (event.type === 'taken') emit({ type: 'slot-taken', start: event.start });
    else if (hidden()) pause();
    else if (event.type === 'pageshow') begin(true);
    else {
      checkClock();
      revalidate();
    }
  };

  const start = (next: AvailabilityQuery, days: DayWindow | undefined): void => {
    window = days;
    query = { ...next, key: keyOf(next) };
    // The new watch begins before the old one ends, so that what is known of the same page stays known. Each has a
    // listener of its own, which is what the old one is recognised by.
    const before = unwatch;
    unwatch = slots.watch(query.key, (event) => onEvent(event));
    before?.();
    begin();
  };

  return {
    recall(next, days) {
      recalled = '';
      mayRequest = false;
      start(next, days);
    },
    load(next, days) {
      mayRequest = true;
      start(next, days);
    },
    revalidate,
    refresh: () => request(false, now()),
    show(next) {
      window = next;
      begin();
    },
    prefetch(next) {
      if (query && mayRequest) void slots.request(query, spanOf(next, query.timeZone));
    },
    forget(start, taken = true) {
      const at = Date.parse(start);
      if (!query || isNaN(at)) return;
      const { timeZone, key } = query;
      const days = spanOf({ first: addDays(dayOf(at, timeZone), -1), days: 3 }, timeZone);
      slots.forget(key, days, start, taken);
    },
    spend: slots.spend,
    stop() {
      turn++;
      pause();
      unwatch?.();
      query = shown = undefined;
      recalled = '';
      isConfirmed = false;
    },
  };
}
