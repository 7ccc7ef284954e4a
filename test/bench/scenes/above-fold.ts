import { pathOf } from '../pages.js';
import type { Contender } from '../results.js';
import { navigationOf, Visitor } from '../visits/visitor.js';
import type { World } from '../world.js';
import { readyIn, timeIn } from './in-view.js';
import type { Figures, Scene } from './scene.js';

/** An embed that is in view from the start: from the navigation, on a first visit and on the next. */
export const aboveFold: Scene = {
  name: 'above the fold',
  contenders: ['frame-eager', 'frame-lazy', 'cal', 'react-calendly', 'ours-script', 'ours-module'],
  quick: ['frame-lazy', 'cal', 'ours-script'],
  passes: 3,
  async measure(world: World, contender: Contender, pass: number): Promise<Figures> {
    world.connect('fast4g');
    const path = pathOf(contender, world.freshHost(pass));
    const visitor = await Visitor.arrive(await world.browser('desktop'));
    const figures: Record<string, number> = {};
    for (const visit of ['first', 'repeat']) {
      const page = await visitor.open(path, 'commit');
      const start = await navigationOf(page);
      figures[`${visit} visit, time`] = (await timeIn(visitor.marks, contender)) - start;
      figures[`${visit} visit, ready`] = (await readyIn(visitor.marks, contender)) - start;
      figures[`${visit} visit, shift`] = visitor.marks
        .all('shift')
        .reduce((sum, { value = 0 }) => sum + value, 0);
    }
    await visitor.leave();
    return figures;
  },
};
