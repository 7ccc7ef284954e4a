import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SITE } from '../../tools/docs/site.js';
import { serveFiles, type StaticSite } from '../../tools/static-site.js';
import { expect } from './end-to-end.js';

/** Serves the built documentation. */
export function serveDocs(): Promise<StaticSite> {
  if (!existsSync(join(SITE, 'index.html'))) throw new Error('there is no built site: npm run docs');
  return serveFiles((path) => {
    const file = join(SITE, path);
    return existsSync(file) && statSync(file).isFile() ? readFileSync(file) : undefined;
  });
}

/** Fails where the page has an accessibility fault or scrolls sideways. */
export async function expectSound(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    what,
  ).toEqual([]);
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(tooWide, `${what}: CSS pixels that it scrolls sideways`).toBeLessThanOrEqual(0);
}
