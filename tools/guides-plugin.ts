import { join } from 'node:path';
import type { BrowserLauncher, TestRunnerPlugin } from '@web/test-runner-core';
import type { PlaywrightLauncher } from '@web/test-runner-playwright';
import { guideFences, type Fence } from './guide-fences.js';
import { renderSection } from './liquid-section.js';

/** A piece of code in a guide, with the markup that it renders to where it is a template. */
export interface TriedFence extends Fence {
  readonly rendered?: string;
}

/** Where a shop keeps its files, in the words of the guides. */
const ASSETS = 'https://your.site';

async function tried(fence: Fence): Promise<TriedFence> {
  if (fence.language !== 'liquid') return fence;
  return {
    ...fence,
    rendered: await renderSection(fence.text, ASSETS, { page: 'https://cal.com/acme/30min' }),
  };
}

/** `SCREENSHOTS=folder` saves a screenshot of each piece of code there, in engines that Playwright drives. */
const SCREENSHOTS = process.env['SCREENSHOTS'];

const isPlaywrights = (browser: BrowserLauncher): browser is PlaywrightLauncher =>
  browser.type === 'playwright';

/**
 * Gives tests the pieces of code in the platform guides (`test/browser/platforms`), and takes screenshots of their results with
 * the command `picture` and a name.
 */
export function guidesPlugin(): TestRunnerPlugin<string> {
  return {
    name: 'guides',
    async executeCommand({ command, payload = '', session }) {
      if (command !== 'picture') return undefined;
      if (SCREENSHOTS && isPlaywrights(session.browser))
        await session.browser
          .getPage(session.id)
          .screenshot({ path: join(SCREENSHOTS, `${payload} ${session.browser.name.toLowerCase()}.png`) });
      return true;
    },
    serve: async ({ path }) =>
      path === '/__guides.js'
        ? {
            body: `export default ${JSON.stringify(await Promise.all(guideFences().map(tried)))};`,
            type: 'js',
          }
        : undefined,
  };
}
