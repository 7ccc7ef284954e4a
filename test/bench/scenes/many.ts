import type { Page } from '@playwright/test';
import { SCHEDULER } from '../origins/names.js';
import { pathOf } from '../pages.js';
import type { Contender } from '../results.js';
import { pause, Visitor } from '../visits/visitor.js';
import type { World } from '../world.js';
import type { Figures, Scene } from './scene.js';

const COUNT = 50;
/** Five screens a second. */
const SCREEN_MS = 200;
/** How long the visitor stays where they stopped. */
const STAY = 3000;
/** A task longer than this blocks what the visitor does meanwhile. */
const BLOCKING = 50;

const scrollThrough = (page: Page): Promise<void> =>
  page.evaluate(
    (screen) =>
      new Promise<void>((resolve) => {
        let before = performance.now();
        const step = (): void => {
          const now = performance.now();
          scrollBy({ top: (innerHeight * (now - before)) / screen, behavior: 'instant' });
          before = now;
          if (scrollY + innerHeight >= document.documentElement.scrollHeight - 1) resolve();
          else requestAnimationFrame(step);
        };
        step();
      }),
    SCREEN_MS,
  );

/** Fifty embeds on one page that a visitor scrolls past. */
export const many: Scene = {
  name: 'fifty',
  contenders: ['frame-lazy', 'ours-script'],
  quick: null,
  passes: 2,
  async measure(world: World, contender: Contender, pass: number): Promise<Figures> {
    world.connect('fast4g');
    const browser = await world.browser('desktop');
    const visitor = await Visitor.arrive(browser);
    const session = await browser.newBrowserCDPSession();
    const processorTime = async (): Promise<number> => {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
    };
    const path = pathOf(contender, world.freshHost(pass), { count: COUNT });
    const page = await visitor.open(path, 'commit');
    let frames = 0;
    page.on('request', (request) => {
      if (request.isNavigationRequest() && request.url().startsWith(SCHEDULER)) frames++;
    });
    await page.waitForLoadState('load');
    const start = await processorTime();
    await scrollThrough(page);
    await pause(STAY);
    const figures = {
      frames,
      'CPU seconds': (await processorTime()) - start,
      'blocking time': visitor.marks
        .all('blocked')
        .reduce((sum, { value = 0 }) => sum + Math.max(0, value - BLOCKING), 0),
    };
    await session.detach();
    await visitor.leave();
    return figures;
  },
};
