import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveFiles } from '../../tools/static-site.js';
import { expect, slots, test } from '../helpers/gallery.js';
import {
  answerAsCal,
  code,
  copied,
  link,
  openSection,
  preview,
  untilPreviewed,
} from '../helpers/generator-page.js';

test.beforeEach(async ({ context, page, site }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await answerAsCal(page, site.service.cal);
});

test.describe('preview of the snippet generator', () => {
  test('the height of the snippet is that of the preview until another one is written', async ({ page }) => {
    await page.goto('/generator');
    const height = page.getByLabel('Reserved height');
    await expect(page.getByText(/The preview takes \d+/)).toBeVisible();
    await expect
      .poll(async () =>
        (await code(page).textContent())?.includes(
          `min-height:${(await height.getAttribute('placeholder')) ?? ''}px`,
        ),
      )
      .toBe(true);
    // The form is lower than the calendar: what is kept is the highest.
    const written = async (): Promise<number> =>
      Number(/min-height:(\d+)px/.exec((await code(page).textContent()) ?? '')?.[1]);
    const before = await written();
    await preview(page)
      .locator('booking-widget')
      .evaluate(async (widget) => {
        widget.style.height = '100px';
        widget.style.overflow = 'hidden';
        // Observers that were made earlier are notified before this one.
        await new Promise((resolve) => {
          new ResizeObserver(resolve).observe(widget);
        });
      });
    expect(await written()).toBeGreaterThanOrEqual(before);
    await height.fill('444');
    await expect(code(page)).toContainText('min-height:444px');
  });

  test('the preview shows mode, look and language at once, on a phone and in the dark', async ({ page }) => {
    await page.goto('/generator');
    const shown = preview(page).locator('booking-widget');
    await expect(shown).toBeVisible();
    await page.locator('.modes').getByText('Popup', { exact: true }).click();
    await expect(shown).toHaveAttribute('mode', 'popup');
    await page.getByLabel('Text of the link').fill('Talk to us');
    await expect(shown.getByRole('link', { name: 'Talk to us' })).toBeVisible();
    await page.getByLabel('Accent colour', { exact: true }).fill('#0b6b50');
    await page.getByLabel('Language').selectOption('de');
    await page.getByLabel('Corner radius').fill('20');
    await expect(shown).toHaveAttribute('accent', '#0b6b50');
    await expect(shown).toHaveAttribute('lang', 'de');
    await expect(shown).toHaveCSS('--booking-radius', '20px');
    await shown.getByRole('link').click();
    await expect(shown.getByRole('button', { name: 'Schließen' })).toBeVisible();

    const frame = page.locator('iframe[title=Preview]');
    await page.getByRole('button', { name: 'Phone' }).click();
    await expect(frame).toHaveCSS('width', '390px');
    await page.getByRole('button', { name: 'Dark', exact: true }).click();
    await expect(preview(page).locator('html')).toHaveCSS('color-scheme', 'dark');
    await expect(code(page)).toHaveText(
      /mode="popup" accent="#0b6b50" lang="de" style="--booking-radius:20px"/,
    );
  });

  test('the preview books nothing, neither in the form of the widget nor in the frame', async ({
    page,
    site,
  }) => {
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url());
    });
    // The calendar comes after the visitor has chosen a slot.
    await fetch(site.service.control, {
      method: 'POST',
      body: JSON.stringify({ match: 'acme', knobs: { delay: 15000 } }),
    });
    await page.goto('/generator');
    const shown = preview(page).locator('booking-widget');
    await slots(shown).first().click();
    await shown.getByLabel('Name').fill('Ada');
    await shown.getByLabel('Email', { exact: true }).fill('ada@example.org');
    await shown.locator('[part~=confirm]').click();
    await expect(preview(page).getByText('nothing was booked')).toBeVisible();

    await fetch(site.service.control, {
      method: 'POST',
      body: JSON.stringify({ match: 'acme', knobs: { delay: null } }),
    });
    await link(page).fill('https://calendly.com/jane');
    const frame = shown.locator('[part~=frame]').contentFrame();
    await frame.locator('.time').last().click();
    await frame.getByLabel('Your name').fill('Ada');
    await frame.getByLabel('E-mail address').fill('ada@example.org');
    await frame.getByRole('button', { name: 'Confirm booking' }).click();
    await expect(frame.getByText('nothing was booked')).toBeVisible();
    expect(sent).toEqual([]);
  });

  test('a pale accent is warned of, and the colour that is offered is readable', async ({ page }) => {
    await page.goto('/generator');
    await page.getByLabel('Accent colour', { exact: true }).fill('#ffb000');
    await expect(page.getByText('contrast of 1.8 to 1')).toBeVisible();
    await page.getByRole('button', { name: /^Use #/ }).click();
    await expect(page.getByText('4.5 is needed')).toBeHidden();
    await expect(code(page)).toContainText('accent="#9e6d00"');
  });

  test('a test conversion goes through the preview and shows what a booking sends', async ({ page }) => {
    await page.goto('/generator#tracking=data-layer');
    await openSection(page, 'Conversions');
    await expect(preview(page).locator('booking-widget')).toHaveAttribute('data-layer');
    await untilPreviewed(page);
    await page.getByRole('button', { name: 'Send a test conversion' }).click();
    await expect(page.locator('.sent')).toContainText('"event": "booking_widget.booked"');
    expect(await copied(page, 'Copy for your console')).toContain("event: 'booking_widget.booked'");
    await page.getByText('GA4 alone').click();
    await page.getByRole('button', { name: 'Send a test conversion' }).click();
    await expect(page.locator('.sent')).toContainText('gtag("event", "generate_lead"');
    await expect(code(page)).toContainText("gtag('event','generate_lead'");
  });

  test('the page requests nothing but its own files and the pretend calendar', async ({ page, site }) => {
    const strangers: string[] = [];
    const own = [site.origin, site.service.cal, site.service.calendly, site.service.plain];
    page.on('request', (request) => {
      if (!own.some((origin) => request.url().startsWith(origin))) strangers.push(request.url());
    });
    await page.goto('/generator#files=cdn');
    await link(page).fill('https://calendly.com/jane');
    await expect(page.locator('#link-result')).toContainText('Calendly');
    await untilPreviewed(page);
    expect(strangers).toEqual([]);
    expect(await page.evaluate(() => document.cookie)).toBe('');
  });

  test('any static host serves the generator, with a sample page in the place of the demo’s service', async ({
    page,
    watched,
  }) => {
    watched.allow(/404/);
    const host = await serveFiles((path) => {
      const file = path.startsWith('dist/') ? path : join('demo/gallery', path);
      return existsSync(file) ? readFileSync(file) : undefined;
    });
    try {
      await page.goto(`${host.origin}/generator.html`);
      const shown = preview(page).locator('booking-widget [part~=frame]').contentFrame();
      await expect(shown.getByText('Your own calendar shows here')).toBeVisible();
      await link(page).fill('https://tidycal.com/jane/30-minute-meeting');
      await expect(page.locator('#link-result')).toContainText('TidyCal');
      expect(await copied(page)).toContain('src="https://tidycal.com/jane/30-minute-meeting"');
    } finally {
      await host.stop();
    }
  });
});
