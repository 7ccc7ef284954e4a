import type { Feature, Context } from './feature.js';

/** A probe is good for so long, in milliseconds: any visitor may ask for the health, and none makes more writes than that. */
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
