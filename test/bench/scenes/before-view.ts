import { pathOf } from '../pages.js';
import type { Contender } from '../results.js';
import { pause, Visitor } from '../visits/visitor.js';
import { SCHEDULER } from '../origins/names.js';
import type { World } from '../world.js';
import type { Figures, Scene } from './scene.js';

/** Four thousand below a viewport of 800. */
const FAR = 4800;
const READING = 2000;

/** What an embed far below the fold costs a visitor who never comes to it. */
export const beforeView: Scene = {
  name: 'before view',
  contenders: ['none', 'frame-eager', 'frame-lazy', 'cal', 'react-calendly', 'ours-script', 'ours-module'],
  quick: null,
  passes: 1,
  async measure(world: World, contender: Contender, pass: number): Promise<Figures> {
    world.connect('fast4g');
    const visitor = await Visitor.arrive(await world.browser('desktop'));
    const { scheduler, assets, host } = world.traffic;
    const before = scheduler.down + assets.down + host.down;
    let requests = 0;
    const path = pathOf(contender, world.freshHost(pass), { above: FAR });
    const page = await visitor.open(path, 'commit');
    page.on('request', (request) => {
      if (request.url().startsWith(SCHEDULER)) requests++;
    });
    await page.waitForLoadState('load');
    const load = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType('navigation');
      return (navigation as PerformanceNavigationTiming).loadEventStart;
    });
    await pause(READING);
    const figures = {
      'requests to the scheduling service': requests,
      kB: (scheduler.down + assets.down + host.down - before) / 1000,
      load,
      LCP: visitor.marks.all('contentful').at(-1)?.value ?? NaN,
    };
    await visitor.leave();
    return figures;
  },
};
