import type { Area, Context } from './feature.js';

/** A probe is good for so long, in milliseconds: any visitor may ask for the health, and none makes more writes than that. */
const GOOD_FOR = 1000;

/** For `/healthz`: a store that can be read and not written is of no use, and says so within seconds. */
export function storeWritesArea({ store }: Pick<Context, 'store'>): Area {
  let last = -Infinity;
  return {
    health: {
      part: 'store-writes',
      async check() {
        if (performance.now() - last < GOOD_FOR) return;
        await store.probe();
        last = performance.now();
      },
    },
  };
}
