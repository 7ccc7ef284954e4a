import { fallbackLink, readFallback } from '../fallback.js';
import { loadChunk } from '../load-chunk.js';
import { OPTION_NAMES, type OptionName, type Options } from '../options.js';
import { findProvider } from '../providers/find-provider.js';
import type { Prefill } from '../providers/provider.js';
import { readSource } from '../read-source.js';
import type { Effect } from '../state/effects.js';
import { pageOf } from '../state/selectors.js';
import type { WidgetController, WidgetHost } from './controller.js';

/** Options that only change how the widget looks or acts from now on; any other loads the page again. */
const WITHOUT_RELOAD: ReadonlySet<OptionName> = new Set([
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
]);

/** Decides what is loaded: reads `src` or the link inside, follows changed options, and loads the provider's chunk. */
export class SourceController implements WidgetController {
  private options: Options | undefined;
  private prefill: Prefill | undefined;
  /** The address as it was read the last time, good or bad. */
  private written = '';
  private isLive = false;
  private teardown: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: WidgetHost) {
    host.addController(this);
  }

  hostConnected(): void {
    clearTimeout(this.teardown);
    // The element was moved: the browser has thrown the framed page away, so it is started again.
    if (this.isLive) this.host.store.send({ type: 'frame-restart' });
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    // A move is a removal and an insertion; only a widget that stays away is torn down.
    this.teardown = setTimeout(() => {
      if (this.host.isConnected || !this.isLive) return;
      this.isLive = false;
      this.options = undefined;
      this.host.store.send({ type: 'close' });
      this.host.store.send({ type: 'unload' });
    });
  }

  /** Several options that change in one go load the page once: they come in one update. */
  hostUpdate(): void {
    const { host, options: before, prefill } = this;
    const { options } = host;
    if (!host.isConnected) return;
    if (!this.isLive || !before || prefill !== host.prefill) this.load();
    else if (options !== before) {
      const changed = OPTION_NAMES.filter((name) => options[name] !== before[name]);
      if (changed.some((name) => !WITHOUT_RELOAD.has(name))) this.load();
      else if (changed.length > 0) host.store.send({ type: 'options', options });
      this.options = options;
    }
    this.readChildren();
  }

  perform(effect: Effect): void {
    if (effect.type === 'read-source') this.load();
    else if (effect.type === 'load-provider') void this.loadProvider();
  }

  /** Children that arrive late may contain the address or the label. */
  childrenChanged(): void {
    if (!this.isLive) return;
    if (!pageOf(this.host.store.state) && this.readWritten() !== this.written) this.load();
    this.readChildren();
  }

  private readWritten(): string {
    const { host } = this;
    return host.options.src || (fallbackLink(host, null)?.getAttribute('href') ?? '');
  }

  private readChildren(): void {
    const { host } = this;
    const page = pageOf(host.store.state);
    host.store.send({ type: 'fallback', fallback: readFallback(host, page, host.options.mode) });
  }

  private load(): void {
    const { host } = this;
    const { options, store } = host;
    this.isLive = true;
    this.options = options;
    this.prefill = host.prefill;
    this.written = this.readWritten();
    const source = readSource(this.written, options);
    store.send({ type: 'load', options, source });
    if (source.status !== 'waiting') return;
    const { loadSignal: signal } = store;
    document.addEventListener('DOMContentLoaded', () => this.load(), { once: true, signal });
  }

  private async loadProvider(): Promise<void> {
    const { store } = this.host;
    const { loadSignal, state } = store;
    const page = pageOf(state);
    if (!page) return;
    try {
      const provider = await loadChunk(findProvider(page, state.options.provider).load);
      if (!loadSignal.aborted) store.send({ type: 'provider-loaded', provider });
    } catch (cause) {
      if (loadSignal.aborted) return;
      const code = navigator.onLine ? 'provider-error' : 'offline';
      const failure = { code, detail: String(cause) } as const;
      store.send({ type: 'provider-failed', failure, now: Date.now(), random: Math.random() });
    }
  }
}
