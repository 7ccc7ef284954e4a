import { dataLayerEntry, pushToDataLayer, type DataLayerFields } from './data-layer-fields.js';
import { announced, hostEvent } from './host-events.js';
import type { CreateObserver, Occurrence } from './observer.js';

/** What was pushed: an observer that is started again is given the events of the present load once more. */
const pushed = new WeakSet<Occurrence>();

/**
 * Pushes what happens to the widget to `window.dataLayer`, from the moment on that the option is set. What happened before
 * this code came is pushed when it comes.
 */
export const dataLayer: CreateObserver = (host) => {
  const startedAt = performance.now();
  const facts = (): DataLayerFields => {
    const { options, provider, source } = host.store.state;
    return {
      booking_provider: provider?.id ?? (source.status === 'page' ? source.provider : ''),
      mode: options.mode,
      loading: options.loading,
      widget: host.instance,
    };
  };
  const push = (event: Event | null): void => {
    const entry = event && dataLayerEntry(event);
    if (entry) pushToDataLayer(entry[0], { ...facts(), ...entry[1] }, host.dataLayerAliases);
  };
  // Timings are another observer's, which starts later; a booking that a page dispatches itself tests a tag manager.
  const onDispatched = (event: Event): void => {
    if (event.target === host && !announced.has(event)) push(event);
  };
  const types = ['booking-timing', 'booking-booked'];
  for (const type of types) host.addEventListener(type, onDispatched);
  return {
    onEvent(occurrence) {
      const { event, state, before, at } = occurrence;
      // An owner who sets the option later counts from then on.
      if (pushed.has(occurrence) || (at < startedAt && !state.options['data-layer'])) return;
      pushed.add(occurrence);
      if (event.type === 'visible') pushToDataLayer('view', facts(), host.dataLayerAliases);
      push(hostEvent(event, state, before));
    },
    stop() {
      for (const type of types) host.removeEventListener(type, onDispatched);
    },
  };
};
