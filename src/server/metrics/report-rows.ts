import { MARKS, type LoadReport, type WidgetReport } from '../../protocol/load-report.js';
import { MEASURES, waitsOf, type Measure } from './measures.js';
import type { ClientClass } from './client-class.js';
import { LIMITS } from './limits.js';
import { LOADINGS, MODES, NAVIGATIONS, oneOf } from './names.js';
import { columnOf, type LoadRow } from './schema.js';

/** A report as it arrived, with what its request says of the browser. */
export type ReceivedReport = LoadReport & Partial<ClientClass>;

/**
 * How many page views a report stands for, as far as the owner's sampling allows: it says so itself, and anybody can send
 * one. A rate of 0 sends nothing, so a report with it stands for itself.
 */
const weightOf = (sampleRate: number, min: number): number =>
  sampleRate > 0 ? 1 / Math.max(sampleRate, min) : 1;

/** Without query and fragment, and cut off at a maximum length. */
export const pageOf = (page: string): string => page.replace(/[?#].*$/s, '').slice(0, LIMITS.pageLength);

function measuresOf(
  widget: WidgetReport,
  vitals: LoadReport['vitals'] | undefined,
): Partial<Record<Measure, number | undefined>> {
  return {
    ...waitsOf(widget),
    ...Object.fromEntries(MARKS.map((mark) => [mark, widget.marks[mark]])),
    ...(vitals && { lcp: vitals.lcp, inp: vitals.inp, cls: vitals.cls, 'widget-cls': vitals.widgetCls }),
  };
}

/** Rows that are stored together name the same columns. */
const EMPTY = Object.fromEntries(MEASURES.map((measure) => [columnOf(measure), null])) as Pick<
  LoadRow,
  ReturnType<typeof columnOf>
>;

/** A row for each widget. `at` is when the view's first report came, `minRate` the smallest sample rate that is believed. */
export const rowsOf = ({ widgets, ...report }: ReceivedReport, at: number, minRate: number): LoadRow[] =>
  widgets.slice(0, LIMITS.widgets).map((widget, position) => {
    const measures = measuresOf(widget, position === 0 ? report.vitals : undefined);
    const columns = Object.entries(measures).map(([measure, value]) => [
      columnOf(measure as Measure),
      value ?? null,
    ]);
    const { provider, outcome, failure = null, attempts, cache, cacheAge = null } = widget;
    return {
      ...EMPTY,
      ...(Object.fromEntries(columns) as Partial<LoadRow>),
      view: report.id,
      seq: report.seq,
      at,
      page: pageOf(report.page),
      version: report.version,
      navigation: oneOf(NAVIGATIONS, report.navigation),
      weight: weightOf(report.sampleRate, minRate),
      instance: widget.instance,
      provider,
      calendar: pageOf(widget.calendar ?? ''),
      browser: report.browser ?? '',
      device: report.device ?? '',
      mode: oneOf(MODES, widget.mode),
      loading: oneOf(LOADINGS, widget.loading),
      outcome,
      failure,
      attempts,
      cache,
      cache_age: cacheAge,
      failed: outcome === 'failed' ? 1 : 0,
    };
  });
