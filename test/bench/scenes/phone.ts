import { jumpTwice } from './in-view.js';
import type { Scene } from './scene.js';

/** A phone: slow 4G, a processor four times slower, and frames in the process of the page. */
export const phone: Scene = {
  name: 'phone',
  contenders: ['frame-lazy', 'ours-script'],
  quick: null,
  passes: 2,
  measure: (world, contender, pass) =>
    jumpTwice(world, contender, pass, {
      device: 'phone',
      profile: 'slow4g',
      visitor: { viewport: { width: 412, height: 800 }, slowdown: 4 },
    }),
};
