import type { Page } from '@playwright/test';
import { expect, frameOf, row, slots, test, violations } from '../../helpers/gallery.js';

test.describe('inline page', () => {
  test('the inline page shows slots first and the calendar when it is ready', async ({ page }) => {
    await page.goto('/inline');
    await expect(row(page, 'booking-availability').first()).toBeVisible();
    await expect(row(page, 'booking-ready')).toContainText('provider cal');
    await expect(frameOf(page).locator('.time').first()).toBeVisible();
  });
});

test.describe('popup page', () => {
  for (const [what, find] of [
    ['a link of one’s own', (page: Page) => page.getByRole('link', { name: 'Book a time' })],
    ['a button of one’s own', (page: Page) => page.getByRole('button', { name: 'Talk to us' })],
    ['a link with a class', (page: Page) => page.getByRole('link', { name: 'As long as you need' })],
  ] as const) {
    test(`a popup opens from ${what} and returns focus when it closes`, async ({ page }) => {
      await page.goto('/popup');
      const opener = find(page);
      await opener.scrollIntoViewIfNeeded();
      await expect(opener).toHaveAttribute('aria-haspopup', 'dialog');
      await opener.click();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toBeVisible();
      await expect(row(page, 'booking-open')).toHaveCount(1);
      await expect(frameOf(dialog).locator('.time').first()).toBeVisible();
      await dialog.getByRole('button', { name: 'Close' }).click();
      await expect(dialog).toBeHidden();
      await expect(opener).toBeFocused();
      await expect(row(page, 'booking-close')).toHaveCount(1);
    });

    test(`a popup that was opened from ${what} is accessible`, async ({ page }) => {
      await page.goto('/popup');
      // Until then it is the link it looks like.
      await find(page).scrollIntoViewIfNeeded();
      await expect(find(page)).toHaveAttribute('aria-haspopup', 'dialog');
      await find(page).click();
      await expect(frameOf(page.getByRole('dialog')).locator('.time').first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  }

  test('a popup opens by a command button and closes with Escape', async ({ page }) => {
    await page.goto('/popup');
    test.skip(
      !(await page.evaluate(() => 'commandForElement' in HTMLButtonElement.prototype)),
      'this browser knows no commands',
    );
    const opener = page.getByRole('button', { name: 'Reserve a workshop hour' });
    await opener.scrollIntoViewIfNeeded();
    await expect.poll(() => page.evaluate(() => !!customElements.get('booking-widget'))).toBe(true);
    await opener.click();
    const dialog = page.getByRole('dialog', { name: 'Workshop hour' });
    await expect(row(page, 'booking-ready')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });
});

test.describe('floating page', () => {
  test('the floating launcher stays in its corner and opens the dialog', async ({ page }) => {
    await page.goto('/floating');
    const launcher = page.getByRole('button', { name: 'Book a time' });
    await expect(launcher).toBeVisible();
    const box = await launcher.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeGreaterThan(1200);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(840);
    await launcher.click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  });
});

test.describe('pasted page', () => {
  test('every placeholder works and nothing else of the page is hidden or taken for one', async ({
    page,
  }) => {
    await page.goto('/pasted');
    for (const example of ['breaks', 'emptied', 'taken-away']) {
      await page.locator(`#${example}`).scrollIntoViewIfNeeded();
      await expect(slots(page.locator(`#${example}`)).first()).toBeVisible();
    }
    await expect(page.locator('#breaks').getByRole('link')).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Book a quick call' })).not.toHaveAttribute('aria-haspopup');
    const swallowed = page.getByRole('link', { name: 'What else is here' });
    await expect(swallowed).toBeVisible();
    await expect(swallowed).not.toHaveAttribute('aria-haspopup');

    const dialog = page.locator('dialog[open]');
    for (const opener of [
      page.getByRole('button', { name: 'Reserve an hour' }),
      page.getByRole('link', { name: 'As long as you need' }),
      page.getByRole('button', { name: 'Visit the studio' }),
    ]) {
      await opener.click();
      await expect(dialog).toBeVisible();
      await dialog.getByRole('button', { name: 'Close' }).click();
      await expect(dialog).toHaveCount(0);
    }
  });
});
