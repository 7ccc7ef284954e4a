import type { Knobs } from '../../../demo/service/knobs.js';
import { pathOf } from '../pages.js';
import type { Contender } from '../results.js';
import { jumpToEmbed, pause, Visitor } from '../visits/visitor.js';
import type { World } from '../world.js';
import type { Figures, Scene } from './scene.js';

/** Contenders that start with the page have failed before they are in view. */
const READING = 500;
/** A visitor who has seen nothing after so many milliseconds has left. */
const PATIENCE = 10_000;

/** What is wrong with the scheduling service, for pages and API alike where it is about both. */
const FAULTS: Readonly<Record<string, Knobs>> = {
  'never answers': { hang: '', mute: 'api', 'slots-delay': '60000' },
  'answers 500': { status: '500', 'slots-status': '500' },
  'may not be framed': { xfo: 'DENY', 'slots-status': '500' },
};

/** Since when the embed has offered something to press: a link, a button, a slot. NaN where it does not. Runs in the host page. */
async function offeredSince(patience: number): Promise<number> {
  const inside = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((each) => [each, ...inShadow(each)]);
  const inShadow = ({ shadowRoot }: Element): Element[] => (shadowRoot ? inside(shadowRoot) : []);
  const isOffered = (): boolean => {
    const embed = document.querySelector('.embed');
    return (
      !!embed &&
      [...inside(embed), ...inShadow(embed)].some(
        (each) =>
          each.matches('a[href], button') &&
          each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
          each.getBoundingClientRect().width > 1,
      )
    );
  };
  let since = NaN;
  const end = performance.now() + patience;
  while (performance.now() < end) {
    await new Promise(requestAnimationFrame);
    if (!isOffered()) since = NaN;
    else if (Number.isNaN(since)) since = performance.timeOrigin + performance.now();
  }
  return since;
}

/** Milliseconds in view until there is something to press that stays; NaN where nothing came. */
async function offeredAfter(page: Awaited<ReturnType<Visitor['open']>>): Promise<number> {
  await pause(READING);
  const start = await jumpToEmbed(page);
  return (await page.evaluate(offeredSince, PATIENCE)) - start;
}

/** The scheduling service fails: when there is something that a visitor can do. */
export const failing: Scene = {
  name: 'failing',
  contenders: ['frame-lazy', 'cal', 'react-calendly', 'ours-script'],
  quick: null,
  passes: 1,
  async measure(world: World, contender: Contender, pass: number): Promise<Figures> {
    world.connect('fast4g');
    const browser = await world.browser('desktop');
    const figures = await Promise.all(
      Object.entries(FAULTS).map(async ([fault, knobs]) => {
        const visitor = await Visitor.arrive(browser);
        const page = await visitor.open(
          pathOf(contender, world.freshHost(pass, knobs), { above: 10_000 }),
          'commit',
        );
        const figure = [fault, await offeredAfter(page)] as const;
        await visitor.leave();
        return figure;
      }),
    );
    return Object.fromEntries(figures);
  },
};
