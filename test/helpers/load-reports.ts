import type { LoadReport, WidgetReport } from '../../src/protocol/load-report.js';

/** A widget as reports name it. */
export const widgetReport = (instance: number, more: Partial<WidgetReport> = {}): WidgetReport => ({
  instance,
  provider: 'cal',
  mode: 'inline',
  loading: 'lazy',
  outcome: 'ready',
  attempts: 1,
  cache: 'stale',
  cacheAge: 12,
  marks: { defined: 12, visible: 1234, 'frame-start': 1240, 'frame-load': 2000, ready: 2345 },
  ...more,
});

/** A report of a page with these widgets. */
export const loadReport = (widgets: readonly WidgetReport[]): LoadReport => ({
  v: 1,
  id: 'k3j5h2g7f9',
  seq: 1,
  page: 'https://example.com/book',
  version: '0.1.0',
  navigation: 'navigate',
  sampleRate: 1,
  vitals: { lcp: 1200.5, cls: 0.0123, inp: 48, widgetCls: 0, widgetLcp: false, widgetInp: true },
  widgets,
});
