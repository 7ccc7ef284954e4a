import type { Browser, BrowserContext, CDPSession, Locator, Page } from '@playwright/test';
import { HOST } from '../origins/names.js';
import { Marks } from './marks.js';

export interface VisitorOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  /** How many times slower than this machine the visitor's is. */
  readonly slowdown?: number;
}

/** One visitor: a profile of their own, whose cache and storage stay from visit to visit. */
export class Visitor {
  readonly marks: Marks;
  readonly #context: BrowserContext;
  readonly #slowdown: number;
  #page: Page | null = null;

  private constructor(context: BrowserContext, marks: Marks, slowdown: number) {
    this.#context = context;
    this.marks = marks;
    this.#slowdown = slowdown;
  }

  static async arrive(
    browser: Browser,
    { viewport = { width: 1280, height: 800 }, slowdown = 1 }: VisitorOptions = {},
  ): Promise<Visitor> {
    const context = await browser.newContext({ viewport });
    return new Visitor(context, await Marks.of(context), slowdown);
  }

  /** Goes to a path of the host's site in a new tab; the one before is closed. `session` can set the tab up before. */
  async open(
    path: string,
    waitUntil: 'commit' | 'load',
    prepare?: (session: CDPSession) => Promise<void>,
  ): Promise<Page> {
    await this.#page?.close();
    this.marks.forget();
    const page = await this.#context.newPage();
    this.#page = page;
    if (this.#slowdown > 1 || prepare) {
      const session = await this.#context.newCDPSession(page);
      if (this.#slowdown > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: this.#slowdown });
      await prepare?.(session);
    }
    await page.goto(HOST + path, { waitUntil });
    return page;
  }

  async leave(): Promise<void> {
    await this.#context.close();
  }
}

/** When the document of a page began to be fetched. */
export const navigationOf = (page: Page): Promise<number> => page.evaluate(() => performance.timeOrigin);

/** Puts the embed at the top of the viewport at once. Returns when. */
export const jumpToEmbed = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const at = performance.timeOrigin + performance.now();
    document.querySelector('.embed')?.scrollIntoView({ block: 'start', behavior: 'instant' });
    return at;
  });

/**
 * Presses what is there, in the frame that shows it. `Locator.click` would wait until nothing has moved for two frames, and would
 * look for a frame that is not there yet every half second: a quarter of a second for each press.
 */
export async function pressAtOnce(page: Page, what: Locator): Promise<void> {
  await what.waitFor();
  await what.evaluate((element) => element.scrollIntoView({ block: 'nearest', behavior: 'instant' }));
  const box = await what.boundingBox();
  if (!box) throw new Error('What is to be pressed has gone');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

/** Waits as long as a visitor would before they do something. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
