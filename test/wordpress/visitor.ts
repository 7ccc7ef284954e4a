import type { Browser, BrowserContext, Page } from 'playwright';
import type { ServiceAddresses } from '../helpers/service.js';

/** What a visitor ends with. */
export type Outcome = 'calendar' | 'dialog' | 'nothing';

/**
 * A browser for which Cal.com is the local scheduling service: pages and questions for times under Cal.com's own
 * addresses are answered by it. Nothing else leaves loopback.
 */
export async function contextFor(browser: Browser, service: ServiceAddresses): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
  await context.route(
    ({ hostname }) => hostname !== '127.0.0.1',
    async (route) => {
      const { hostname, pathname, search } = new URL(route.request().url());
      if (!/(^|\.)cal\.com$/.test(hostname)) return route.fulfill({ status: 404, body: '' });
      return route.fulfill({ response: await route.fetch({ url: service.cal + pathname + search }) });
    },
  );
  context.setDefaultTimeout(15_000);
  return context;
}

const READY = 'booking-widget:state(ready)';

/** Opens a page and uses what is there like a visitor: sees the calendar, or presses the link and sees it in a dialog. */
export async function visit(page: Page, link: string): Promise<Outcome> {
  await page.goto(link);
  const opener = page.locator('a[aria-haspopup=dialog]');
  const found = await Promise.race([
    page.waitForSelector(READY).then(() => 'calendar' as const),
    opener.waitFor().then(() => 'dialog' as const),
  ]).catch(() => 'nothing' as const);
  if (found !== 'dialog') return found;
  await opener.click();
  await page.locator('booking-widget dialog').waitFor();
  await page.waitForSelector(READY, { state: 'attached' });
  return found;
}

/** Signs in to the administration. */
export async function signIn(page: Page, origin: string, name: string, password: string): Promise<void> {
  await page.goto(`${origin}/wp-login.php`);
  await page.fill('#user_login', name);
  await page.fill('#user_pass', password);
  await page.click('#wp-submit');
  await page.waitForURL(/wp-admin/);
}
