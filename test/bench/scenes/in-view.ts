import type { ProfileName } from '../link/profiles.js';
import { pathOf } from '../pages.js';
import type { Contender } from '../results.js';
import type { Marks } from '../visits/marks.js';
import { jumpToEmbed, pause, Visitor, type VisitorOptions } from '../visits/visitor.js';
import type { Device, World } from '../world.js';
import { isOurs, type Figures, type Scene } from './scene.js';

/** Farther than any browser starts a lazy frame ahead: Chromium does so 8000 px away on what it takes for a slow line. */
const FAR = 10_000;
/** A visitor reads for so long before they come to the embed. */
const READING = 500;

/** When the scheduling page has started and can be seen. Ours keeps it behind the slots until it is wanted. */
export async function readyIn(marks: Marks, contender: Contender): Promise<number> {
  const drawn = await marks.first('drawn');
  return isOurs(contender) ? drawn : Math.max(drawn, await marks.first('shown'));
}

/** When a bookable time can be seen: one in a frame that is kept hidden cannot. */
export async function timeIn(marks: Marks, contender: Contender): Promise<number> {
  const time = await marks.first('time');
  return isOurs(contender) ? time : Math.max(time, await marks.first('shown'));
}

interface Conditions {
  readonly device: Device;
  readonly profile: ProfileName;
  readonly visitor?: VisitorOptions;
}

const longest = (marks: Marks, since: number): number =>
  Math.max(
    0,
    ...marks
      .all('own-task')
      .filter(({ at }) => at >= since)
      .map(({ value = 0 }) => value),
  );

/** Jumps to an embed far below the fold: on a first visit and on the next. */
export async function jumpTwice(
  world: World,
  contender: Contender,
  pass: number,
  { device, profile, visitor: options }: Conditions,
): Promise<Figures> {
  world.connect(profile);
  const path = pathOf(contender, world.freshHost(pass), { above: FAR });
  const visitor = await Visitor.arrive(await world.browser(device), options);
  const figures: Record<string, number> = {};
  for (const visit of ['first', 'repeat']) {
    const page = await visitor.open(path, 'load');
    await pause(READING);
    const start = await jumpToEmbed(page);
    figures[`${visit} visit, time`] = (await timeIn(visitor.marks, contender)) - start;
    figures[`${visit} visit, ready`] = (await readyIn(visitor.marks, contender)) - start;
    figures[`${visit} visit, longest task`] = longest(visitor.marks, start);
  }
  await visitor.leave();
  return figures;
}

export const inView: Scene = {
  name: 'in view',
  contenders: ['frame-lazy', 'ours-script', 'ours-module'],
  quick: ['frame-lazy', 'ours-script'],
  passes: 4,
  measure: (world, contender, pass) =>
    jumpTwice(world, contender, pass, { device: 'desktop', profile: 'fast4g' }),
};
