import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';

/** The field for the link. */
export const link = (page: Page): Locator => page.getByRole('textbox', { name: 'Your scheduling link' });
/** The page in the preview. */
export const preview = (page: Page): FrameLocator => page.frameLocator('iframe[title=Preview]');
/** The snippet that is shown. */
export const code = (page: Page): Locator => page.locator('.paste .snippet code').first();

/** Presses a copy button; returns what is in the clipboard then. */
export async function copied(page: Page, button = 'Copy snippet'): Promise<string> {
  await page.getByRole('button', { name: button }).first().click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Opens a section of settings by keyboard. */
export async function openSection(page: Page, title: string): Promise<void> {
  await page.locator('summary', { hasText: title }).focus();
  await page.keyboard.press('Enter');
}

/** Resolves when the widget in the preview shows slots or a calendar. */
export const untilPreviewed = (page: Page): Promise<void> =>
  expect
    .poll(() =>
      preview(page)
        .locator('booking-widget')
        .evaluate((widget) => widget.matches(':state(times),:state(ready),:state(shown)')),
    )
    .toBe(true);

/** Lets the local service answer what the page asks Cal.com. Returns the addresses that were asked, in order. */
export async function answerAsCal(page: Page, cal: string): Promise<readonly string[]> {
  const asked: string[] = [];
  await page.route('https://api.cal.com/**', async (route) => {
    const { href, pathname, search } = new URL(route.request().url());
    asked.push(href);
    await route.fulfill({ response: await route.fetch({ url: `${cal}${pathname}${search}` }) });
  });
  return asked;
}
