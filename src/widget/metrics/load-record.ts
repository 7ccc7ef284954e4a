import type { Mark, Outcome, WidgetReport } from '../../protocol/load-report.js';
import { initialState } from '../state/initial-state.js';
import { shownFailure } from '../state/selectors.js';
import type { WidgetEvent } from '../state/events.js';
import type { WidgetState } from '../state/state.js';
import { pageView } from './page-view.js';

/** Which event stamps which mark; events that are missing here stamp none. */
export const MARK_OF: Partial<Record<WidgetEvent['type'], Mark>> = {
  visible: 'visible',
  'slots-cached': 'times-cached',
  'slots-fresh': 'times-fresh',
  'frame-load': 'frame-load',
  'frame-ready': 'ready',
  open: 'opened',
  choose: 'slot-chosen',
  booked: 'booked',
};

/** What the visitor did belongs to one view of the page. Everything else is on screen when they come back. */
const VISITOR_MARKS: readonly string[] = ['opened', 'slot-chosen', 'booked'] satisfies Mark[];

/** A page may be open for days; collectors believe figures only within reason. */
const MAX = { ms: 86_400_000, attempts: 1000, instance: 10_000, calendar: 300 };

/** Names the calendar: no query, in which links carry names and campaigns. */
const calendarOf = (page: URL, provider: WidgetState['provider']): string =>
  (provider?.canonical(page) ?? page.href).split(/[?#]/, 1).join('').slice(0, MAX.calendar);

export interface LoadRecordOptions {
  /** When the present view of the page began, in milliseconds since the page's time origin. */
  readonly viewStart?: () => number;
  /** When the page's time origin was, in milliseconds since 1970. */
  readonly timeOrigin?: number;
  /** Called for every mark that is set. `since`: the mark that a visitor waits from; both since the time origin. */
  readonly onMark?: (mark: Mark, at: number, since: number | undefined) => void;
}

/**
 * What happened to one widget during one load, and when, as its part of the load report. The first occurrence of a mark
 * counts; a new load starts over. Events may be recorded long after the fact, but in order.
 */
export class LoadRecord {
  private readonly viewStart: () => number;
  private readonly timeOrigin: number;
  private readonly onMark: NonNullable<LoadRecordOptions['onMark']>;
  /** Milliseconds since the page's time origin. */
  private marks: Partial<Record<Mark, number>> = {};
  private state: WidgetState = initialState;
  private attempts = 0;
  /** Of the first slots on screen, if they were cached: age in milliseconds, and whether that was too old to be fresh. */
  private cached: { readonly age: number; readonly stale: boolean } | undefined;

  /** @param instance counts the widgets of the page from 1 */
  constructor(
    private readonly instance: number,
    {
      viewStart = () => pageView().start,
      timeOrigin = performance.timeOrigin,
      onMark = () => undefined,
    }: LoadRecordOptions = {},
  ) {
    this.viewStart = viewStart;
    this.timeOrigin = timeOrigin;
    this.onMark = onMark;
    viewStart(); // from here on a return to the page is noticed
  }

  /**
   * @param state after the event
   * @param at when it happened, in milliseconds since the page's time origin
   */
  record(event: WidgetEvent, state: WidgetState, at = performance.now()): void {
    const { run } = this.state.frame;
    this.state = state;
    if (event.type === 'load') {
      const { defined } = this.marks;
      this.marks = defined === undefined ? {} : { defined };
      this.attempts = 0;
      this.cached = undefined;
    }
    if (event.type === 'slots-cached' && !this.cached && this.marks['times-fresh'] === undefined) {
      const age = Math.max(0, this.timeOrigin + at - event.availability.fetchedAt);
      this.cached = { age, stale: event.stale };
    }
    this.attempts = Math.max(this.attempts, state.frame.attempt);
    if (state.frame.run !== run) this.mark('frame-start', at);
    const mark = MARK_OF[event.type];
    if (mark && !(event.type === 'booked' && event.booking.change === 'cancelled')) this.mark(mark, at);
  }

  mark(mark: Mark, at = performance.now()): void {
    const { marks } = this;
    const noted = marks[mark];
    if (noted !== undefined && (noted >= this.viewStart() || !VISITOR_MARKS.includes(mark))) return;
    marks[mark] = at;
    // What a visitor waits from: asking for it, seeing the place where it will be, or else the start of the frame.
    const since = marks.opened ?? marks.visible ?? marks['frame-start'];
    this.onMark(mark, at, since === undefined ? undefined : Math.max(since, this.viewStart()));
  }

  /** The widget's part of a report, as things stand. */
  snapshot(): WidgetReport {
    const { options, provider, source, slots } = this.state;
    const { cached } = this;
    const viewStart = this.viewStart();
    const marks = Object.entries(this.marks)
      .filter(([mark, at]) => at >= viewStart || !VISITOR_MARKS.includes(mark))
      .map(([mark, at]) => [mark, Math.min(MAX.ms, Math.max(0, Math.round(at - viewStart)))] as const);
    const failure = shownFailure(this.state);
    const outcome = this.outcome();
    const hadSlots = slots.known !== null || slots.request === 'pending' || slots.request === 'failed';
    return {
      instance: Math.min(this.instance, MAX.instance),
      provider: provider?.id ?? (source.status === 'page' ? source.provider : ''),
      ...(source.status === 'page' && { calendar: calendarOf(source.page, provider) }),
      mode: options.mode,
      loading: options.loading,
      outcome,
      ...(outcome === 'failed' && failure && { failure: failure.code }),
      attempts: Math.min(this.attempts, MAX.attempts),
      cache: cached ? (cached.stale ? 'stale' : 'hit') : hadSlots ? 'miss' : 'off',
      ...(cached && { cacheAge: Math.round(cached.age / 1000) }),
      marks: Object.fromEntries(marks),
    };
  }

  /** How the load ended, as things stand. */
  outcome(): Outcome {
    const { frame } = this.state;
    const { status } = frame;
    if (status === 'ready' || status === 'shown' || status === 'linked' || status === 'failed') return status;
    if (shownFailure(this.state)) return 'failed'; // a retry is under way
    if (this.marks.ready !== undefined) return 'ready'; // a frame that was dropped since, for another slot
    return this.marks.visible === undefined ? 'unseen' : 'pending';
  }
}
