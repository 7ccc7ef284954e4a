import { loadChunk } from '../load-chunk.js';
import type { OptionName } from '../options.js';
import { isLoading } from '../state/selectors.js';
import type { WidgetState } from '../state/state.js';
import type { ObservedHost, Occurrence } from './observer.js';

/** Options that ask for an observer before the visitor is served. */
const ASKING: readonly OptionName[] = ['metrics-endpoint', 'companion', 'debug', 'data-layer', 'reserve'];

/** Events of one load that are kept for observers whose chunk comes later. */
const MAX_HISTORY = 500;

const importObservers = () => import('./observers-chunk.js');

/** The visitor has something to look at: from now on work for the site owner takes nothing from them. */
const isServed = ({ frame }: WidgetState): boolean => frame.status !== 'idle' && !isLoading(frame);

/**
 * Keeps what happens to the widget until observers are wanted, and fetches them then. A chunk that does not come is
 * asked for again with the next load, and when the browser comes online: what happened without a network is reported
 * with it.
 *
 * @param load stands in for the chunk in tests
 */
export function observe(host: ObservedHost, load = importObservers): void {
  let history: Occurrence[] = [];
  let isAsked = false;
  const ask = (): void => {
    const { loadSignal: signal } = host.store;
    const wasOffline = !navigator.onLine;
    isAsked = true;
    void loadChunk(load).then(
      ({ startObservers }) => {
        // Two loads in a row may both have asked.
        if (unsubscribe()) startObservers(host, history);
      },
      () => {
        if (signal.aborted) return;
        // The network may have come back while the request was failing.
        if (wasOffline && navigator.onLine) ask();
        else addEventListener('online', ask, { once: true, signal });
      },
    );
  };
  const unsubscribe = host.store.subscribe((event, state, before, at) => {
    if (event.type === 'load') {
      history = [];
      isAsked = false;
    }
    if (history.length < MAX_HISTORY) history.push({ event, state, before, at });
    if (!isAsked && (isServed(state) || ASKING.some((name) => state.options[name]))) ask();
  });
}
