import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type FrameLocator, type Locator, type Page } from '@playwright/test';
import { startGallery, type GallerySite } from './gallery-site.js';

interface Complaints {
  /** Console errors and exceptions of the page so far. */
  readonly complaints: string[];
  /** Allows the complaints that belong to what a page shows; all others fail the test. */
  allow(pattern: RegExp): void;
}

/** Playwright’s `test` with the gallery, and a watch on what its pages complain about. */
export const test = base.extend<{ watched: Complaints }, { site: GallerySite }>({
  site: [
    // eslint wants no empty pattern, Playwright wants one
    async ({ browserName: _ }, use) => {
      const site = await startGallery();
      await use(site);
      await site.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ site }, use) => use(site.origin),
  viewport: { width: 1280, height: 900 },
  timezoneId: 'Europe/Berlin',
  locale: 'en-GB',
  watched: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      const allowed: RegExp[] = [];
      page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await use({ complaints, allow: (pattern) => void allowed.push(pattern) });
      expect(complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
});

export const widget = (page: Page): Locator => page.locator('booking-widget').first();
export const slots = (within: Page | Locator): Locator => within.locator('[part~=slot]');
export const frameOf = (within: Page | Locator): FrameLocator =>
  within.locator('[part~=frame]').first().contentFrame();
/** The row of an event in the page’s event log. */
export const row = (page: Page, event: string): Locator => page.locator(`tr[data-event=${event}]`);

/** Resolves when no widget on screen is busy or shows a skeleton. */
export async function untilAtRest(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() =>
        [...document.querySelectorAll('booking-widget:defined')]
          .filter((each) => each.getBoundingClientRect().top < innerHeight)
          .flatMap((each) => [
            ...(each.shadowRoot?.querySelectorAll('[aria-busy=true], [part=skeleton]') ?? []),
          ])
          .every((busy) => !busy.checkVisibility()),
      ),
    )
    .toBe(true);
}

/** Accessibility faults of the page as it is. */
export async function violations(page: Page, accepted: readonly string[] = []): Promise<string[]> {
  const found = await new AxeBuilder({ page }).disableRules([...accepted]).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Books the last slot in the frame. */
export async function book(frame: FrameLocator): Promise<void> {
  await frame.locator('.time').last().click();
  await frame.getByLabel('Your name').fill('Ada Lovelace');
  await frame.getByLabel('E-mail address').fill('ada@example.com');
  await frame.getByRole('button', { name: 'Confirm booking' }).click();
}

export { expect } from '@playwright/test';
