import type { Page } from '@playwright/test';
import { expect, test } from '../../helpers/widget-pages.js';
import { count, growth, TIMER_COUNTER, type Counts } from '../../leaks/counters.js';
import { mountAndRemove, PLANS } from '../../leaks/rounds.js';

const ROUNDS = 40;

test.describe('leaks', () => {
  test.skip(({ browserName }) => browserName !== 'chromium', 'only Chromium counts nodes and listeners');
  test.slow();
  test.beforeEach(({ page }) => page.addInitScript(TIMER_COUNTER));

  /** What grew in a second run. The first one brings all chunks and whatever is kept once for a page. */
  const grownBy = async (page: Page, run: () => Promise<unknown>): Promise<Counts> => {
    const session = await page.context().newCDPSession(page);
    await run();
    const before = await count(page, session);
    await run();
    return growth(before, await count(page, session));
  };

  test('widgets of every mode and loading leave nothing behind, at whatever moment they are removed', async ({
    page,
    service,
    site,
  }) => {
    await site.open(page, '<div id="app"></div>');
    expect(await grownBy(page, () => mountAndRemove(page, service.cal, site.host, PLANS))).toEqual({});
  });

  test('a popup that is opened and closed again and again keeps the same number of nodes', async ({
    page,
    service,
    site,
  }) => {
    await site.open(
      page,
      `<booking-widget mode="popup" availability="off" provider="cal" src="${service.cal}/${site.host}/30min"><a href="${service.cal}/${site.host}/30min">Book</a></booking-widget>`,
    );
    await expect(page.getByRole('link', { name: 'Book', exact: true })).toHaveAttribute(
      'aria-haspopup',
      'dialog',
    );
    expect(
      await grownBy(page, () =>
        page.evaluate(async (times) => {
          const widget = document.querySelector('booking-widget') as HTMLElement & {
            open(): void;
            close(): void;
          };
          const fired = (type: string): Promise<unknown> =>
            new Promise((resolve) => {
              widget.addEventListener(type, resolve, { once: true });
            });
          for (let round = 0; round < times; round++) {
            const opened = fired('booking-open');
            widget.open();
            await opened;
            const closed = fired('booking-close');
            widget.close();
            await closed;
          }
        }, ROUNDS),
      ),
    ).toEqual({});
  });

  test('links that come and go leave no widget behind', async ({ page, service, site }) => {
    await site.open(page, '<div id="app"></div>');
    await page.waitForFunction(() => Symbol.for('booking-widget') in globalThis);
    expect(
      await grownBy(page, () =>
        page.evaluate(
          async ([cal, host, times]) => {
            const app = document.querySelector('#app') as HTMLElement;
            for (let round = 0; round < times; round++) {
              const link = document.createElement('a');
              link.className = 'booking-widget';
              Object.assign(link.dataset, { bookingProvider: 'cal', bookingAvailability: 'off' });
              link.href = `${cal}/${host}/30min`;
              link.textContent = 'Book';
              app.replaceChildren(link);
              while (link.getAttribute('aria-haspopup') !== 'dialog')
                await new Promise((resolve) => requestAnimationFrame(resolve));
              link.dispatchEvent(new Event('pointerenter'));
              app.replaceChildren();
            }
          },
          [service.cal, site.host, ROUNDS] as const,
        ),
      ),
    ).toEqual({});
    expect(await page.locator('booking-widget').count()).toBeLessThanOrEqual(1);
  });
});
