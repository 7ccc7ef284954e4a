import { expect, frameOf, row, test, widget } from '../../helpers/gallery.js';

/** How each ends. What is not named ends with the calendar alone. */
const ENDS: Readonly<Record<string, string | readonly [code: string, then: 'ready']>> = {
  hang: 'timeout',
  refuse: 'provider-error',
  'not-found': 'not-found',
  error: 'provider-error',
  once: ['provider-error', 'ready'],
  mute: 'timeout',
  late: ['timeout', 'ready'],
  'frame-ancestors': 'refused|timeout',
  xfo: 'timeout',
  policy: 'blocked-csp',
  address: 'bad-config',
};

/** Browsers log what was made to fail here; some call it an error of the page. */
const MADE_TO_FAIL = /^(?!exception)|settings blocked|X-Frame-Options|Same Origin Policy/;

test.describe('failure page', () => {
  for (const id of [
    'none',
    'slow',
    'height',
    'empty',
    'times-429',
    'times-500',
    'times-garbage',
    'times-mute',
    ...Object.keys(ENDS),
  ]) {
    const end = ENDS[id];
    const [code, then] = typeof end === 'string' ? [end, undefined] : (end ?? [undefined, 'ready']);
    const words = [code && `the failure view (${code})`, then && 'the calendar']
      .filter(Boolean)
      .join(', then ');
    test(`the fault ${id} ends in ${words}`, async ({ page, watched }) => {
      watched.allow(MADE_TO_FAIL);
      await page.goto(`/failures?failure=${id}`);
      const place =
        id === 'policy' ? page.frameLocator('iframe.broken').locator('body') : page.locator('body');
      if (code) {
        const error = row(page, 'booking-error').last();
        await expect(error).toContainText(new RegExp(`code (${code})`));
        const failure = place.locator('[part~=failure]');
        if (!then) {
          await expect(failure).toBeVisible();
          // Offered only where trying again can help.
          if (/^(bad-config|offline|timeout|provider-error|rate-limited)$/.test(code))
            await expect(failure.getByRole('button', { name: 'Try again' })).toBeVisible();
          await expect(failure.getByRole('link', { name: 'Open in a new tab' })).toHaveCount(
            id === 'address' ? 0 : 1,
          );
        }
      } else {
        await expect(row(page, 'booking-error')).toHaveCount(0);
      }
      if (then) {
        await expect(row(page, 'booking-ready').first()).toBeVisible({ timeout: 30_000 });
        await expect(frameOf(page).locator('.card').first()).toBeVisible();
      }
      if (id === 'height') {
        const box = await widget(page).boundingBox();
        expect(box?.height).toBeLessThanOrEqual(5000);
      }
    });
  }

  test('the fault own-files ends in a note of the loader with a fallback link', async ({ page, watched }) => {
    watched.allow(MADE_TO_FAIL);
    await page.goto('/failures?failure=own-files');
    const note = page.frameLocator('iframe.broken').getByRole('alert');
    await expect(note).toContainText("Couldn't load");
    await expect(note.getByRole('button', { name: 'Try again' })).toBeVisible();
    await expect(note.getByRole('link', { name: 'Open in a new tab' })).toBeVisible();
  });

  test('the fault offline ends in the failure view and in the calendar once the browser is online', async ({
    page,
    context,
    watched,
  }) => {
    watched.allow(MADE_TO_FAIL);
    await page.goto('/failures?failure=offline');
    await expect(row(page, 'booking-ready')).toBeVisible();
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Start again' }).click();
    await expect(row(page, 'booking-error').first()).toContainText('code offline');
    await expect(widget(page).locator('[part~=failure]')).toContainText('You seem to be offline');
    await context.setOffline(false);
    await expect(row(page, 'booking-ready')).toBeVisible({ timeout: 30_000 });
  });

  test('the failure page starts again with another host, also by keyboard', async ({ page, watched }) => {
    watched.allow(MADE_TO_FAIL);
    await page.goto('/failures?failure=not-found');
    await expect(row(page, 'booking-error')).toHaveCount(1);
    const former = await widget(page).getAttribute('src');
    await page.getByRole('radio', { name: '404' }).focus();
    await page.keyboard.press('ArrowUp');
    await expect(page).toHaveURL(/failure=refuse/);
    await expect(row(page, 'booking-error').first()).toContainText('code provider-error');
    await page.getByRole('button', { name: 'Start again' }).click();
    await expect.poll(() => widget(page).getAttribute('src')).not.toBe(former);
  });
});
