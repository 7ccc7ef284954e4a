import type { LoadReport, WidgetReport } from '../../protocol/load-report.js';
import { createBeacon, type Beacon } from './beacon.js';
import { composeReport } from './compose-report.js';
import { lateVitals } from './late-vitals.js';
import type { PageView } from './page-view.js';

/** A widget as the reporter sees it. */
export interface Reported {
  readonly host: Element;
  /** How things stand with it; asked whenever a report is made. */
  readonly snapshot: () => WidgetReport;
}

export interface Reporter {
  /** Returns what takes the widget out again; its story so far stays in this view's reports. Twice is fine. */
  add(widget: Reported): () => void;
  /** Something new is known; `terminal` when it is how a load ended, or a booking. */
  changed(reason?: 'terminal'): void;
}

export interface ReporterOptions {
  /** Where reports go: an absolute http(s) address. */
  readonly endpoint: string;
  /** Share of page loads that report, 0 … 1; said in the report, not drawn here. */
  readonly sampleRate: number;
  /** Version of booking-widget. */
  readonly version: string;
  /** The present view of the page. */
  readonly view: () => PageView;
}

/** How long news is gathered into one report, so that many widgets that become ready together send one. */
const GATHER_MS = 1000;

/** This many widgets that are gone are remembered. */
const REMEMBERED = 50;

/** Reports of one view; a collector takes no more. */
const MOST_REPORTS = 1000;

/**
 * One page's reports to one endpoint: when the page is hidden, at a terminal outcome, and, where the browser can keep
 * one for later, when the page ends in any other way. Listens to the page only while it has widgets.
 */
export function createReporter(
  { endpoint, sampleRate, version, view }: ReporterOptions,
  beacon: Beacon = createBeacon(endpoint),
  watch = lateVitals,
  gather = GATHER_MS,
): Reporter {
  const widgets = new Set<Reported>();
  let gone: WidgetReport[] = [];
  let record: Pick<LoadReport, 'id' | 'page'> | undefined;
  let start: number | undefined;
  let seq = 0;
  /** The last report that was sent, without its number. */
  let sent = '';
  let ended = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const changed = (reason?: 'terminal'): void => {
    ended ||= !!reason;
    timer ??= setTimeout(() => {
      timer = undefined;
      deliver(ended);
      ended = false;
      if (!widgets.size) listen('removeEventListener');
    }, gather);
  };

  const vitals = watch(changed, () => view().start);

  /** A page that came back out of the back-forward cache is a new view, and starts a new record. */
  const report = (): Omit<LoadReport, 'seq'> => {
    const { start: began, navigation } = view();
    if (start !== began || !record) {
      record = {
        id: Math.random().toString(36).slice(2),
        page: (location.origin + location.pathname).slice(0, 2048),
      };
      start = began;
      seq = 0;
      gone = [];
      sent = '';
    }
    return {
      v: 1,
      ...record,
      version,
      navigation,
      sampleRate,
      vitals: vitals.values(),
      widgets: [...gone, ...[...widgets].map((widget) => widget.snapshot())],
    };
  };

  const deliver = (now: boolean): void => {
    const news = report();
    const text = JSON.stringify(news);
    const isNews = news.widgets[0] && text !== sent && seq < MOST_REPORTS;
    // A prerendered page may never be seen: it reports when it is.
    if (!isNews || (document as { prerendering?: boolean }).prerendering) return;
    const body = composeReport({ ...news, seq: seq + 1 });
    if (now) {
      beacon.send(body);
      sent = text;
    } else if (!beacon.leave(body)) return;
    seq++;
  };

  const onLeaving = ({ type }: Event): void => {
    if (type === 'pagehide' || document.visibilityState === 'hidden') deliver(true);
  };
  const onActivation = (): void => changed('terminal');

  const listen = (how: 'addEventListener' | 'removeEventListener'): void => {
    globalThis[how]('visibilitychange', onLeaving);
    globalThis[how]('pagehide', onLeaving);
    document[how]('prerenderingchange', onActivation);
  };

  return {
    changed,
    add(widget) {
      listen('addEventListener'); // the same listeners once more are none
      widgets.add(widget);
      const exclude = vitals.include(widget.host);
      report(); // the record begins here, and with it the page it is about
      return () => {
        if (!widgets.delete(widget)) return;
        exclude();
        const last = widget.snapshot();
        if (last.outcome !== 'unseen') gone = [...gone, last].slice(-REMEMBERED);
        changed('terminal');
      };
    },
  };
}
