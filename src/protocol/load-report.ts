import type { FailureCode } from './failure-code.js';

/**
 * How a widget's load ended. `ready`: the scheduling page sent its ready message. `shown`: it was loaded, but this
 * provider sends none. `linked`: this provider forbids framing, so a link is shown instead. `failed`: given up for now,
 * see `failure`. `pending`: the page was left before any of these. `unseen`: the widget never came near the viewport.
 */
export const OUTCOMES = ['ready', 'shown', 'linked', 'failed', 'pending', 'unseen'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Where the first slots on screen came from. `off`: no slots were requested. */
export const CACHE_RESULTS = ['hit', 'stale', 'miss', 'off'] as const;
export type CacheResult = (typeof CACHE_RESULTS)[number];

/** Milliseconds since the page became visible to a visitor (navigation start, or activation if it was prerendered). */
export const MARKS = [
  'defined',
  'visible',
  'times-cached',
  'times-fresh',
  'frame-start',
  'frame-load',
  'ready',
  'opened',
  'slot-chosen',
  'booked',
] as const;
export type Mark = (typeof MARKS)[number];

/** One widget's part of a report. */
export interface WidgetReport {
  /** Counts the widgets of one page view from 1. */
  readonly instance: number;
  readonly provider: string;
  /** Origin and path of the scheduling page, in the provider's canonical form, without query or fragment. Missing before there is one. */
  readonly calendar?: string;
  readonly mode: string;
  readonly loading: string;
  readonly outcome: Outcome;
  readonly failure?: FailureCode;
  /** How often the frame was started. */
  readonly attempts: number;
  readonly cache: CacheResult;
  /** Age of the cached slots when shown, in seconds. */
  readonly cacheAge?: number;
  readonly marks: Readonly<Partial<Record<Mark, number>>>;
}

/** Core Web Vitals of the page, in milliseconds (CLS has no unit), and the widgets' share of them. */
export interface PageVitals {
  readonly lcp?: number;
  readonly cls?: number;
  readonly inp?: number;
  /** The share of `cls` that widgets caused; an uncertain shift counts as theirs. */
  readonly widgetCls?: number;
  /** Whether the largest paint was a widget's; missing where the browser names no element, as in a shadow tree. */
  readonly widgetLcp?: boolean | undefined;
  /** Whether the slowest interaction was with a widget; missing where the browser names no target. */
  readonly widgetInp?: boolean | undefined;
}

/** One page view's report, sent at most once per terminal outcome and when the page is hidden. At most 16 kB of JSON. */
export interface LoadReport {
  readonly v: 1;
  /** Random per page view, stored nowhere: lets a collector replace an earlier report of the same view by a later one. */
  readonly id: string;
  /** Grows with every report of one view, from 1; the report with the highest number replaces all others. */
  readonly seq: number;
  /** Origin and path of the page, never its query or fragment. */
  readonly page: string;
  /** Version of booking-widget. */
  readonly version: string;
  /** As in Navigation Timing, or `back-forward-cache`, `prerender`. */
  readonly navigation: string;
  /** Share of page views that report, so that a collector can scale counts up. */
  readonly sampleRate: number;
  readonly vitals: PageVitals;
  /** The most important outcomes first; what does not fit is left out. A widget that loaded another page has one entry for each. */
  readonly widgets: readonly WidgetReport[];
}
