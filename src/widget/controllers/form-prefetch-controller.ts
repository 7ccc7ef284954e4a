import { importForm } from '../chunks.js';
import { loadChunk } from '../load-chunk.js';
import { idleTurn } from '../platform/idle-turn.js';
import { savesData } from '../saves-data.js';
import type { WidgetController, WidgetHost } from './controller.js';

/** Has the files of the form on their way before the form asks for them, and says what became of them. */
export function formPrefetchController({ store }: WidgetHost) {
  const fetchParts = (): void => {
    const { provider } = store.state;
    // The provider's part in the same round trip as the form itself.
    for (const load of [importForm, provider?.nativeBooking])
      if (load) loadChunk<unknown>(load).catch(() => undefined);
  };

  return {
    perform({ type }) {
      const { loadSignal } = store;
      if (type === 'check-form') fetchParts();
      else if (type === 'prefetch-form' && !savesData())
        void idleTurn().then(() => {
          if (!loadSignal.aborted) fetchParts();
        });
    },
  } satisfies WidgetController;
}
