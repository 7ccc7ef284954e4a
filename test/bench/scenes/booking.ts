import type { Browser, FrameLocator, Page } from '@playwright/test';
import { SCHEDULER } from '../origins/names.js';
import { pathOf } from '../pages.js';
import type { Contender } from '../results.js';
import { navigationOf, pause, pressAtOnce, Visitor } from '../visits/visitor.js';
import type { World } from '../world.js';
import { timeIn } from './in-view.js';
import type { Figures, Scene } from './scene.js';

const NAME = 'Ana Ruiz';
const EMAIL = 'ana@example.org';

/** How long a visitor takes to fill in a form, whosever it is. It is no wait, and taken off. */
const TYPING = 3000;

async function bookInForm(page: Page): Promise<void> {
  const widget = page.locator('booking-widget');
  await pressAtOnce(page, widget.locator('[part~="slot"]').first());
  await widget.getByLabel('Name').fill(NAME);
  await pause(TYPING);
  await widget.getByLabel('Email', { exact: true }).fill(EMAIL);
  await pressAtOnce(page, widget.locator('[part~="confirm"]'));
}

async function fillPage(page: Page, frame: FrameLocator): Promise<void> {
  await frame.getByLabel('Your name').fill(NAME);
  await pause(TYPING);
  await frame.getByLabel('E-mail address').fill(EMAIL);
  await pressAtOnce(page, frame.getByRole('button', { name: 'Confirm booking' }));
}

const ROADS: Readonly<Partial<Record<Contender, (page: Page) => Promise<void>>>> = {
  'ours-native': bookInForm,
  'ours-companion': bookInForm,
  'ours-frame-road': async (page) => {
    await pressAtOnce(page, page.locator('booking-widget [part~="slot"]').first());
    await fillPage(page, page.frameLocator('booking-widget iframe'));
  },
  cal: async (page) => {
    const frame = page.frameLocator('iframe');
    await pressAtOnce(page, frame.locator('button.time').first());
    await fillPage(page, frame);
  },
};

/** A companion remembers what it fetched for another visitor. */
async function visitBefore(browser: Browser, path: string, contender: Contender): Promise<void> {
  const other = await Visitor.arrive(browser);
  await other.open(path, 'commit');
  await timeIn(other.marks, contender);
  await other.leave();
}

/**
 * An embed in view from the start, until a visitor who chooses at once has booked and reads so: from the navigation, without
 * the time that they type.
 */
export const booking: Scene = {
  name: 'booking',
  contenders: ['cal', 'ours-frame-road', 'ours-native', 'ours-companion'],
  quick: null,
  passes: 2,
  async measure(world: World, contender: Contender, pass: number): Promise<Figures> {
    world.connect('fast4g');
    const browser = await world.browser('desktop');
    const path = pathOf(contender, world.freshHost(pass));
    if (contender === 'ours-companion') await visitBefore(browser, path, contender);
    const visitor = await Visitor.arrive(browser);
    const page = await visitor.open(path, 'commit');
    let fetched = 0;
    page.on('response', (response) => {
      const { origin, pathname } = new URL(response.url());
      if (origin === SCHEDULER && !pathname.startsWith('/v2/')) fetched++;
    });
    const start = await navigationOf(page);
    const time = (await timeIn(visitor.marks, contender)) - start;
    await ROADS[contender]?.(page);
    const booked = (await visitor.marks.first('booked')) - start - TYPING;
    await visitor.leave();
    return { time, booked, 'requests besides the API': fetched };
  },
};
