import type { TestRunnerPlugin } from '@web/test-runner-core';
import { guideFences, type Fence } from './guide-fences.js';
import { renderSection } from './liquid-section.js';

/** A piece of code in a guide, with the markup that comes of it where it is a template. */
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

/** Tells tests which pieces of code the platform guides hold (`test/browser/platforms`). */
export function guidesPlugin(): TestRunnerPlugin {
  return {
    name: 'guides',
    serve: async ({ path }) =>
      path === '/__guides.js'
        ? {
            body: `export default ${JSON.stringify(await Promise.all(guideFences().map(tried)))};`,
            type: 'js',
          }
        : undefined,
  };
}
