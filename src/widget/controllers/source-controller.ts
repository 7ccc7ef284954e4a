import { fallbackLink, readFallback } from '../fallback.js';
import { loadChunk } from '../load-chunk.js';
import { OPTION_NAMES, type OptionName, type Options } from '../options.js';
import { findProvider } from '../providers/find-provider.js';
import type { Prefill } from '../providers/provider.js';
import { readSource } from '../read-source.js';
import { pageOf } from '../state/selectors.js';
import type { WidgetController, WidgetHost } from './controller.js';

/** Options that only change how the widget looks or acts from now on; any other loads the page again. */
const WITHOUT_RELOAD: readonly OptionName[] = [
  'label',
  'slots',
  'debug',
  'prepare',
  'data-layer',
  'metrics-endpoint',
  'sample-rate',
  'reserve',
  'retries',
  'timeout',
];

/** Options of the scheduling page's frame. A visitor who is in the form, or has booked with it, does not lose it to them. */
const OF_FRAME =
  /^(theme|accent|layout|hide-details|prefill-.*|forward-params|time-zone|height|privacy-url|preferred)$/;

export type SourceController = ReturnType<typeof sourceController>;

/** Decides what is loaded: reads `src` or the link inside, follows changed options, and loads the provider's chunk. */
export function sourceController(host: WidgetHost) {
  const { store } = host;
  /** Options and prefill of the present load; undefined while nothing is loaded. */
  let options: Options | undefined;
  let prefill: Prefill | undefined;
  /** The address as it was read the last time, good or bad. */
  let written = '';
  let teardown: ReturnType<typeof setTimeout> | undefined;

  const readWritten = (): string =>
    host.options.src || (fallbackLink(host, null)?.getAttribute('href') ?? '');

  const readChildren = (): void => {
    const fallback = readFallback(host, pageOf(store.state), host.options.mode);
    store.send({ type: 'fallback', fallback });
  };

  const load = (): void => {
    ({ options, prefill } = host);
    written = readWritten();
    const source = readSource(written, options);
    store.send({ type: 'load', options, source });
    if (source.status === 'waiting')
      document.addEventListener('DOMContentLoaded', load, { once: true, signal: store.loadSignal });
  };

  const loadProvider = async (): Promise<void> => {
    const { loadSignal, state } = store;
    const page = pageOf(state);
    if (!page) return;
    try {
      const provider = await loadChunk(findProvider(page, state.options.provider).load);
      if (!loadSignal.aborted) store.send({ type: 'provider-loaded', provider });
    } catch (cause) {
      if (loadSignal.aborted) return;
      const code = navigator.onLine ? 'provider-error' : 'offline';
      const failure = { code, detail: String(cause), cause } as const;
      store.send({ type: 'provider-failed', failure, now: Date.now(), random: Math.random() });
    }
  };

  return {
    hostConnected() {
      clearTimeout(teardown);
      // The element was moved: the browser has thrown the framed page away, so it is started again.
      if (options) store.send({ type: 'frame-restart' });
      host.requestUpdate();
    },
    hostDisconnected() {
      // A move is a removal and an insertion; only a widget that stays away is torn down.
      teardown = setTimeout(() => {
        if (host.isConnected || !options) return;
        options = undefined;
        store.send({ type: 'close' });
        store.send({ type: 'unload' });
      });
    },
    /** Several options that change in one go load the page once: they come in one update. */
    hostUpdate() {
      const before = options;
      const now = host.options;
      if (!host.isConnected) return;
      if (!before) load();
      else if (now !== before || prefill !== host.prefill) {
        const changed = OPTION_NAMES.filter((name) => now[name] !== before[name]);
        const reloading = changed.filter((name) => !WITHOUT_RELOAD.includes(name));
        const isFrames = store.state.view === 'form' && reloading.every((name) => OF_FRAME.test(name));
        const isReload = prefill !== host.prefill || reloading.length > 0;
        if (isReload && !isFrames) load();
        else {
          ({ options, prefill } = host);
          if (changed.length > 0) store.send({ type: 'options', options });
          if (isReload) store.send({ type: 'frame-restart' });
        }
      }
      readChildren();
    },
    perform({ type }) {
      if (type === 'read-source') load();
      else if (type === 'load-provider') void loadProvider();
    },
    /** Children that arrive late may contain the address or the label. */
    childrenChanged() {
      if (!options) return;
      if (!pageOf(store.state) && readWritten() !== written) load();
      readChildren();
    },
  } satisfies WidgetController & Record<string, unknown>;
}
