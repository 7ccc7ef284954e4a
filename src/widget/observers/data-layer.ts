import { forwardToDataLayer, pushToDataLayer, type DataLayerFields } from './data-layer-fields.js';
import type { CreateObserver } from './observer.js';

/** Pushes the widget's events to `window.dataLayer`, from the moment on that the option is set. */
export const dataLayer: CreateObserver = (host) => {
  const startedAt = performance.now();
  const aliases = () => host.dataLayerAliases;
  const facts = (): DataLayerFields => {
    const { options, provider, source } = host.store.state;
    return {
      booking_provider: provider?.id ?? (source.status === 'page' ? source.provider : ''),
      mode: options.mode,
      loading: options.loading,
      widget: host.instance,
    };
  };
  const stop = forwardToDataLayer(host, facts, aliases);
  return {
    onEvent({ event, state, at }) {
      // An owner who sets the option later counts from then on.
      if (event.type === 'visible' && (at >= startedAt || state.options['data-layer']))
        pushToDataLayer('view', facts(), aliases());
    },
    stop,
  };
};
