import { whenNearViewport } from '../frame/when-near-viewport.js';
import { VERSION } from '../../version.js';
import { idleTurn } from '../platform/idle-turn.js';
import { localStore } from '../platform/safe-storage.js';
import { savesData } from '../saves-data.js';
import { MARK } from '../version-mark.js';
import type { WidgetController, WidgetHost } from './controller.js';

const isReturnVisit = (): boolean => localStore.get(MARK) === VERSION;

/** Events after which this version's files are known to be in the browser's cache, and its host to be agreed to. */
const CAME_FAR = /^(slots-fresh|frame-ready|frame-shown)$/;

/**
 * Decides when code is fetched and when work may begin: ahead of the viewport and near it, at once where the option says so,
 * never while prerendered. On a return visit what an earlier one knew is drawn in an idle moment, wherever the widget is.
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
    const ahead = (): void => {
      if (!signal.aborted) store.send({ type: 'ahead' });
    };
    if (!savesData()) {
      stops.push(whenNearViewport(host, 'ahead', ahead));
      if (isReturnVisit()) void idleTurn().then(ahead);
    }
    signal.addEventListener('abort', () => stops.forEach((stop) => stop()), { once: true });
  };

  store.subscribe(({ type }) => {
    if (CAME_FAR.test(type) && !isReturnVisit()) localStore.set(MARK, VERSION);
  });

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
