import type { Page } from '@playwright/test';
import { pathOf } from '../pages.js';
import type { Contender } from '../results.js';
import { pause, Visitor } from '../visits/visitor.js';
import type { World } from '../world.js';
import { readyIn, timeIn } from './in-view.js';
import type { Figures, Scene } from './scene.js';

/** How long a visitor's pointer is over the button before it is pressed. */
const HOVER = 300;
const READING = 1000;

async function hoverAndPress(page: Page): Promise<void> {
  await page.locator('button.embed, .embed button, .embed a').first().hover();
  await pause(HOVER);
  await page.mouse.down();
  await page.mouse.up();
}

/** A button that opens the scheduling page over the host page: pressed after a hover, on a first visit and on the next. */
export const popup: Scene = {
  name: 'popup',
  contenders: ['frame-dialog', 'cal-popup', 'cal-prerender', 'react-popup', 'ours-popup'],
  quick: ['frame-dialog', 'ours-popup'],
  passes: 3,
  async measure(world: World, contender: Contender, pass: number): Promise<Figures> {
    world.connect('fast4g');
    const path = pathOf(contender, world.freshHost(pass));
    const visitor = await Visitor.arrive(await world.browser('desktop'));
    const figures: Record<string, number> = {};
    for (const visit of ['first', 'repeat']) {
      const before = world.traffic.scheduler.down;
      const page = await visitor.open(path, 'load');
      await pause(READING);
      figures[`${visit} visit, kB before`] = (world.traffic.scheduler.down - before) / 1000;
      await hoverAndPress(page);
      const start = await visitor.marks.first('press');
      figures[`${visit} visit, time`] = (await timeIn(visitor.marks, contender)) - start;
      // What was prerendered is ready when it is shown.
      figures[`${visit} visit, ready`] = Math.max(0, (await readyIn(visitor.marks, contender)) - start);
    }
    await visitor.leave();
    return figures;
  },
};
