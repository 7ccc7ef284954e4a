import type { LoadReport, WidgetReport } from '../../src/protocol/load-report.js';

export const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

let views = 0;

export const aWidget = (more: Partial<WidgetReport> = {}): WidgetReport => ({
  instance: 1,
  provider: 'cal',
  mode: 'inline',
  loading: 'lazy',
  outcome: 'ready',
  attempts: 1,
  cache: 'miss',
  marks: { defined: 100, visible: 200, 'times-fresh': 450, 'frame-start': 500, ready: 1500 },
  ...more,
});

/** A report of a page view of its own. */
export const aReport = (more: Partial<LoadReport> = {}, ...widgets: Partial<WidgetReport>[]): LoadReport => ({
  v: 1,
  id: `view-${++views}`,
  seq: 1,
  page: 'https://shop.example/book',
  version: '0.1.0',
  navigation: 'navigate',
  sampleRate: 1,
  vitals: { lcp: 900 },
  widgets: widgets.length > 0 ? widgets.map(aWidget) : [aWidget()],
  ...more,
});

/** What a browser sends. */
export const beacon = (
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Request =>
  new Request('http://companion.test/v1/metrics', {
    method: 'POST',
    headers: { 'content-type': 'text/plain;charset=UTF-8', 'user-agent': BROWSER, ...headers },
    body,
  });
