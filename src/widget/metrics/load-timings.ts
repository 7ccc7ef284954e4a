import type { Mark, Outcome, WidgetReport } from '../../protocol/load-report.js';
import { initialState, type Action, type WidgetState } from '../widget-state.js';
import { pageView } from './page-view.js';

/** What can be heard: an action, that the element exists, or that it came near the viewport. */
export type Heard = Action | 'defined' | 'visible';

/** Which action stamps which mark; actions that are missing here stamp none. */
export const MARK_OF: Partial<Record<Action['type'], Mark>> = {
  'times-cached': 'times-cached',
  'times-fresh': 'times-fresh',
  'frame-start': 'frame-start',
  retry: 'frame-start', // what failed before there was a frame gets its first one here
  'frame-load': 'frame-load',
  'frame-ready': 'ready',
  open: 'opened',
  choose: 'slot-chosen',
  booked: 'booked',
};

/** What the visitor did: it belongs to one view of the page. Everything else is on screen when they come back. */
const DEEDS: readonly string[] = ['opened', 'slot-chosen', 'booked'] satisfies Mark[];

/** A page may be open for days; collectors believe figures only within reason. */
const MOST = { ms: 86_400_000, attempts: 1000, instance: 10_000 };

export interface TimingsOptions {
  /** When the present view of the page began, in milliseconds since the page's time origin. */
  viewStart?: () => number;
  /** When the page's time origin was, in milliseconds since 1970. */
  timeOrigin?: number;
}

/**
 * What happened to one widget, and when: as User Timing marks and measures named `booking-widget:<mark>` (for DevTools
 * and any monitoring on the page) and as its part of the load report. The first occurrence counts; a new load starts
 * over. May be told long after the fact, but in order. Never throws.
 */
export class LoadTimings {
  private readonly viewStart: () => number;
  private readonly timeOrigin: number;
  /** Milliseconds since the page's time origin. */
  private marks: Partial<Record<Mark, number>> = {};
  private state: WidgetState = initialState;
  private attempts = 0;
  /** Of the first times on screen, if they were cached: age in milliseconds, and whether that was too old to be fresh. */
  private cached: { readonly age: number; readonly stale: boolean } | undefined;

  /** @param instance counts the widgets of the page from 1 */
  constructor(
    private readonly instance: number,
    { viewStart = () => pageView().start, timeOrigin = performance.timeOrigin }: TimingsOptions = {},
  ) {
    this.viewStart = viewStart;
    this.timeOrigin = timeOrigin;
    viewStart(); // from here on a return to the page is noticed
  }

  /**
   * @param state after the action
   * @param at when it happened, in milliseconds since the page's time origin
   */
  hear(heard: Heard, state: WidgetState, at = performance.now()): void {
    if (typeof heard === 'string') return this.note(heard, at);
    // The reducer hands back the same state for what came too late; a frame's `load` changes nothing either way.
    const counts = heard.type === 'frame-load' ? heard.loadId === state.loadId : state !== this.state;
    this.state = state;
    if (!counts) return;
    if (heard.type === 'load') {
      this.marks = this.marks.defined === undefined ? {} : { defined: this.marks.defined };
      this.attempts = 0;
      this.cached = undefined;
    }
    if (heard.type === 'times-cached' && !this.cached && this.marks['times-fresh'] === undefined) {
      const age = Math.max(0, this.timeOrigin + at - heard.availability.fetchedAt);
      this.cached = { age, stale: heard.stale };
    }
    if (state.frame.status !== 'idle') this.attempts = Math.max(this.attempts, state.frame.attempt);
    const mark = MARK_OF[heard.type];
    if (mark && !(heard.type === 'booked' && heard.booking.change === 'cancelled')) this.note(mark, at);
  }

  note(mark: Mark, at = performance.now()): void {
    const { marks, instance } = this;
    const viewStart = this.viewStart();
    const noted = marks[mark];
    if (noted !== undefined && (noted >= viewStart || !DEEDS.includes(mark))) return;
    marks[mark] = at;
    const name = `booking-widget:${mark}`;
    const detail = { instance, devtools: { track: `booking-widget ${instance}` } };
    // What a visitor waits from: asking for it, seeing the place where it will be, or else the start of the frame.
    const since = marks.opened ?? marks.visible ?? marks['frame-start'];
    try {
      performance.mark(name, { startTime: at, detail });
      if (since !== undefined && since < at)
        performance.measure(name, { start: Math.min(at, Math.max(since, viewStart)), end: at, detail });
    } catch {
      // User Timing is a courtesy: an old or a replaced one must not disturb the page.
    }
  }

  /** The widget's part of a report, as things stand. */
  snapshot({ provider, mode, loading }: Pick<WidgetReport, 'provider' | 'mode' | 'loading'>): WidgetReport {
    const { frame, times } = this.state;
    const { cached } = this;
    const viewStart = this.viewStart();
    const marks = Object.entries(this.marks)
      .filter(([mark, at]) => at >= viewStart || !DEEDS.includes(mark))
      .map(([mark, at]) => [mark, Math.min(MOST.ms, Math.max(0, Math.round(at - viewStart)))] as const);
    return {
      instance: Math.min(this.instance, MOST.instance),
      provider,
      mode,
      loading,
      outcome: this.outcome(),
      ...(frame.status === 'failed' && { failure: frame.failure.code }),
      attempts: Math.min(this.attempts, MOST.attempts),
      cache: cached
        ? cached.stale
          ? 'stale'
          : 'hit'
        : times.known || times.asking !== 'idle'
          ? 'miss'
          : 'off',
      ...(cached && { cacheAge: Math.round(cached.age / 1000) }),
      marks: Object.fromEntries(marks),
    };
  }

  private outcome(): Outcome {
    const { status } = this.state.frame;
    if (status === 'ready' || status === 'shown' || status === 'linked' || status === 'failed') return status;
    if (this.marks.ready !== undefined) return 'ready'; // a frame that was dropped since, for another time
    return this.marks.visible === undefined ? 'unseen' : 'pending';
  }
}
