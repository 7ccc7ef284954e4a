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
} from '../loader/data-layer.js';
import type { NativeTimes } from './native-times.js';
import type { Provider, SlotsQuestion } from './providers/provider.js';
import type { Happening, WidgetHost } from './widget-controller.js';
import type { Action } from './widget-state.js';

/** What holding times, and keeping them live, needs to know of the widget. */
export interface TimesNeeds {
  readonly dispatch: (action: Action) => void;
  readonly getProvider: () => Promise<Provider>;
  readonly about: () =>
    (Pick<SlotsQuestion, 'page' | 'api' | 'timeZone'> & { readonly times: NativeTimes | undefined }) | null;
}

/**
 * What hears of everything for the site owner: timings, reports, the data layer, with `debug` the console, with
 * `reserve` what holds chosen times, and with `companion` what keeps times live.
 */
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
  { dispatch, getProvider, about }: TimesNeeds,
): OwnerView {
  const {
    mode,
    loading,
    debug,
    availability,
    companion,
    'sample-rate': sampleRate,
    'data-layer': dataLayer,
  } = host.options;
  const timings = new LoadTimings(instance);
  const snapshot = (): WidgetReport =>
    timings.snapshot({ provider: provider(), mode: host.options.mode, loading: host.options.loading });
  const reporter = reportTo({ endpoint: endpointOf(host), sampleRate, version: VERSION });
  const explain = debug
    ? import('./explain.js').then((part) => part.explainer(instance, provider, reporter.silence))
    : null;
  const hold = host.options.reserve
    ? import('./holds/slot-hold.js').then((part) => part.slotHold(dispatch, getProvider, about))
    : null;
  const live =
    companion && availability !== 'off'
      ? import('./live/live-times.js').then((part) => part.liveTimes(companion, { getProvider, about }))
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
      live
        ?.then((hear) => {
          hear(happening);
        })
        .catch(() => undefined);
      if (typeof heard !== 'string')
        hold
          ?.then((hear) => {
            hear(heard);
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
