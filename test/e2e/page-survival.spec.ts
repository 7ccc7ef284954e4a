import type { Locator, Page } from '@playwright/test';
import { expect, slot, test, widget } from '../helpers/widget-pages.js';

test.use({ viewport: { width: 800, height: 700 } });

interface Asked {
  readonly path: string;
}

test.describe('page from the back-forward cache', () => {
  test.skip(({ browserName }) => browserName !== 'firefox', 'Chromium’s headless shell keeps no pages');

  test('a page from the back-forward cache has one working calendar and requests slots that are stale by then', async ({
    page,
    site,
    service,
  }) => {
    /** An hour passes while the page is away. */
    await page.addInitScript(`{
      const { now } = Date;
      let passed = 0;
      Date.now = () => now() + passed;
      globalThis.restored = 0;
      addEventListener('pagehide', () => { passed += 3_600_000; });
      addEventListener('pageshow', ({ persisted }) => { if (persisted) restored++; });
    }`);
    const requested = async (what: string): Promise<number> => {
      const log = (await (
        await fetch(`${service.control}/log?match=${site.host}`)
      ).json()) as readonly Asked[];
      return log.filter(({ path }) => path.includes(what)).length;
    };
    const leaveAndReturn = async (): Promise<void> => {
      const before = await page.evaluate<number>('restored');
      await page.evaluate('location.href = new URL("/elsewhere/__page", location.href)');
      await page.waitForURL(/elsewhere/);
      await page.evaluate('setTimeout(() => history.back())').catch(() => 'gone already');
      // A page that is restored does not load. Playwright goes on waiting for that, so from here on scripts have a look.
      await expect
        .poll(() => page.evaluate('globalThis.restored').catch(() => 'on its way'))
        .toBe(before + 1);
    };

    await site.open(
      page,
      widget(service, site.host) + widget(service, site.host, 'mode="popup" id="popup"', ''),
    );
    const first = page.locator('booking-widget').first();
    await expect(first.locator('iframe').contentFrame().locator('.time').first()).toBeVisible();
    await expect(first.locator('iframe')).toHaveCount(1);
    const framed = await requested('/embed');
    const times = await requested('/slots');
    const roots = `[...document.querySelectorAll('booking-widget')].map((widget) => widget.shadowRoot)`;
    const frames = (): Promise<number> =>
      page.evaluate(`${roots}.flatMap((root) => [...root.querySelectorAll('iframe')]).length`);

    await leaveAndReturn();
    await expect.poll(() => requested('/slots')).toBeGreaterThan(times);
    expect(await frames()).toBe(1);
    expect(await page.evaluate(`document.querySelector('booking-widget').matches(':state(ready)')`)).toBe(
      true,
    );
    expect(await requested('/embed')).toBe(framed);

    // And what was closed opens.
    await page.evaluate(`document.querySelector('#popup a').click()`);
    await expect
      .poll(() => page.evaluate(`!!${roots}[1].querySelector('dialog[open] [part~=slot]')`))
      .toBe(true);
    await expect.poll(frames).toBe(2);
    await expect
      .poll(() => page.evaluate(`document.querySelector('#popup').matches(':state(ready)')`))
      .toBe(true);
    expect(await frames()).toBe(2);
  });
});

test.describe('forced colours', () => {
  test.skip(({ browserName }) => browserName !== 'chromium', 'only Chromium can emulate forced colours');

  interface Look {
    readonly border: string;
    readonly outline: string;
    readonly background: string;
    readonly text: string;
    readonly opacity: number;
  }

  const look = (element: Locator): Promise<Look> =>
    element.evaluate((node) => {
      const style = getComputedStyle(node);
      return {
        border: `${style.borderTopStyle} ${style.borderTopWidth} ${style.borderTopColor}`,
        outline: `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`,
        background: style.backgroundColor,
        text: style.color,
        opacity: Number(style.opacity),
      };
    });
  /** What the browser makes of a system colour, as it says it in computed styles. */
  const system = (page: Page, name: string): Promise<string> =>
    page.evaluate((color) => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.cssText = `forced-color-adjust:none;color:${color}`;
      const computed = getComputedStyle(probe).color;
      probe.remove();
      return computed;
    }, name);

  test('forced colours keep borders, focus and disabled buttons visible', async ({ page, site, service }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    await site.open(page, widget(service, site.host, 'loading="interaction"'));
    await expect(slot(page).first()).toBeVisible();
    const canvas = await system(page, 'Canvas');
    const buttonText = await system(page, 'ButtonText');

    const times = await look(slot(page).first());
    expect(times.border).toMatch(/^solid 1px /);
    expect(times.border).not.toContain(canvas);
    expect(times.text).toBe(buttonText);
    // What cannot be pressed is paler than what can.
    expect((await look(page.locator('booking-widget [part~="earlier"]'))).opacity).toBeLessThan(0.5);
    expect((await look(page.locator('booking-widget [part~="later"]'))).opacity).toBe(1);

    await page.keyboard.press('Tab');
    await slot(page).nth(1).focus();
    const focused = await look(slot(page).nth(1));
    expect(focused.outline).toMatch(/^solid 2px /);
    expect(focused.outline).not.toContain(canvas);
    expect(focused.outline).not.toMatch(/rgba\(.*, 0\)/);
  });

  test('forced colours keep the edge of a link that is a card’s filled button', async ({ page, site }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    // A service whose pages cannot be framed: nothing is requested from it.
    await site.open(page, '<booking-widget src="https://calendar.app.google/abcdefghijk"></booking-widget>');
    const link = page.locator('booking-widget [part~="open-link"]');
    await expect(link).toBeVisible();
    const { border } = await look(link);
    expect(border).toMatch(/^solid 1px /);
    expect(border).not.toContain(await system(page, 'Canvas'));
    expect(border).not.toMatch(/rgba\(.*, 0\)/);
  });

  test('forced colours keep the edges of the dialog and of filled buttons visible', async ({
    page,
    site,
    service,
  }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    await site.open(
      page,
      widget(service, site.host, 'mode="popup" consent="required" loading="interaction"', ''),
    );
    await page.getByRole('link', { name: 'Book a time' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    const canvas = await system(page, 'Canvas');
    const edges = [
      (await look(dialog)).outline,
      (await look(dialog.locator('[part~="show"]'))).border,
      (await look(dialog.locator('[part~="close"]'))).border,
    ];
    for (const edge of edges) {
      expect(edge).toMatch(/^solid [12]px /);
      expect(edge).not.toContain(canvas);
      expect(edge).not.toMatch(/rgba\(.*, 0\)/);
    }
  });
});
