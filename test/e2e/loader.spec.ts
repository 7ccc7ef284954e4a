import { expect, test as base, type FrameLocator, type Page } from '@playwright/test';
import { startCdn, type Cdn, type Shelf } from '../../tools/cdn.js';

interface Site {
  /** Shows a page; `{cdn}` is the folder of the built files on another site, `{page}` a scheduling page there. */
  open(page: Page, html: string, shelf?: Omit<Shelf, 'page'>): Promise<void>;
  set(shelf: Shelf): void;
}

const test = base.extend<{ site: Site }, { cdn: Cdn }>({
  cdn: [
    // eslint wants no empty pattern, Playwright wants one
    async ({ browserName: _ }, use) => {
      const cdn = await startCdn();
      await use(cdn);
      await cdn.stop();
    },
    { scope: 'worker' },
  ],
  site: async ({ cdn }, use, { testId }) => {
    const name = `e2e-${testId}`;
    const folder = `${cdn.origin}/${name}`;
    let shelf: Shelf = {};
    await use({
      async open(page, html, settings) {
        const full = html.replaceAll('{cdn}', folder).replaceAll('{page}', `${folder}/scheduler/acme/30min`);
        shelf = { cors: true, ...settings, page: { html: `<!doctype html><meta charset="utf-8">${full}` } };
        cdn.set(name, shelf);
        await page.goto(`${folder.replace('127.0.0.1', 'localhost')}/__page`);
      },
      set: (settings) => cdn.set(name, { ...shelf, faults: [], ...settings }),
    });
  },
});

const SCRIPT = '<script async src="{cdn}/booking-widget.js"></script>';
const WIDGET =
  '<booking-widget loading="interaction" src="{page}"><a href="{page}">Book a time</a></booking-widget>';
const far = (pixels: number): string => `<div style="height:${pixels}px"></div>`;

const isDefined = (page: Page): Promise<boolean> =>
  page.evaluate(() => customElements.get('booking-widget') !== undefined);

test.use({ viewport: { width: 800, height: 600 } });

test('the loader fetches no chunk until the widget is one and a half screens away', async ({
  page,
  site,
}) => {
  const requested: string[] = [];
  page.on('request', (request) => requested.push(new URL(request.url()).pathname.replace(/^\/[^/]+\//, '')));
  await site.open(page, `${SCRIPT}<body style="margin:0">${far(4000)}${WIDGET}`);
  await page.evaluate(() => {
    window.scrollTo(0, 4000 - 600 - 910);
  });
  // An observer that was made later than the loader's is notified after it.
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        new IntersectionObserver(resolve).observe(document.body);
      }),
  );
  expect(requested).toEqual(['__page', 'booking-widget.js']);
  await page.evaluate(() => {
    window.scrollTo(0, 4000 - 600 - 890);
  });
  await expect.poll(() => isDefined(page)).toBe(true);
  expect(
    await page.locator('booking-widget').evaluate((widget) => widget.getBoundingClientRect().top),
  ).toBeGreaterThan(600);
});

test('without JavaScript the widget is a link', async ({ browser, browserName, site }) => {
  test.skip(browserName === 'firefox', 'a stock Firefox without JavaScript cannot be driven');
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await site.open(page, SCRIPT + WIDGET);
  await page.getByRole('link', { name: 'Book a time' }).click();
  await expect(page).toHaveTitle('A scheduling page');
  await context.close();
});

test('nothing on the page shifts when the loader is replaced by the element', async ({
  page,
  site,
  browserName,
}) => {
  test.skip(browserName !== 'chromium', 'only Chromium reports layout shifts');
  await site.open(
    page,
    `<script>var shifts = 0; new PerformanceObserver(list => { for (const { value } of list.getEntries()) shifts += value })
      .observe({ type: 'layout-shift', buffered: true })</script>
    ${SCRIPT.replace('async', '')}<p>Above</p>${WIDGET.replace('loading="interaction" ', '')}<p>Below</p>`,
  );
  await expect(page.frameLocator('booking-widget iframe').getByText('Choose a time')).toBeVisible();
  expect(await page.evaluate('shifts')).toBe(0);
});

test('a page without a connection to the chunks says so and recovers when the connection is back', async ({
  page,
  site,
}) => {
  await site.open(page, SCRIPT + WIDGET, {
    faults: [
      { file: '/', how: 'refuse' },
      { file: '.all.js', how: 'refuse' },
    ],
  });
  const note = page.getByRole('alert');
  await expect(note).toContainText("Couldn't load");
  await expect(note.getByRole('link', { name: 'Open in a new tab' })).toHaveAttribute(
    'href',
    /\/scheduler\/acme\/30min$/,
  );
  site.set({});
  await note.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => isDefined(page)).toBe(true);
  await expect(note).toHaveCount(0);
});

test('a click on a link opens the dialog and closing it returns focus to the link', async ({
  page,
  site,
}) => {
  await site.open(page, `${SCRIPT}<a class="booking-widget" href="{page}">Book a time</a>`);
  const link = page.locator('a.booking-widget');
  await expect(link).toHaveAttribute('aria-haspopup', 'dialog');
  await link.click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page).toHaveURL(/__page$/);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(link).toBeFocused();
});

test.describe('widget in a frame of another site', () => {
  /** The pasted markup is at 127.0.0.1, the page around it at localhost. */
  const pasted = async (page: Page, cdn: Cdn, name: string, html: string): Promise<FrameLocator> => {
    const folder = `${cdn.origin}/foreign-${name}`;
    const full = html.replaceAll('{cdn}', folder).replaceAll('{page}', `${folder}/scheduler/acme/30min`);
    cdn.set(`foreign-${name}`, {
      cors: true,
      page: { html: `<!doctype html><meta charset="utf-8">${full}` },
    });
    cdn.set(`around-${name}`, {
      page: { html: `<!doctype html><iframe width="600" height="220" src="${folder}/__page"></iframe>` },
    });
    await page.goto(`${cdn.origin.replace('127.0.0.1', 'localhost')}/around-${name}/__page`);
    return page.frameLocator('iframe');
  };

  test('a link in a frame of another site opens a tab and announces no dialog', async ({ page, cdn }, {
    testId,
  }) => {
    const inside = await pasted(
      page,
      cdn,
      testId,
      `${SCRIPT}<a class="booking-widget" href="{page}">Book a time</a>`,
    );
    const link = inside.getByRole('link', { name: 'Book a time' });
    await expect(link).toHaveAttribute('target', '_blank');
    await expect(link).not.toHaveAttribute('aria-haspopup');
    const tab = page.waitForEvent('popup');
    await link.click();
    await expect(await tab).toHaveTitle('A scheduling page');
  });

  test('a popup without a link in a frame of another site opens a tab without an opener', async ({
    page,
    cdn,
  }, { testId }) => {
    const inside = await pasted(
      page,
      cdn,
      testId,
      `${SCRIPT}<booking-widget mode="popup" provider="plain" src="{page}"></booking-widget>`,
    );
    const tab = page.waitForEvent('popup');
    await inside.getByRole('button', { name: 'Book a time' }).click();
    await expect(await tab).toHaveTitle('A scheduling page');
    expect(await (await tab).evaluate(() => window.opener === null)).toBe(true);
    await expect(inside.getByRole('dialog')).toHaveCount(0);
  });

  test('a floating button in a frame of another site stands in the flow', async ({ page, cdn }, {
    testId,
  }) => {
    const inside = await pasted(
      page,
      cdn,
      testId,
      `${SCRIPT}<booking-widget mode="floating" provider="plain" src="{page}"></booking-widget>`,
    );
    const launcher = inside.getByRole('button', { name: 'Book a time' });
    await expect(launcher).toBeVisible();
    expect(await launcher.evaluate((button) => getComputedStyle(button).position)).toBe('static');
  });
});
