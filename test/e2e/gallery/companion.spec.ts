import type { Locator, Page } from '@playwright/test';
import { book, expect, frameOf, row, slots, test, violations } from '../../helpers/gallery.js';

test.describe('events and forms pages', () => {
  test('a booking emits an event and its load is reported', async ({ page }) => {
    await page.goto('/events');
    await expect(row(page, 'booking-ready')).toHaveCount(1);
    await expect(page.locator('.report-list > li').first()).toContainText('ready');
    await book(frameOf(page));
    await expect(row(page, 'booking-booked')).toContainText('change created');
    await page.getByRole('link', { name: 'Or a quick call' }).click();
    await expect(row(page, 'booking-open')).toContainText('#popup');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await expect(row(page, 'booking-close')).toHaveCount(1);
    await expect(page.locator('.tally')).toContainText('booking-booked 1');
  });

  test('a form sends the id of the booking', async ({ page, site }) => {
    await page.goto('/forms');
    const send = page.getByRole('button', { name: 'Send' });
    const sent = page.locator('output.sent');
    await expect(row(page, 'booking-ready')).toHaveCount(1);
    await send.click();
    await expect(sent).toHaveText('topic = A new website');
    await book(frameOf(page));
    await expect(row(page, 'booking-booked')).toHaveCount(1);
    await send.click();
    const bookings = (await (await fetch(`${site.service.control}/bookings?match=acme/30min`)).json()) as {
      readonly uid: string;
    }[];
    const text = await sent.innerText();
    expect(bookings.map(({ uid }) => `topic = A new website\nbooking = ${uid}`)).toContain(text);
  });
});

test.describe('companion page', () => {
  /** The page, once its widget has times and gets live updates. */
  async function listening(page: Page): Promise<{ requested: () => number }> {
    let requested = 0;
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/v1/availability') requested++;
    });
    const live = page.waitForResponse((response) => response.url().includes('/v1/live?'));
    await page.goto('/companion');
    await expect(slots(page).first()).toBeVisible();
    expect((await live).status()).toBe(200);
    return { requested: () => requested };
  }

  const nameOf = async (slot: Locator): Promise<string> => (await slot.getAttribute('aria-label')) ?? '';

  test('a slot that is booked in one browser goes from another', async ({ page, browser, site }) => {
    const context = await browser.newContext({
      baseURL: site.origin,
      viewport: { width: 1280, height: 900 },
      timezoneId: 'Europe/Berlin',
      locale: 'en-GB',
    });
    const other = await context.newPage();
    await listening(page);
    const { requested } = await listening(other);
    const name = await nameOf(slots(page).last());
    const there = other.locator(`[part~=slot][aria-label="${name}"]`);
    await expect(there).toBeVisible();
    const before = requested();
    // Firefox types into the window in front.
    await page.bringToFront();
    await slots(page).last().click();
    await page.getByLabel('Name').fill('Ada Lovelace');
    await page.getByLabel('Email', { exact: true }).fill('ada@example.com');
    await page.locator('[part~=confirm]').click();
    await expect(row(page, 'booking-booked')).toHaveCount(1);
    await expect(there).toHaveCount(0);
    expect(requested(), 'nothing was requested').toBe(before);
    await context.close();
  });

  test('the companion page shows how long a foreign booking took to reach every page', async ({ page }) => {
    await listening(page);
    const name = await nameOf(slots(page).first());
    await page.getByRole('button', { name: 'Book the first time from elsewhere' }).click();
    await expect(page.locator('[data-result]')).toContainText(/every page was notified after \d+ ms/);
    await expect(page.locator(`[part~=slot][aria-label="${name}"]`)).toHaveCount(0);
  });

  test('the companion serves the widget on a page of its own that can be framed', async ({
    page,
    site,
    watched,
  }) => {
    watched.allow(/status of 400/); // the last page is a refusal
    await page.goto('/companion');
    const address = (await page.getByRole('link', { name: 'The same widget' }).getAttribute('href')) ?? '';
    expect(new URL(address).origin).toBe(site.companion);
    const answer = await page.goto(address);
    expect(answer?.headers()['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    await expect(slots(page).first()).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.goto('/plain');
    await page.evaluate((src) => {
      const frame = document.createElement('iframe');
      frame.id = 'hosted';
      frame.width = '600';
      frame.height = '700';
      frame.src = src;
      document.querySelector('main')?.prepend(frame);
    }, address);
    await expect(page.frameLocator('#hosted').locator('[part~=slot]').first()).toBeVisible();
    await page.goto(`${site.companion}/embed?src=https://elsewhere.example/x`);
    await expect(page.getByRole('heading', { name: 'Nothing to book here' })).toBeVisible();
    await expect(page.getByText('elsewhere.example')).toBeVisible();
  });
});
