import { whenNearViewport } from '../frame/when-near-viewport.js';
import { savesData } from '../saves-data.js';
import type { WidgetController, WidgetHost } from './controller.js';

/**
 * Decides when code is fetched and when work may begin: ahead of the viewport and near it, at once where the option says so,
 * never while prerendered.
 */
export function visibilityController(host: WidgetHost) {
  const { store } = host;

  const watch = async (signal: AbortSignal): Promise<void> => {
    const { loading, mode } = host.options;
    // Before the first render the element has no box of its own.
    await host.updateComplete;
    if (signal.aborted) return;
    const near = (): void => store.send({ type: 'near', savesData: savesData() });
    // A page without a box never becomes ready; in a closed dialog or tab it waits until that is opened.
    if (mode === 'floating' || (loading === 'eager' && host.checkVisibility())) near();
    const stops = [
      whenNearViewport(host, 'near', () => {
        store.send({ type: 'visible' });
        near();
      }),
    ];
    if (!savesData()) stops.push(whenNearViewport(host, 'ahead', () => store.send({ type: 'ahead' })));
    signal.addEventListener('abort', () => stops.forEach((stop) => stop()), { once: true });
  };

  return {
    perform({ type }) {
      const { loadSignal: signal } = store;
      if (type === 'prefetch-when-idle')
        (globalThis.requestIdleCallback ?? setTimeout)(() => {
          store.send({ type: 'prefetch', savesData: savesData() });
        });
      if (type !== 'watch-visibility') return;
      // A page that is prerendered may never be looked at.
      if ((document as { readonly prerendering?: boolean }).prerendering)
        document.addEventListener('prerenderingchange', () => void watch(signal), { once: true, signal });
      else void watch(signal);
    },
  } satisfies WidgetController;
}
