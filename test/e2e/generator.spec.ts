import { readFileSync } from 'node:fs';
import { DESTINATIONS, snippetFor } from '../../demo/gallery/generator/destinations.js';
import { fromHash } from '../../demo/gallery/generator/state.js';
import { VERSION } from '../../src/version.js';
import { integrityOf } from '../../tools/release/integrity.js';
import { expect, test, untilAtRest, violations } from '../helpers/gallery.js';
import { answerAsCal, code, copied, link, openSection } from '../helpers/generator-page.js';

const LINK = 'https://cal.com/jane/intro-call';

test.beforeEach(async ({ context, page, site }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await answerAsCal(page, site.service.cal);
});

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

  test('the fields of Wix’s panel are copied one by one, by keyboard, at 360 px', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 900 });
    await page.goto(`/generator#link=${encodeURIComponent(LINK)}&to=wix&mode=popup&label=Talk+to+us`);
    await expect(page.getByText('Cal.com', { exact: true })).toBeVisible();
    const fields = page.getByRole('list', { name: 'Field by field' });
    const expected = { 'Tag Name': 'booking-widget', src: LINK, label: 'Talk to us', mode: 'popup' };
    await fields.getByRole('button', { name: 'Copy Server URL' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
    for (const [name, value] of Object.entries(expected)) {
      await page.keyboard.press('Tab');
      await expect(fields.getByRole('button', { name: `Copy ${name}` })).toBeFocused();
      await page.keyboard.press('Enter');
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(value);
    }
    expect(await violations(page)).toEqual([]);
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(360);
  });

  test('the CDN snippet has the version and the SRI value of the built file', async ({ page }) => {
    await page.goto('/generator#files=cdn');
    const { 'booking-widget.js': hash } = integrityOf(
      new Map([['booking-widget.js', readFileSync('dist/booking-widget.js')]]),
    );
    await expect(code(page)).toContainText(`booking-widget-element@${VERSION}/dist/booking-widget.js`);
    await expect(code(page)).toContainText(`integrity="${hash ?? ''}"`);
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
});
