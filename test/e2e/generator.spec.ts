import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { DESTINATIONS, snippetFor } from '../../demo/gallery/generator/destinations.js';
import { fromHash } from '../../demo/gallery/generator/state.js';
import { integrityOf } from '../../tools/release/integrity.js';
import { serveFiles } from '../../tools/static-site.js';
import { VERSION } from '../../src/version.js';
import { expect, slots, test, untilAtRest, violations } from '../helpers/gallery.js';

const LINK = 'https://cal.com/jane/intro-call';

const link = (page: Page) => page.getByRole('textbox', { name: 'Your scheduling link' });
const preview = (page: Page) => page.frameLocator('iframe[title=Preview]');
const code = (page: Page) => page.locator('.paste .snippet code').first();

async function copied(page: Page, button = 'Copy snippet'): Promise<string> {
  await page.getByRole('button', { name: button }).first().click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Opens a section of settings by keyboard. */
async function openSection(page: Page, title: string): Promise<void> {
  await page.locator('summary', { hasText: title }).focus();
  await page.keyboard.press('Enter');
}

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));

test.describe('snippet generator', () => {
  for (const width of [1280, 360])
    for (const colorScheme of ['light', 'dark'] as const)
      test(`the generator is accessible at ${width} px in ${colorScheme} and fits, with everything open`, async ({
        page,
      }) => {
        // A colour that can be read in this scheme: the preview is audited, too.
        const accent = colorScheme === 'light' ? '%230b6b50' : '%23ffb000';
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        await page.goto(
          `/generator#link=${encodeURIComponent(LINK)}&accent=${accent}&tracking=data-layer&to=drupal&consent=ask`,
        );
        await expect(page.getByText('Cal.com', { exact: true })).toBeVisible();
        for (const title of ['Script', 'Conversions', 'Consent']) await openSection(page, title);
        await page.getByLabel('Check a policy').fill("default-src 'self'");
        await expect(page.getByText('lines are missing')).toBeVisible();
        await untilAtRest(page);
        expect(await violations(page)).toEqual([]);
        await expect
          .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
          .toBeLessThanOrEqual(width);
      });

  test('a pasted link shows provider, title and what works, and mistakes in words', async ({ page }) => {
    await page.goto('/generator');
    await expect(page.getByText('Sample', { exact: true })).toBeVisible();
    const result = page.locator('#link-result');
    await link(page).fill('calendly.com/jane/intro-call');
    await expect(result).toContainText('Calendly');
    await expect(result).toContainText('Intro call · calendly.com');
    await expect(result).toContainText('companion server');
    await link(page).fill('https://tidycal.com/jane/30-minute-meeting');
    await expect(result).toContainText('TidyCal');
    await link(page).fill('https://rallly.co/invite/x');
    await expect(result).toContainText('visitors get a card with a link');
    await link(page).fill('<iframe src="https://book.example.org/jane"></iframe>');
    await expect(result).toContainText('A page that the widget does not know');
    await link(page).fill('https://calendly.com/pricing');
    await expect(result).toContainText('belongs to calendly.com itself');
    await expect(link(page)).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByRole('button', { name: 'Copy snippet' })).toBeDisabled();
  });

  test('what is copied for each destination is the one snippet that is shown for it', async ({ page }) => {
    await page.goto(`/generator#link=${encodeURIComponent(LINK)}&height=700&label=Talk+to+us`);
    await expect(page.getByText('Cal.com', { exact: true })).toBeVisible();
    const integrity = integrityOf(new Map([['booking-widget.js', readFileSync('dist/booking-widget.js')]]));
    for (const { id, name } of DESTINATIONS) {
      await page.getByRole('tab', { name, exact: true }).click();
      const text = await copied(page);
      const state = fromHash(new URL(page.url()).hash);
      expect(state.to).toBe(id);
      expect(text, name).toBe(snippetFor(state, { version: VERSION, integrity }).text);
      await expect(code(page)).toHaveText(text, { useInnerText: false });
      await expect(page.getByRole('tabpanel').locator('.steps').first().getByRole('listitem')).toHaveCount(3);
      await page.reload();
      await expect(page.getByText('Cal.com', { exact: true })).toBeVisible();
      await expect(page.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true');
    }
  });

  test('the CDN snippet has the version and the SRI value of the built file', async ({ page }) => {
    await page.goto('/generator#files=cdn');
    const { 'booking-widget.js': hash } = integrityOf(
      new Map([['booking-widget.js', readFileSync('dist/booking-widget.js')]]),
    );
    await expect(code(page)).toContainText(`booking-widget-element@${VERSION}/dist/booking-widget.js`);
    await expect(code(page)).toContainText(`integrity="${hash ?? ''}"`);
  });

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

  test('consent tools and campaign parameters are part of the snippet', async ({ page }) => {
    await page.goto('/generator');
    await openSection(page, 'Consent');
    await page.getByLabel('Consent tool').selectOption('OneTrust');
    await expect(code(page)).toContainText('OneTrustGroupsUpdated');
    await openSection(page, 'Conversions');
    await page.getByLabel('Campaign parameters that are forwarded').fill('utm_source ref');
    await expect(code(page)).toContainText('forward-params="utm_source ref"');
  });

  test('a policy is checked for what this snippet needs', async ({ page }) => {
    await page.goto('/generator');
    const policy = page.getByLabel('Check a policy');
    await policy.fill("script-src https://your.site; connect-src *; frame-src 'self'");
    await expect(page.locator('.checked')).toContainText('frame-src lacks https://app.cal.com');
    await link(page).fill('https://calendly.com/jane');
    await expect(page.locator('.checked')).toContainText('frame-src lacks https://calendly.com');
    await policy.fill('script-src https://your.site; connect-src *; frame-src https://calendly.com');
    await expect(page.locator('.checked')).toContainText('allows all that the widget needs');
    await policy.fill('hello');
    await expect(page.locator('.checked')).toContainText('This is no policy');
  });

  test('a shared address shows the same, and a snippet is edited again, also by pasting it as the link', async ({
    page,
  }) => {
    await page.goto('/generator');
    await link(page).fill(LINK);
    await page.locator('.modes').getByText('Floating', { exact: true }).click();
    const address = await copied(page, 'Copy the address');
    const snippet = (await code(page).textContent()) ?? '';
    await page.getByRole('button', { name: 'Start again' }).click();
    await expect(link(page)).toHaveValue('');

    await page.goto('about:blank');
    await page.goto(address);
    await expect(code(page)).toHaveText(snippet);

    await page.getByRole('button', { name: 'Start again' }).click();
    await page.getByLabel('Edit a snippet that you have').fill(snippet);
    await page.getByRole('button', { name: 'Read the snippet' }).click();
    await expect(link(page)).toHaveValue(LINK);
    await expect(page.getByRole('radio', { name: /^Floating/ })).toBeChecked();
    await page.getByLabel('Edit a snippet that you have').fill('hello');
    await page.getByRole('button', { name: 'Read the snippet' }).click();
    await expect(page.getByText('There is no snippet of the widget')).toBeVisible();

    await page.getByRole('button', { name: 'Start again' }).click();
    await link(page).fill(snippet);
    await expect(page.getByRole('radio', { name: /^Floating/ })).toBeChecked();
    await link(page).blur();
    await expect(link(page)).toHaveValue(LINK);
  });

  test('link, mode, destination and copy are reached by keyboard', async ({ page }) => {
    await page.goto('/generator');
    await link(page).focus();
    await page.keyboard.type(LINK);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('radio', { name: /^Inline/ })).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('radio', { name: /^Popup/ })).toBeChecked();
    await page.getByRole('tab', { name: 'HTML' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name: 'WordPress' })).toBeFocused();
    await page.keyboard.press('End');
    await expect(page.getByRole('tab', { name: 'E-mail' })).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name: 'HTML' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Copy snippet' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`src="${LINK}" mode="popup"`);
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

/** Resolves when the widget in the preview shows slots or a calendar. */
const untilPreviewed = (page: Page): Promise<void> =>
  expect(async () => {
    expect(
      await preview(page)
        .locator('booking-widget')
        .evaluate((widget) => widget.matches(':state(times),:state(ready),:state(shown)')),
    ).toBe(true);
  }).toPass();
