import type { WidgetReport } from '../protocol/load-report.js';
import { VERSION } from '../version.js';
import { BookingTimingEvent } from './booking-events.js';
import { LoadTimings } from './metrics/load-timings.js';
import { reportTo } from './metrics/report-to.js';
import {
  forwardToDataLayer,
  pushToDataLayer,
  type DataLayerAliases,
  type DataLayerFields,
} from './page/data-layer.js';
import type { Happening, WidgetHost } from './widget-controller.js';

/** What the site owner gets to see of one widget: timings, reports, the data layer, and with `debug` the console. */
export interface OwnerView {
  hear(happening: Happening): void;
}

/** After these a load has come to an outcome, or to more than that. */
const TERMINAL: ReadonlySet<string> = new Set([
  'frame-ready',
  'frame-shown',
  'frame-linked',
  'frame-fail',
  'booked',
]);

/** Where reports go: what the site owner wrote, else their companion. */
const endpointOf = ({ options }: WidgetHost): string =>
  options['metrics-endpoint'] || (options.companion && `${options.companion.replace(/\/+$/, '')}/v1/metrics`);

/** @param past what happened before this part was fetched, in order */
export function ownerView(
  host: WidgetHost,
  provider: () => string,
  instance: number,
  past: readonly Happening[],
): OwnerView {
  const { mode, loading, debug, 'sample-rate': sampleRate, 'data-layer': dataLayer } = host.options;
  const timings = new LoadTimings(instance);
  const snapshot = (): WidgetReport =>
    timings.snapshot({ provider: provider(), mode: host.options.mode, loading: host.options.loading });
  const reporter = reportTo({ endpoint: endpointOf(host), sampleRate, version: VERSION });
  const explain = debug
    ? import('./explain.js').then((part) => part.explainer(instance, provider, reporter.silence))
    : null;
  /** Each page that is loaded is a story of its own; a widget that is off the page tells none until it comes back. */
  let leave: (() => void) | undefined;
  const enter = (): void => {
    leave = host.isConnected ? reporter.add({ host, snapshot }) : undefined;
  };

  const facts = (): DataLayerFields => ({ booking_provider: provider(), mode, loading, widget: instance });
  const aliases = (): DataLayerAliases => host.dataLayerAliases;
  if (dataLayer) forwardToDataLayer(host, facts, aliases);

  const view: OwnerView = {
    hear(happening) {
      const [heard, state, at] = happening;
      const type = typeof heard === 'string' ? heard : heard.type;
      if (type === 'load') leave?.();
      timings.hear(heard, state, at);
      if (dataLayer && type === 'visible') pushToDataLayer('view', facts(), aliases());
      explain
        ?.then((say) => {
          say(happening);
        })
        .catch(() => undefined);
      if (type === 'load') enter();
      const isTerminal = TERMINAL.has(type);
      reporter.changed(isTerminal ? 'terminal' : undefined);
      if (isTerminal) host.dispatchEvent(new BookingTimingEvent(snapshot()));
    },
  };
  past.forEach(view.hear);
  return view;
}
