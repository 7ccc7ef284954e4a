import { STORE_WRITES_GOOD_MS } from './durations.js';
import type { Feature, Context } from './feature.js';

/** For `/healthz`: a store that can be read and not written is of no use, and says so as soon as a write has failed. */
export function storeWritesFeature({
  store,
  storeMonitor,
}: Pick<Context, 'store' | 'storeMonitor'>): Feature {
  let last = -Infinity;
  return {
    health: {
      part: 'store-writes',
      async check() {
        const isTrusted = storeMonitor.state().isUsable && !storeMonitor.isChecking();
        if (isTrusted && performance.now() - last < STORE_WRITES_GOOD_MS) return;
        await store.probe();
        last = performance.now();
      },
    },
  };
}
