import { expect, frameOf, untilAtRest, row, slots, test, widget } from '../../helpers/gallery.js';

test.describe('lazy page', () => {
  test('a lazy widget fetches the loader only before the visitor comes near', async ({ page, site }) => {
    const requested: string[] = [];
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      if (origin !== site.origin || pathname.startsWith('/dist/')) requested.push(origin + pathname);
    });
    await page.goto('/lazy');
    const requests = page.locator('[data-requests]');
    await expect(requests).toHaveAttribute('data-own', '1');
    // Near, but not near enough: more than one and a half screens.
    await page.evaluate(() => {
      const top = document.querySelector('booking-widget')?.getBoundingClientRect().top ?? 0;
      scrollTo({ top: scrollY + top - 2.6 * innerHeight, behavior: 'instant' });
    });
    // An observer that was made later than the loader's is notified after it.
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          new IntersectionObserver(resolve).observe(document.body);
        }),
    );
    expect(requested).toEqual([`${site.origin}/dist/booking-widget.js`]);
    await page.getByRole('link', { name: 'Go down to the widget' }).click();
    await expect(frameOf(page).locator('.time').first()).toBeVisible();
    expect(requested.some((address) => address.startsWith(site.service.cal))).toBe(true);
    await expect(requests).not.toHaveAttribute('data-foreign', '0');
  });
});

test.describe('interaction page', () => {
  test('a widget with loading="interaction" frames the chosen slot and nothing before', async ({ page }) => {
    await page.goto('/interaction');
    const first = slots(page).first();
    await expect(first).toBeVisible();
    // Slots, and the event type's details.
    await expect(page.locator('[data-requests]')).toHaveAttribute('data-foreign', '2');
    expect(page.frames()).toHaveLength(1);
    await first.click();
    await expect(row(page, 'booking-slot-select')).toHaveCount(1);
    // The form needs no frame; the page that takes its place does.
    await expect(page.locator('[part~=form]')).toBeVisible();
    expect(page.frames()).toHaveLength(1);
    await page.getByRole('button', { name: 'Use the booking page instead' }).click();
    await expect(frameOf(page).getByLabel('Your name')).toBeVisible();
    await expect(widget(page).locator('iframe')).toHaveAttribute('src', /slot=/);
  });
});

test.describe('consent page', () => {
  test('a widget without consent contacts nobody before the visitor agrees', async ({ page, site }) => {
    const requested: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(site.origin)) requested.push(request.url());
    });
    await page.goto('/consent');
    const show = widget(page).getByRole('button', { name: 'Show calendar' });
    await expect(show).toBeVisible();
    await show.hover();
    await expect(page.locator('[data-requests]')).toHaveAttribute('data-foreign', '0');
    // A later widget that has consent reaches its calendar: whatever this one would request has been requested.
    await page.evaluate((cal) => {
      const later = document.createElement('booking-widget');
      const options = { src: `${cal}/test-later/30min`, provider: 'cal', api: cal, consent: 'granted' };
      for (const [name, value] of Object.entries(options)) later.setAttribute(name, value);
      later.id = 'later';
      document.querySelector('main')?.prepend(later);
    }, site.service.cal);
    await expect(frameOf(page.locator('#later')).locator('.time').first()).toBeVisible();
    await page.evaluate(() => document.querySelector('#later')?.remove());
    const host = new URL((await widget(page).getAttribute('src')) ?? '').pathname.split('/')[1] ?? '';
    expect(requested.some((address) => address.includes('test-later'))).toBe(true);
    expect(requested.filter((address) => address.includes(host))).toEqual([]);
    const grant = page.getByRole('button', { name: 'Allow external services' });
    await (
      (await page.evaluate(() => 'commandForElement' in HTMLButtonElement.prototype)) ? grant : show
    ).click();
    // Slots need no frame, nor does the form behind them.
    await expect(slots(page).first()).toBeVisible();
    expect(requested.filter((address) => address.includes(host))).not.toEqual([]);
  });
});

test.describe('page of many widgets', () => {
  test('fifty widgets of one scheduling page share one request for slots', async ({ page }) => {
    await page.goto('/many?count=50');
    const widgets = page.locator('[data-grid] booking-widget');
    await expect(widgets).toHaveCount(50);
    for (const each of await widgets.all()) await each.scrollIntoViewIfNeeded();
    const result = page.locator('[data-result]');
    await expect(result).toHaveAttribute('data-shown', '50');
    await expect(result).toHaveAttribute('data-requests', '1');
    expect(page.frames()).toHaveLength(1);
  });

  test('ten widgets with scheduling pages of their own request slots only when they come near', async ({
    page,
  }) => {
    await page.goto('/many?count=10&src=different');
    const result = page.locator('[data-result]');
    await expect(slots(widget(page)).first()).toBeVisible();
    await untilAtRest(page);
    const requested = (): Promise<number> => result.getAttribute('data-requests').then(Number);
    await expect.poll(requested).toBeGreaterThan(1);
    expect(await requested()).toBeLessThan(10);
    for (const each of await page.locator('[data-grid] booking-widget').all())
      await each.scrollIntoViewIfNeeded();
    await expect.poll(requested).toBe(10);
  });
});

test.describe('comparison page', () => {
  test('the widget shows slots before a plain iframe loads and much sooner on the second visit', async ({
    page,
  }) => {
    const times = async (): Promise<number[]> => {
      await expect(page.locator('[data-rows][data-done]')).toBeVisible({ timeout: 40_000 });
      const cells = await page.locator('[data-rows] tr').last().locator('td').allTextContents();
      return cells.map((text) => parseInt(text));
    };
    await page.goto('/compare');
    const [first = NaN, calendar = NaN, plain = NaN] = await times();
    expect(first).toBeLessThan(plain);
    expect(calendar).toBeGreaterThan(first);
    await page.getByRole('link', { name: 'Visit again' }).click();
    await expect(page.locator('[data-rows] tr')).toHaveCount(2);
    const [second = NaN, , plainAgain = NaN] = await times();
    expect(second).toBeLessThan(plainAgain / 2);
  });
});
