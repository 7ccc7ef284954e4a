import { retryLater } from '../retry-later.js';
import type { WidgetController, WidgetHost } from './controller.js';

/** Tries again by itself: when the delay is over and the page is looked at, or when the browser is back online. */
export function retryController({ store }: WidgetHost) {
  let cancel: (() => void) | undefined;
  return {
    perform(effect) {
      if (effect.type === 'cancel-retry' || effect.type === 'schedule-retry') cancel?.();
      if (effect.type === 'schedule-retry')
        cancel = retryLater(effect.at - Date.now(), () => {
          store.send({ type: 'retry', automatic: true });
        });
    },
    hostDisconnected() {
      cancel?.();
    },
  } satisfies WidgetController;
}
