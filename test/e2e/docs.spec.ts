import type { StaticSite } from '../../tools/static-site.js';
import { expectSound, serveDocs } from '../helpers/docs-site.js';
import { expect, slot, test } from '../helpers/widget-pages.js';

/** One page of each kind; small ones, since an audit takes as long as a page is. */
const PAGES = [
  '',
  'providers/cal.html',
  'options.html',
  'playground.html',
  // Made of parts of other pages, and code with comments.
  'privacy.html',
  'frameworks/vue.html',
] as const;

let docs: StaticSite;
test.beforeAll(async () => {
  docs = await serveDocs();
});
test.afterAll(() => docs.stop());

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [360, 1280])
    test(`pages of the documentation are without barriers and fit into ${width} px, ${colorScheme}`, async ({
      page,
    }) => {
      // Colours that fade in are no colours to measure.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      const elsewhere: string[] = [];
      page.on('request', (request) => {
        if (new URL(request.url()).origin !== docs.origin) elsewhere.push(request.url());
      });
      for (const path of PAGES) {
        await page.goto(`${docs.origin}/${path}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectSound(page, `/${path}`);
      }
      expect(elsewhere).toEqual([]);
    });

test('the search of the documentation finds a page by a symptom, and opens it by keyboard', async ({
  page,
}) => {
  await page.goto(docs.origin);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill('only a link');
  await expect(page.getByRole('option').first()).toContainText('Only a link');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/troubleshooting\.html#only-a-link$/);
  await expect(page.getByRole('heading', { name: 'Only a link' })).toBeInViewport();
});

test('a live example of the documentation shows slots of the link that the reader pasted, with the built files', async ({
  page,
  service,
  site,
}) => {
  /** A host says so for its whole page where an address shows no provider. */
  const nameProvider = (): Promise<void> =>
    page.evaluate((api) => {
      Object.assign(document.documentElement.dataset, { bookingProvider: 'cal', bookingApi: api });
    }, service.cal);
  await page.goto(`${docs.origin}/options.html`);
  const first = page.locator('.live-example').first();
  await expect(first).toContainText('paste your scheduling link');
  await expect(page.locator('booking-widget')).toHaveCount(0);

  await nameProvider();
  await page.getByLabel('Your scheduling link').fill(`${service.cal}/${site.host}/30min`);
  await page.keyboard.press('Tab');
  await expect(slot(page).first()).toBeVisible();
  await expect(first.locator('booking-widget [part~="slot"]')).toHaveCount(6);

  // It stays for the next page, with the reader's look.
  await page.goto(`${docs.origin}/playground.html`);
  await nameProvider();
  await page.getByRole('button', { name: 'A quiet practice' }).click();
  await expect(slot(page).first()).toHaveCSS('border-radius', '2px');
});
