import { whenNearViewport } from '../frame/when-near-viewport.js';
import { savesData } from '../saves-data.js';
import type { Effect } from '../state/effects.js';
import type { WidgetController, WidgetHost } from './controller.js';

/** Decides when work may begin: near the viewport, at once where the option says so, never while prerendered. */
export class VisibilityController implements WidgetController {
  constructor(private readonly host: WidgetHost) {
    host.addController(this);
  }

  perform({ type }: Effect): void {
    if (type === 'prefetch-when-idle')
      (globalThis.requestIdleCallback ?? setTimeout)(() => {
        this.host.store.send({ type: 'prefetch', savesData: savesData() });
      });
    if (type !== 'watch-visibility') return;
    const { loadSignal: signal } = this.host.store;
    // A page that is prerendered may never be looked at.
    if ((document as { readonly prerendering?: boolean }).prerendering)
      document.addEventListener('prerenderingchange', () => void this.watch(signal), { once: true, signal });
    else void this.watch(signal);
  }

  private async watch(signal: AbortSignal): Promise<void> {
    const { host } = this;
    const { options, store } = { options: host.options, store: host.store };
    // Before the first render the element has no box of its own.
    await host.updateComplete;
    if (signal.aborted) return;
    const near = (): void => store.send({ type: 'near', savesData: savesData() });
    // A page without a box never becomes ready; in a closed dialog or tab it waits until that is opened.
    const isEager = options.loading === 'eager' && host.checkVisibility();
    if (options.mode === 'floating' || isEager) near();
    const stop = whenNearViewport(host, () => {
      store.send({ type: 'visible' });
      near();
    });
    signal.addEventListener('abort', stop, { once: true });
  }
}
