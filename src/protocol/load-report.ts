import * as z from 'zod/mini';
import { FAILURE_CODES, type FailureCode } from './failure-code.js';

/**
 * How a widget's load ended. `ready`: the scheduling page said so. `shown`: it was loaded, but this provider never
 * says more. `linked`: nobody may frame this provider's pages, so a link stands there. `failed`: given up for now, see `failure`. `pending`: the page was left before any of these.
 * `unseen`: the widget never came near the viewport.
 */
export const OUTCOMES = ['ready', 'shown', 'linked', 'failed', 'pending', 'unseen'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Where the first times on screen came from. `off`: no slots were requested. */
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
  readonly mode: string;
  readonly loading: string;
  readonly outcome: Outcome;
  readonly failure?: FailureCode;
  /** How often the frame was started. */
  readonly attempts: number;
  readonly cache: CacheResult;
  /** Age of the cached times when shown, in seconds. */
  readonly cacheAge?: number;
  readonly marks: Readonly<Partial<Record<Mark, number>>>;
}

/** Core Web Vitals of the page, in milliseconds (CLS has no unit), and what of them is the widget's doing. */
export interface PageVitals {
  readonly lcp?: number;
  readonly cls?: number;
  readonly inp?: number;
  /** The part of `cls` that widgets are seen to have caused; in doubt it is theirs. */
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
  /** Grows with every report of one view, from 1; the highest is the whole story. */
  readonly seq: number;
  /** Origin and path of the page, never its query or fragment. */
  readonly page: string;
  /** Version of booking-widget. */
  readonly version: string;
  /** As in Navigation Timing, or `back-forward-cache`, `prerender`. */
  readonly navigation: string;
  /** Share of page views that report, so that a collector can count back. */
  readonly sampleRate: number;
  readonly vitals: PageVitals;
  /** The most telling first; what does not fit is left out. A widget that loaded another page is there once for each. */
  readonly widgets: readonly WidgetReport[];
}

const word = z.string().check(z.maxLength(40));
const ms = z.number().check(z.minimum(0), z.maximum(86_400_000));

/** For collectors and tests; the browser only writes reports. */
export const loadReportSchema = z.object({
  v: z.literal(1),
  id: word,
  seq: z.int().check(z.minimum(1), z.maximum(1000)),
  page: z.string().check(z.maxLength(2048)),
  version: word,
  navigation: word,
  sampleRate: z.number().check(z.minimum(0), z.maximum(1)),
  vitals: z.object({
    lcp: z.exactOptional(ms),
    cls: z.exactOptional(z.number().check(z.minimum(0), z.maximum(1000))),
    inp: z.exactOptional(ms),
    widgetCls: z.exactOptional(z.number().check(z.minimum(0), z.maximum(1000))),
    widgetLcp: z.exactOptional(z.boolean()),
    widgetInp: z.exactOptional(z.boolean()),
  }),
  widgets: z
    .array(
      z.object({
        instance: z.int().check(z.minimum(1), z.maximum(10_000)),
        provider: word,
        mode: word,
        loading: word,
        outcome: z.enum(OUTCOMES),
        failure: z.exactOptional(z.enum(FAILURE_CODES)),
        attempts: z.int().check(z.minimum(0), z.maximum(1000)),
        cache: z.enum(CACHE_RESULTS),
        cacheAge: z.exactOptional(z.number().check(z.minimum(0))),
        marks: z.partialRecord(z.enum(MARKS), ms),
      }),
    )
    .check(z.maxLength(200)),
}) satisfies z.ZodMiniType<LoadReport>;
