import type { Locator, Page } from '@playwright/test';
import { expect, slot, test, widget } from '../../helpers/widget-pages.js';

/*
 * What a visitor does with a booking of their own, on the built files: they move it, cancel it, book again, or leave the page
 * while it is being sent.
 */

const INTERACTION = 'loading="interaction"';
const part = (page: Page, name: string): Locator => page.locator(`booking-widget [part~="${name}"]`);
const slotNamed = (page: Page, name: string): Locator =>
  page.locator(`booking-widget [part~="slot"][aria-label="${name}"]`);

async function send(page: Page): Promise<void> {
  await page.locator('booking-widget [name="name"]').fill('Ana Ruiz');
  await page.locator('booking-widget [name="email"]').fill('ana@example.org');
  await part(page, 'confirm').click();
}

test.describe('own booking', () => {
  test('a time that was given up is offered again, after a move to another day as after a cancellation', async ({
    page,
    site,
    service,
  }) => {
    await site.open(page, widget(service, site.host, INTERACTION));
    const first = (await slot(page).first().getAttribute('aria-label')) ?? '';
    await slot(page).first().click();
    await send(page);
    await part(page, 'reschedule').click();
    await expect(slotNamed(page, first)).toHaveCount(0);
    // Further away than the days beside the first one, which are requested again in any case.
    await part(page, 'later').click();
    await expect(slot(page).first()).not.toHaveAttribute('aria-label', first);
    const second = (await slot(page).last().getAttribute('aria-label')) ?? '';
    await slotNamed(page, second).click();
    await part(page, 'confirm').click();
    await expect(part(page, 'confirmation')).toContainText('Your booking was moved.');
    await part(page, 'reschedule').click();
    await part(page, 'earlier').click();
    await expect(slotNamed(page, first)).toBeVisible();
    await part(page, 'later').click();
    await expect(slotNamed(page, second)).toHaveCount(0);

    await slot(page).last().click();
    await part(page, 'confirm').click();
    await expect(part(page, 'confirmation')).toContainText('Your booking was moved.');
    await part(page, 'cancel').click();
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await expect(part(page, 'confirmation')).toContainText('Your booking was cancelled.');
    await part(page, 'book-another').click();
    await expect(slotNamed(page, second)).toBeVisible();
  });

  test('a visitor who leaves the page while a booking is sent is asked whether to stay, and not after that', async ({
    page,
    site,
    service,
  }) => {
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.dismiss();
    });
    await site.turn({ 'booking-delay': 1500 });
    await site.open(page, widget(service, site.host, INTERACTION));
    await slot(page).first().click();
    await send(page);
    await expect(part(page, 'confirmation')).toHaveAttribute('aria-busy', 'true');
    await page.evaluate(() => {
      location.search = '?elsewhere';
    });
    await expect.poll(() => asked).toEqual(['beforeunload']);
    await expect(part(page, 'confirmation')).toContainText('You are booked');
    await page.goto(`${page.url()}?elsewhere`);
    await expect(slot(page).first()).toBeVisible();
    expect(asked).toHaveLength(1);
  });
});
