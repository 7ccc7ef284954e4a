import { onCLS, onINP, onLCP } from 'web-vitals';
import type { PageVitals } from '../../protocol/load-report.js';
import { isWidgetShift } from './widget-shifts.js';

export interface VitalsWatch {
  /** The figures of the present view so far; what a browser does not measure is missing. */
  values(): PageVitals;
  /** From now on this widget's share is counted separately. Returns a function that ends that. */
  include(host: Element): () => void;
}

/** More decimals than anybody's thresholds ask for. */
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/**
 * Watches the page's Core Web Vitals and the widgets' share in them. Once per page: web-vitals has no way to be
 * stopped, so this has none either.
 *
 * @param changed called when a figure is new
 * @param viewStart when the present view of the page began; figures belong to one view
 */
export function watchVitals(changed: () => void, viewStart: () => number): VitalsWatch {
  /** The widgets, and how high each was when we last looked. */
  const heights = new Map<Element, number>();
  /** Start times of the layout shifts that a widget caused; no two shifts of a page have the same. */
  const ownShifts = new Set<number>();
  let vitals: PageVitals = {};
  let start: number;

  const values = (): PageVitals => {
    if (start !== viewStart()) vitals = {};
    start = viewStart();
    return vitals;
  };

  const note = (news: PageVitals): void => {
    vitals = { ...values(), ...news };
    changed();
  };

  /** Whether a widget is the place; undefined (and so not in the report) where the browser names no place. */
  const isOwn = (place: Node | null | undefined): boolean | undefined =>
    place ? [...heights.keys()].some((host) => host.contains(place)) : undefined;

  // Before web-vitals begins, so that a shift is judged before it is counted.
  if (PerformanceObserver.supportedEntryTypes.includes('layout-shift'))
    new PerformanceObserver((list) => {
      for (const { sources, startTime } of list.getEntries() as LayoutShift[])
        for (const [host, height] of heights) {
          const box = host.getBoundingClientRect();
          heights.set(host, box.height);
          if (isWidgetShift(sources, host, box, Math.max(box.height, height))) ownShifts.add(startTime);
        }
    }).observe({ type: 'layout-shift', buffered: true });

  const options = { reportAllChanges: true };
  onLCP(
    ({ value, entries }) => note({ lcp: rounded(value), widgetLcp: isOwn(entries[0]?.element) }),
    options,
  );
  onINP(
    ({ value, entries }) =>
      note({ inp: rounded(value), widgetInp: isOwn(entries.find(({ target }) => target)?.target) }),
    options,
  );
  onCLS(({ value, entries }) => {
    let widgetCls = 0;
    for (const shift of entries) if (ownShifts.has(shift.startTime)) widgetCls += shift.value;
    note({ cls: rounded(value), widgetCls: rounded(widgetCls) });
  }, options);

  return {
    values,
    include(host) {
      heights.set(host, host.getBoundingClientRect().height);
      return () => heights.delete(host);
    },
  };
}
