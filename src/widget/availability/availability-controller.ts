import type { Availability } from '../../protocol/availability.js';
import type { Action } from '../widget-state.js';
import { browserEdges } from './browser-edges.js';
import { keyOf, type TimesQuery } from './fetch-availability.js';
import { addDays, dayOf, spanOf, type DayWindow } from '../../scheduling/local-days.js';
import { sharedTimes, type News, type Question, type SharedTimes } from './shared-times.js';
import type { Decision } from './stale-while-revalidate.js';
import { windowOf } from './week-pages.js';

export type { TimesQuery } from './fetch-availability.js';
export type { DayWindow } from '../../scheduling/local-days.js';

/**
 * Keeps one widget supplied with times. It tells by actions: `times-ask` when somebody is asked, `times-cached` and
 * `times-fresh` with what is known, `times-fail`, `times-taken`, and `times-past` when times have begun. Cached times
 * that are fresh are told without `times-ask`.
 */
export interface AvailabilityController {
  /** Starts in place of what was loaded before; without a window with that of today and the 30 local days after it. */
  load(query: TimesQuery, loadId: number, window?: DayWindow): void;
  /** Asks if what is shown is no longer fresh: for when the visitor begins to use the times. */
  revalidate(): void;
  /** Asks whatever is known, within budget and breaker. */
  refresh(): void;
  /** Goes to other days, in the zone of the query. */
  show(window: DayWindow): void;
  /** Has other days at hand for when they are shown. Failures are silent. */
  prefetch(window: DayWindow): void;
  /**
   * A booking was made or cancelled at `start`: what is known of that day and its neighbours is forgotten, here and in
   * all tabs. With `taken` (a booking was made) the time itself leaves every screen at once.
   */
  forget(start: string, taken?: boolean): void;
  /** Ends everything this widget started. Safe to call twice; `load` starts anew. */
  stop(): void;
}

/** While times are on screen the clock is looked at this often: it may be set, or the machine may have slept. */
const LOOK_MS = 60_000;

/** After so many failures in a row nobody is asked until something happens. */
const MOST_FAILURES = 6;

let ofPage: SharedTimes | undefined;

export function availabilityController(
  dispatch: (action: Action) => void,
  times = (ofPage ??= sharedTimes(browserEdges())),
): AvailabilityController {
  const { now, later, hidden } = times.edges;
  let query: Question | undefined;
  let loadId = 0;
  let window: DayWindow | undefined;
  let shown: Availability | undefined;
  /** Whether what is shown has been confirmed by somebody who asked. */
  let confirmed = false;
  let asking = false;
  let failures = 0;
  /** Counts what was wanted, so that late answers lose. */
  let turn = 0;
  let unwatch: (() => void) | undefined;
  let unlook: (() => void) | undefined;
  let unretry: (() => void) | undefined;

  const wanted = ({ timeZone }: TimesQuery) =>
    spanOf(window ?? windowOf(null, dayOf(now(), timeZone)), timeZone);

  const decide = (asked: Question, inTabs = false, since?: number): Decision =>
    times.decide(asked.key, wanted(asked), inTabs, since);

  /** Takes times that have begun off the screen, and looks again when the next one begins. */
  const look = (): void => {
    unlook?.();
    if (!shown) return;
    const at = now();
    const slots = shown.slots.filter(({ start }) => Date.parse(start) > at);
    if (slots.length < shown.slots.length) {
      shown = { ...shown, slots };
      dispatch({ type: 'times-past', now: at });
    }
    const [next] = slots;
    if (next && !hidden()) unlook = later(Math.min(Date.parse(next.start) - at, LOOK_MS), look);
  };

  /** No timer runs while nobody looks. */
  const rest = (): void => {
    unlook?.();
    unretry?.();
  };

  const tell = ({ show, ask: due }: Decision, isFresh: boolean): void => {
    if (!show) return;
    const { slots } = shown ?? {};
    // The same array for the same times: whoever draws sees at a glance that nothing has changed.
    shown = slots && JSON.stringify(slots) === JSON.stringify(show.slots) ? { ...show, slots } : show;
    confirmed = isFresh;
    if (isFresh) {
      asking = false;
      failures = 0;
    }
    const news = { loadId, availability: shown };
    dispatch(isFresh ? { type: 'times-fresh', ...news } : { type: 'times-cached', ...news, stale: !!due });
    look();
  };

  const ask = (inTabs: boolean, since?: number): void => {
    if (!query) return;
    const asked = query;
    const { ask: span } = decide(asked, inTabs, since);
    if (!span) return;
    const mine = turn;
    if (!asking) {
      asking = true;
      dispatch({ type: 'times-ask', loadId });
    }
    void times.ask(asked, span, since).then((failure) => {
      if (mine !== turn || !asking) return;
      if (!failure) return tell(decide(asked), true);
      const { code, detail, wait } = failure;
      // The page is being put away; it asks again when it comes back.
      if (code === 'called-off') return;
      asking = false;
      dispatch({ type: 'times-fail', loadId, detail });
      unretry?.();
      if (wait && ++failures < MOST_FAILURES && !hidden()) unretry = later(wait, revalidate);
    });
  };

  const revalidate = (): void => {
    ask(false);
  };

  /** Shows what this page knows, starts asking if that is due, and only then looks into the cache. */
  const begin = (isBack = false): void => {
    const mine = ++turn;
    asking = false;
    failures = 0;
    if (!query) return;
    const asked = query;
    const known = decide(asked);
    const wasConfirmed = confirmed;
    confirmed = false;
    // Other days that are fresh need no mark of their own when the first ones were confirmed.
    tell(known, wasConfirmed && !known.ask);
    ask(true);
    void times.read(asked.key).then(() => {
      if (mine !== turn) return;
      const found = decide(asked);
      // An answer that was quicker than the cache has been told already.
      if (isBack ? !found.ask : !known.show && !confirmed) tell(found, isBack);
      // Some tab has asked lately, but its answer has not come down to us.
      if (!asking) revalidate();
    });
  };

  const hear = (news: News): void => {
    if (!query) return;
    if (news.type === 'known') {
      const { from, to } = wanted(query);
      const found = decide(query);
      if (news.to > from && news.from < to && !found.ask) tell(found, true);
    } else if (news.type === 'taken') dispatch({ type: 'times-taken', start: news.start });
    else if (hidden()) rest();
    else if (news.type === 'pageshow') begin(true);
    else {
      look();
      revalidate();
    }
  };

  const stop = (): void => {
    turn++;
    rest();
    unwatch?.();
    query = shown = undefined;
    confirmed = false;
  };

  return {
    load(next, id, days) {
      if (id !== loadId) confirmed = false;
      loadId = id;
      window = days;
      query = { ...next, key: keyOf(next) };
      // The new watch begins before the old one ends, so that what is known of the same page stays known.
      const before = unwatch;
      unwatch = times.watch(query.key, (news) => {
        hear(news);
      });
      before?.();
      begin();
    },
    revalidate,
    refresh() {
      ask(false, now());
    },
    show(next) {
      window = next;
      begin();
    },
    prefetch(next) {
      if (query) void times.ask(query, spanOf(next, query.timeZone));
    },
    forget(start, taken = true) {
      const at = Date.parse(start);
      if (!query || isNaN(at)) return;
      const { timeZone } = query;
      const days = spanOf({ first: addDays(dayOf(at, timeZone), -1), days: 3 }, timeZone);
      times.forget(query.key, days, taken ? start : '');
    },
    stop,
  };
}
