import { retryDelay } from '../retry-backoff.js';
import type { AvailabilityCache } from './availability-cache.js';
import { afterFailure, afterSuccess, circuitState, onTrial } from '../../scheduling/circuit-breaker.js';
import {
  fetchTimes,
  TIME_LIMIT,
  waysToAsk,
  type FetchEdges,
  type TimesFailure,
  type TimesQuery,
  type Way,
} from './fetch-availability.js';
import { cut, learn, missing, type KnownTimes, type Span } from './known-times.js';
import { fieldsOf, readKnownTimes } from './read-availability.js';
import { budgetFreeAt } from './request-budget.js';
import { jot, noteOf, sharedLedger, type Ledger, type LedgerEdges } from './shared-ledger.js';
import { alone } from './single-flight.js';
import { staleWhileRevalidate, type Decision } from './stale-while-revalidate.js';

/** Everything outside that the engine touches. */
export interface TimesEdges extends FetchEdges, LedgerEdges {
  readonly random: () => number;
  readonly cache: AvailabilityCache;
  /** Opens the channel to the other tabs; may throw. */
  readonly channel: () => BroadcastChannel;
  /** Where `visibilitychange`, `pagehide`, `pageshow` and `online` arrive. */
  readonly page: EventTarget;
  readonly hidden: () => boolean;
}

/** A query with its event type's key: the same in every widget, tab and zone, whoever is asked. */
export interface Question extends TimesQuery {
  readonly key: string;
}

/**
 * What the widgets of an event type are told: a range is `known` anew, a time is `taken`. And what all widgets are told:
 * whether the page is looked at may have changed, it is back on the network, or back from where it was put away.
 */
export type News =
  | ({ readonly type: 'known' } & Span)
  | { readonly type: 'taken'; readonly start: string }
  | { readonly type: 'visibilitychange' | 'online' | 'pageshow' };

/** What the widgets of a page, and the tabs of a browser, know and ask together. */
export interface SharedTimes {
  readonly edges: TimesEdges;
  /** `hear` is told the news of an event type until the function that comes back is called. */
  watch(key: string, hear: (news: News) => void): () => void;
  /**
   * What this page can show, and what has to be asked. `inTabs` counts what other tabs have fetched as known, though the
   * times are yet to be read; `since` wants answers from that moment on.
   */
  decide(key: string, wanted: Span, inTabs: boolean, since?: number): Decision;
  /** Adds what the cache knows to what this page knows; once is enough for all widgets. */
  read(key: string): Promise<void>;
  /**
   * Makes sure that all of `span` is known and fresh, with one request for everybody who wants it. `since` wants answers
   * from that moment on. Gives what came between, if anything did; never rejects.
   */
  ask(question: Question, span: Span, since?: number): Promise<TimesFailure | undefined>;
  /** Forgets some days of one event type; `taken` is the time that is gone, if one is. Every tab hears of it. */
  forget(key: string, days: Span, taken: string): void;
}

/** One question under way, for everybody who has it. */
interface Flight {
  span: Span;
  since: number | undefined;
  /** From here on the span is settled. */
  begun: boolean;
  /** There is a result, or nobody wants it any more. */
  over: boolean;
  /** Ends the wait for the other tabs, or the request. */
  stop: AbortController;
  readonly done: Promise<TimesFailure | undefined>;
  /** Lets everybody know, once. */
  readonly land: (failure?: TimesFailure) => void;
}

/** A booked time may come back in an answer that was under way; after this the provider must know. */
const TAKEN_MS = 60_000;

const CALLED_OFF: TimesFailure = { code: 'called-off', detail: '', wait: 0 };

export function sharedTimes(edges: TimesEdges): SharedTimes {
  const { cache, now } = edges;
  const ledger = sharedLedger(edges);
  const memory = new Map<string, readonly KnownTimes[]>();
  const reads = new Map<string, Promise<void>>();
  const flights = new Map<string, Flight>();
  const watchers = new Map<(news: News) => void, string>();
  const gone = new Map<string, number>();
  let channel: BroadcastChannel | undefined;
  let unlisten = new AbortController();

  const recall = (key: string): readonly KnownTimes[] => memory.get(key) ?? [];
  const gap = (key: string, { span, since }: Flight): Span | null => missing(recall(key), span, now(), since);
  const isWatched = (key: string): boolean => [...watchers.values()].includes(key);

  const tell = (news: News, key?: string): void => {
    watchers.forEach((watched, hear) => {
      if (!key || key === watched) hear(news);
    });
  };

  const send = (key: string, message: object): void => {
    try {
      channel?.postMessage({ v: 1, key, ...message });
    } catch {
      // The other tabs find out by themselves.
    }
  };

  /** An answer that was under way when a time was taken may still hold it. */
  const withoutGone = (key: string, answer: KnownTimes): KnownTimes => ({
    ...answer,
    slots: answer.slots.filter(
      ({ start }) => !(now() - (gone.get(`${Date.parse(start)} ${key}`) ?? 0) < TAKEN_MS),
    ),
  });

  const remember = (key: string, answers: readonly KnownTimes[]): void => {
    memory.set(key, learn(recall(key), answers, now()));
  };

  const announce = (key: string, answer: KnownTimes): void => {
    const { from, to } = answer;
    remember(key, [answer]);
    tell({ type: 'known', from, to }, key);
  };

  const read = (key: string): Promise<void> => {
    const reading = cache.read(key).then((answers) => {
      remember(key, answers);
    });
    reads.set(key, reading);
    return reading;
  };

  const lose = (key: string, days: Span, start: string): void => {
    memory.set(key, cut(recall(key), days));
    if (!start) return;
    gone.set(`${Date.parse(start)} ${key}`, now());
    tell({ type: 'taken', start }, key);
  };

  // ── The other tabs ────────────────────────────────────────────────────────────────────────────────────────────

  /** Whatever comes through the channel is read with care; what a page does to itself with numbers is its own affair. */
  const hearTab = ({ data }: MessageEvent): void => {
    const { v, key, known, taken, from, to } = fieldsOf(data);
    if (v !== 1 || typeof key !== 'string' || !isWatched(key)) return;
    if (typeof taken === 'string') lose(key, { from: Number(from), to: Number(to) }, taken);
    for (const answer of readKnownTimes(known) ?? []) announce(key, answer);
    const flight = flights.get(key);
    if (flight && !flight.begun && !gap(key, flight)) flight.land();
  };

  const openChannel = (): void => {
    try {
      channel ??= edges.channel();
      channel.onmessage = hearTab;
    } catch {
      // Then every tab asks for itself.
    }
  };

  /** A page that may be put away and come back holds neither locks nor a channel. */
  const leave = (): void => {
    flights.forEach(({ land }) => {
      land(CALLED_OFF);
    });
    channel?.close();
    channel = undefined;
    // What the others find out from now on is not heard.
    memory.clear();
    reads.clear();
  };

  const onPage = (event: Event): void => {
    const { type, persisted } = event as PageTransitionEvent;
    if (type === 'pagehide') return leave();
    // The first `pageshow` of a page only says that it has loaded.
    if (type === 'pageshow' && !persisted) return;
    openChannel();
    tell({ type: type as 'pageshow' });
  };

  // ── Asking ────────────────────────────────────────────────────────────────────────────────────────────────────

  /**
   * Finds out what is still to be asked and who may be asked, and counts the request. `false` when there is nothing to
   * ask, `true` when another tab has just got it.
   */
  const plan = (
    question: Question,
    flight: Flight,
    book: Ledger,
    trust: boolean,
  ): { way: Way; need: Span } | TimesFailure | boolean => {
    const { key } = question;
    const need = gap(key, flight);
    if (!need || (trust && !missing(noteOf(book, key).fresh, need, now(), flight.since))) return !!need;
    flight.begun = true;
    let until = Infinity;
    let detail = 'nobody';
    for (const way of waysToAsk(question, need)) {
      const { origin } = way;
      const api = noteOf(book, origin);
      const paused = Math.max(api.until, budgetFreeAt(api.sent));
      detail = `${origin} paused, circuit ${circuitState(api, now())}`;
      // A question that was at fault is not repeated by itself.
      if (noteOf(book, `${origin} ${key}`).until > now()) continue;
      until = Math.min(until, paused);
      if (paused > now()) continue;
      jot(book, origin, { ...onTrial(api, now()), sent: [...api.sent, now()] });
      return { way, need };
    }
    return { code: 'paused', detail, wait: until < Infinity ? until - now() : 0 };
  };

  const run = async (question: Question, flight: Flight): Promise<TimesFailure | undefined> => {
    const { key } = question;
    let trust = true;
    let seen: TimesFailure | undefined;
    for (;;) {
      const next = await ledger.update((book) => plan(question, flight, book, trust));
      if (!next || flight.over) return;
      if (next === true) {
        // If its answer is not to be found, we ask all the same.
        trust = false;
        await read(key);
        continue;
      }
      if ('code' in next)
        return seen ? { ...seen, detail: `${seen.detail}; ${next.detail}`, wait: next.wait } : next;
      const { origin } = next.way;
      const name = `${origin} ${key}`;
      flight.stop = new AbortController();
      const result = await fetchTimes(next.way, next.need, edges, flight.stop);
      if (flight.over) return;
      if ('code' in result) {
        if (result.code === 'offline') return result;
        seen = result;
        // A question that is at fault says nothing about the API.
        const struck = result.code === 'refused' ? name : origin;
        await ledger.update((book) => {
          const note = noteOf(book, struck);
          const delay = retryDelay(note.failures + 1, edges.random);
          jot(book, struck, afterFailure(note, now(), Math.max(result.wait, delay)));
        });
        continue;
      }
      const answer = withoutGone(key, result);
      announce(key, answer);
      send(key, { known: [answer] });
      flight.land();
      const { slots, ...stretch } = answer;
      // Both before the lock is given back: who comes next finds them.
      await Promise.all([
        cache.change(key, (kept) => learn(kept, [answer], now())),
        ledger.update((book) => {
          jot(book, key, { fresh: learn(noteOf(book, key).fresh, [stretch], now()) });
          jot(book, origin, afterSuccess(noteOf(book, origin), now()));
          jot(book, name, { failures: 0, until: 0 });
        }),
      ]);
      return;
    }
  };

  const ask: SharedTimes['ask'] = async (question, span, since) => {
    const { key } = question;
    const { from, to } = span;
    const under = flights.get(key);
    if (under) {
      const { span: other } = under;
      if (!under.begun && other.from <= to && from <= other.to) {
        under.span = { from: Math.min(from, other.from), to: Math.max(to, other.to) };
        under.since = since ?? under.since;
      }
      const isPart = under.span.from <= from && under.span.to >= to;
      const failure = await under.done;
      return isPart || failure === CALLED_OFF ? failure : ask(question, span, since);
    }
    let land: Flight['land'] = () => undefined;
    const done = new Promise<TimesFailure | undefined>((resolve) => {
      land = (failure) => {
        if (flight.over) return;
        flights.delete(key);
        flight.over = true;
        flight.stop.abort();
        resolve(failure);
      };
    });
    const stop = new AbortController();
    const flight: Flight = { span, since, begun: false, over: false, stop, done, land };
    flights.set(key, flight);
    alone(`booking-widget ${key}`, () => run(question, flight), edges, TIME_LIMIT + 2000, stop).then(
      land,
      // A mistake of ours or of a provider's must not leave anybody waiting.
      (cause: unknown) => {
        land({ ...CALLED_OFF, code: 'unreachable', detail: String(cause) });
      },
    );
    return done;
  };

  return {
    edges,
    watch(key, hear) {
      if (!watchers.size) {
        openChannel();
        unlisten = new AbortController();
        const { signal } = unlisten;
        for (const type of ['visibilitychange', 'pagehide', 'pageshow', 'online'])
          edges.page.addEventListener(type, onPage, { signal });
      }
      watchers.set(hear, key);
      return () => {
        if (!watchers.delete(hear)) return;
        if (!isWatched(key)) flights.get(key)?.land(CALLED_OFF);
        if (watchers.size) return;
        unlisten.abort();
        leave();
      };
    },
    decide: (key, wanted, inTabs, since) =>
      staleWhileRevalidate(recall(key), inTabs ? noteOf(ledger.read(), key).fresh : [], wanted, now(), since),
    read: (key) => reads.get(key) ?? read(key),
    ask,
    forget(key, days, taken) {
      lose(key, days, taken);
      send(key, { taken, ...days });
      void cache.change(key, (kept) => cut(kept, days));
      void ledger.update((book) => {
        jot(book, key, { fresh: cut(noteOf(book, key).fresh, days) });
      });
    },
  };
}
