import type { Page } from '@playwright/test';
import { expect, test } from '../helpers/gallery.js';
import { answerAsCal, link } from '../helpers/generator-page.js';

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));

const result = (page: Page) => page.locator('#link-result');

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((written) => navigator.clipboard.writeText(written), text);
  await link(page).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+V');
}

test.describe('snippet generator: what a link is about', () => {
  test('the title and the length of a pasted link come from its service, the end of its path until then', async ({
    page,
    site,
  }) => {
    const asked = await answerAsCal(page, site.service.cal);
    let answer = (): void => undefined;
    const isAllowed = new Promise<void>((resolve) => (answer = resolve));
    await page.route('https://api.cal.com/**', async (route) => {
      await isAllowed;
      await route.fallback();
    });
    await page.goto('/generator');
    await paste(page, 'https://cal.com/acme/30min');
    await expect(result(page)).toContainText('30 minutes · cal.com');
    answer();
    await expect(result(page).locator('.title')).toHaveText('30 minute meeting · cal.com');
    // Leaving the field asks no second time.
    await link(page).blur();
    await paste(page, 'https://cal.com/acme/multi');
    await expect(result(page)).toContainText('As long as you need · 15, 30 or 60 minutes');
    expect(asked).toHaveLength(2);
    expect(asked[0]).toBe('https://api.cal.com/v2/event-types?username=acme&eventSlug=30min');
  });

  test('nobody is asked before a link that is recognised was pasted, or typed and left', async ({
    page,
    site,
  }) => {
    const asked = await answerAsCal(page, site.service.cal);
    await page.goto(`/generator#link=${encodeURIComponent('https://cal.com/acme/30min')}`);
    await expect(result(page)).toContainText('30 minutes · cal.com');
    await page.getByRole('button', { name: 'Start again' }).click();
    await expect(page.getByText('Sample', { exact: true })).toBeVisible();
    await paste(page, 'https://cal.com/pricing');
    await expect(result(page)).toContainText('belongs to cal.com itself');
    await paste(page, 'https://calendly.com/jane/intro-call');
    await expect(result(page)).toContainText('Intro call · calendly.com');
    await link(page).fill('');
    await link(page).pressSequentially('cal.com/acme/30min');
    await expect(result(page)).toContainText('30 minutes · cal.com');
    expect(asked).toEqual([]);
    await link(page).blur();
    await expect(result(page)).toContainText('30 minute meeting');
    expect(asked).toHaveLength(1);
  });

  test('a service that fails changes nothing', async ({ page, watched }) => {
    watched.allow(/Failed to load resource/);
    await page.route('https://api.cal.com/**', (route) => route.abort());
    await page.goto('/generator');
    const failed = page.waitForEvent('requestfailed');
    await paste(page, 'https://cal.com/jane/intro-call');
    await failed;
    await expect(result(page).locator('.title')).toHaveText('Intro call · cal.com');
    await expect(result(page)).toContainText('Visitors book in the widget’s own form');
  });
});
