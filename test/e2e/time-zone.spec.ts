import type { Page } from '@playwright/test';
import { expect, slot, test, widget } from '../helpers/widget-pages.js';

/** Zones whose clocks or days are odd: quarters of an hour, midnights that are left out, the date line. */
const ZONES = ['Asia/Kathmandu', 'America/Havana', 'Pacific/Chatham', 'America/St_Johns'];

/** Zone and end of the days that the page's first request for slots names. */
async function firstRequest(page: Page): Promise<readonly (string | null)[]> {
  const request = await page.waitForRequest((each) => new URL(each.url()).pathname === '/v2/slots');
  const { searchParams } = new URL(request.url());
  return ['timeZone', 'end'].map((name) => searchParams.get(name));
}

for (const timezoneId of ZONES)
  test(`in ${timezoneId} slots are requested for the same days by engines with and without Temporal`, async ({
    browser,
    site,
    service,
  }) => {
    const asked = [];
    for (const hasTemporal of [true, false]) {
      const context = await browser.newContext({ timezoneId });
      const page = await context.newPage();
      if (!hasTemporal) await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Temporal'));
      const [request] = await Promise.all([
        firstRequest(page),
        site.open(page, widget(service, site.host, 'loading="interaction"')),
      ]);
      asked.push(request);
      await expect(slot(page).first()).toBeVisible();
      const named = await page.evaluate(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
      expect(request[0]).toBe(named);
      await expect(page.locator('booking-widget [part~="zone"]')).toContainText(named.replaceAll('_', ' '));
      await context.close();
    }
    expect(asked[1]).toEqual(asked[0]);
  });

test('the first request for slots does not wait for the first use of Intl, where the engine has Temporal', async ({
  page,
  site,
  service,
}) => {
  await page.addInitScript(() => {
    const made: number[] = [];
    Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, {
      construct(target, given, self) {
        made.push(performance.now());
        return Reflect.construct(target, given, self) as object;
      },
    });
    Object.assign(globalThis, { made });
  });
  // The element never comes, so nothing draws.
  await page.route('**/element.js', () => undefined);
  await Promise.all([firstRequest(page), site.open(page, widget(service, site.host))]);
  const { made, hasTemporal } = await page.evaluate(() => ({
    made: (globalThis as unknown as { made: number[] }).made,
    hasTemporal: 'Temporal' in globalThis,
  }));
  expect(made.length > 0).toBe(!hasTemporal);
});
