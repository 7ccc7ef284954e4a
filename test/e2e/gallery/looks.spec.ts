import { expect, frameOf, untilAtRest, row, slots, test, violations, widget } from '../../helpers/gallery.js';

test.describe('theming, languages and narrow pages', () => {
  test('each look of the theming page is made of the CSS that is shown', async ({ page, browserName }) => {
    await page.goto('/theming');
    for (const [look, color] of [
      ['paper', 'rgb(122, 59, 29)'],
      ['night', 'rgb(196, 181, 253)'],
      ['pill', 'rgb(255, 255, 255)'],
    ] as const) {
      const section = page.locator(`.look.${look}`);
      await section.scrollIntoViewIfNeeded();
      await expect(slots(section).first()).toHaveCSS('color', color);
      await expect(section.locator('.snippet', { hasText: 'CSS' })).toContainText(`.${look} booking-widget`);
    }
    await untilAtRest(page);
    if (browserName === 'chromium') expect(await violations(page)).toEqual([]);
  });

  test('each widget uses the language around it and Arabic runs from right to left', async ({ page }) => {
    await page.goto('/languages');
    const arabic = page.locator('[lang=ar] booking-widget');
    await expect(arabic.getByRole('button', { name: 'فتح التقويم الكامل' })).toBeVisible();
    const stage = await arabic.boundingBox();
    const first = await slots(arabic).first().boundingBox();
    expect((first?.x ?? 0) - (stage?.x ?? 0)).toBeGreaterThan((stage?.width ?? 0) / 2);
    // Without the mark before it, "+6" would be seen as "6+".
    await expect(arabic.locator('[part~=more]').first()).toHaveText(/^\s*\u200e\+\d+\s*$/);
    for (const [lang, words] of [
      ['de', 'Vollständigen Kalender öffnen'],
      ['ja', 'カレンダー全体を開く'],
    ] as const) {
      const tile = page.locator(`.tile[lang=${lang}]`);
      await tile.scrollIntoViewIfNeeded();
      await expect(tile.locator('[part~=all-times]')).toBeVisible();
      if (lang === 'de') await expect(tile.locator('[part~=all-times]')).toHaveText(words);
    }
  });

  for (const width of [360, 1280])
    test(`examples that show slots show them whole in ${width} px, with what is below them`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 900 });
      for (const path of ['/', '/pasted', '/many', '/theming', '/languages']) {
        await page.goto(path);
        await untilAtRest(page);
        for (const each of await page.locator('main booking-widget:not([mode])').all()) {
          await each.scrollIntoViewIfNeeded();
          await expect(slots(each).first(), path).toBeVisible();
          await expect
            .poll(
              () =>
                each.evaluate(({ shadowRoot }) =>
                  ['.cover', '.list'].filter((name) => {
                    const box = shadowRoot?.querySelector(name);
                    return !box || box.scrollHeight > box.clientHeight;
                  }),
                ),
              path,
            )
            .toEqual([]);
        }
      }
    });

  test('the widget fits a container of any width', async ({ page }) => {
    await page.goto('/narrow');
    await expect(slots(page).first()).toBeVisible();
    for (const width of ['240', '320', '600']) {
      await page.getByRole('slider', { name: 'Width of the box' }).fill(width);
      const fits = await widget(page).evaluate(
        (each) =>
          [
            ...(each.shadowRoot?.querySelectorAll('[part~=slot], [part~=all-times], [part~=zone]') ?? []),
          ].every((part) => part.getBoundingClientRect().right <= each.getBoundingClientRect().right) &&
          each.getBoundingClientRect().width,
      );
      expect(fits).toBe(Number(width));
    }
  });
});

test.describe('pages of other providers', () => {
  test('a Calendly widget becomes ready and gets the prefill', async ({ page }) => {
    await page.goto('/calendly');
    await expect(row(page, 'booking-ready')).toContainText('provider calendly');
    const frame = frameOf(page.locator('#page'));
    await frame.locator('.time').last().click();
    await expect(frame.getByLabel('Your name')).toHaveValue('Ada Lovelace');
    await expect(frame.getByLabel('E-mail address')).toHaveValue('ada@example.com');
    const times = page.locator('#times');
    await times.scrollIntoViewIfNeeded();
    await expect(slots(times).first()).toBeVisible();
  });

  test('a page without messages is shown and never ready', async ({ page }) => {
    await page.goto('/plain');
    await expect(row(page, 'booking-timing')).toContainText('outcome shown');
    // At the end of a month there may be no free time in view.
    await expect(frameOf(page).getByRole('heading', { name: '30 minute meeting' })).toBeVisible();
    await expect(widget(page).getByRole('link', { name: 'Open in a new tab' })).toBeVisible();
    await expect(row(page, 'booking-ready')).toHaveCount(0);
  });
});
