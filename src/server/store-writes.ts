import type { Feature, Context } from './feature.js';

/** Milliseconds for which the result of a probe is used again: anyone may request the health, and each probe is a write. */
const GOOD_FOR = 1000;

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
        if (isTrusted && performance.now() - last < GOOD_FOR) return;
        await store.probe();
        last = performance.now();
      },
    },
  };
}
