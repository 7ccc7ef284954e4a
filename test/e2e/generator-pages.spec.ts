import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveFiles, type StaticSite } from '../../tools/static-site.js';
import { expect, slots, test, widget } from '../helpers/gallery.js';
import { copied } from '../helpers/generator-page.js';

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));

/** A host of the scheduling service that no other test uses. */
const OWNER = 'test-pasted-by-hand';

/** A site owner's host: one page, and the built files in the folder that the snippet names. */
const hostOf = (html: () => string): Promise<StaticSite> =>
  serveFiles((path) => {
    if (path === 'index.html') return html();
    const file = join('dist', path.replace(/^booking-widget\//, ''));
    return existsSync(file) ? readFileSync(file) : undefined;
  });

/** Another site than the scheduling service's. */
const siteOf = ({ origin }: StaticSite): string => origin.replace('127.0.0.1', 'localhost');

test.describe('snippet generator: what was copied, pasted by hand', () => {
  test('the copied text for HTML shows slots and the booking form on a page that has nothing else', async ({
    page,
    site,
    watched,
  }) => {
    watched.allow(/favicon|404/);
    const { cal, control } = site.service;
    // The calendar would take the place of the slots.
    await fetch(control, {
      method: 'POST',
      body: JSON.stringify({ match: OWNER, knobs: { delay: 120_000 } }),
    });
    let snippet = '';
    // Only the page-wide options that say what the local service is like are not in the snippet.
    const host = await hostOf(
      () =>
        `<!doctype html><html lang="en" data-booking-provider="cal" data-booking-api="${cal}"><meta charset="utf-8"><title>A page</title><body><p>Meet us</p>${snippet}</body></html>`,
    );
    try {
      const choices = new URLSearchParams({
        link: `${cal}/${OWNER}/30min`,
        to: 'html',
        height: '640',
        radius: '3',
        address: `${siteOf(host)}/booking-widget/booking-widget.js`,
      });
      await page.goto(`/generator#${choices}`);
      await expect(page.getByRole('tab', { name: 'HTML' })).toHaveAttribute('aria-selected', 'true');
      snippet = await copied(page);

      await page.goto(`${siteOf(host)}/`);
      await expect(slots(page).first()).toBeVisible();
      await expect(widget(page)).toHaveCSS('min-height', '640px');
      await expect(widget(page)).toHaveCSS('--booking-radius', '3px');
      await slots(page).first().click();
      await expect(widget(page).getByLabel('Name')).toBeVisible();
      // Nothing is on its way any more when the host stops.
      await page.goto('about:blank');
    } finally {
      await host.stop();
    }
  });

  test('the copied text for e-mail is a button that opens the scheduling page where no script runs', async ({
    page,
    site,
    browser,
  }) => {
    const address = `${site.service.cal}/acme/30min`;
    const choices = new URLSearchParams({
      link: address,
      to: 'email',
      label: 'Book "now" & here',
      accent: '#0b6b50',
    });
    await page.goto(`/generator#${choices}`);
    await expect(page.getByRole('tab', { name: 'E-mail' })).toHaveAttribute('aria-selected', 'true');
    const snippet = await copied(page);

    const host = await hostOf(() => `<!doctype html><title>A mail</title><body><p>Hello</p>${snippet}`);
    const reader = await browser.newContext({ javaScriptEnabled: false });
    try {
      const mail = await reader.newPage();
      const requested: string[] = [];
      mail.on('request', (request) => requested.push(request.url()));
      await mail.goto(`${siteOf(host)}/`);
      // Mail programs take away everything else.
      await expect(mail.locator('body *')).toHaveCount(2);
      expect(requested.filter((url) => !/favicon/.test(url))).toEqual([`${siteOf(host)}/`]);
      const button = mail.getByRole('link', { name: 'Book "now" & here' });
      await expect(button).toHaveCSS('background-color', 'rgb(11, 107, 80)');
      await expect(button).toHaveCSS('color', 'rgb(255, 255, 255)');
      await expect(button).toHaveCSS('display', 'inline-block');
      await button.click();
      await expect(mail).toHaveURL(address);
    } finally {
      await reader.close();
      await host.stop();
    }
  });
});
