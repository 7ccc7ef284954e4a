import { MARKS, type LoadReport, type WidgetReport } from '../../protocol/load-report.js';
import { MEASURES, waitsOf, type Measure } from './measures.js';
import { columnOf, type LoadRow } from './schema.js';

/** A report that says it stands for more page views than this is taken for so many. */
const MOST_VIEWS = 10_000;

/** A rate of 0 sends nothing, so whoever says it stands for itself. */
const weightOf = (sampleRate: number): number => (sampleRate > 0 ? Math.min(1 / sampleRate, MOST_VIEWS) : 1);

/** Without query and fragment, whoever put them there. */
export const pageOf = (page: string): string => page.replace(/[?#].*$/s, '');

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

/** A row for each widget. `at` is when the view's first report came. */
export const rowsOf = ({ widgets, ...report }: LoadReport, at: number): LoadRow[] =>
  widgets.map((widget, position) => {
    const measures = measuresOf(widget, position === 0 ? report.vitals : undefined);
    const columns = Object.entries(measures).map(([measure, value]) => [
      columnOf(measure as Measure),
      value ?? null,
    ]);
    const { provider, mode, loading, outcome, failure = null, attempts, cache, cacheAge = null } = widget;
    return {
      ...EMPTY,
      ...(Object.fromEntries(columns) as Partial<LoadRow>),
      view: report.id,
      seq: report.seq,
      at,
      page: pageOf(report.page),
      version: report.version,
      navigation: report.navigation,
      weight: weightOf(report.sampleRate),
      instance: widget.instance,
      provider,
      mode,
      loading,
      outcome,
      failure,
      attempts,
      cache,
      cache_age: cacheAge,
      failed: outcome === 'failed' ? 1 : 0,
    };
  });
