import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isStale } from '../../../demo/build-if-stale.js';
import { expect, untilAtRest, row, slots, test, violations } from '../../helpers/gallery.js';
import { STRICT_POLICY } from '../../helpers/gallery-site.js';

const PAGES = [
  '/generator',
  '/inline',
  '/popup',
  '/floating',
  '/form',
  '/pasted',
  '/lazy',
  '/interaction',
  '/consent',
  '/failures',
  '/many',
  '/compare',
  '/theming',
  '/languages',
  '/narrow',
  '/calendly',
  '/plain',
  '/companion',
  '/events',
  '/forms',
];

test.describe('gallery', () => {
  test('every gallery page is linked from the index, which shows a working widget', async ({ page }) => {
    await page.goto('/');
    const links = page.locator('.cards a');
    expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual(PAGES);
    await expect(slots(page).first()).toBeVisible();
  });

  for (const path of ['/', ...PAGES]) {
    // Two frames with the same page in them are what that page is about.
    const accepted = path === '/compare' ? ['landmark-unique'] : [];
    test(`the gallery page ${path} is accessible in light and dark and fits a phone`, async ({
      page,
      browserName,
    }) => {
      // Colours are judged at rest: what fades in has less contrast while it does.
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('.lead')).toBeVisible();
      await expect(page.locator('script[src="/dist/booking-widget.js"][async]')).toHaveCount(1);
      await untilAtRest(page);
      // What is accessible is so in every engine, and only one can emulate a dark scheme.
      for (const colorScheme of browserName === 'chromium' ? (['light', 'dark'] as const) : []) {
        await page.emulateMedia({ colorScheme });
        expect(await violations(page, accepted), colorScheme).toEqual([]);
      }
      await page.setViewportSize({ width: 320, height: 640 });
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
        .toBeLessThanOrEqual(320);
    });
  }

  test('a gallery page shows the snippet for the reader’s site first, and the one that is its own markup', async ({
    page,
    site,
  }) => {
    for (const path of ['/inline', '/popup', '/calendly', '/forms']) {
      await page.goto(path);
      await untilAtRest(page);
      const snippet = page.locator('.snippet').first();
      await expect(snippet.locator('code')).toContainText('https://');
      await expect(snippet.locator('code')).not.toContainText('127.0.0.1');
      await expect(snippet.locator('code')).not.toContainText(new URL(site.service.cal).port);
      await snippet.getByRole('button', { name: 'This page' }).click();
      const pasted = await snippet.locator('code').evaluate((code) => {
        const attributesIn = (root: ParentNode): string[][] =>
          [...root.querySelectorAll('booking-widget, booking-widget a')].map((each) =>
            [...each.attributes]
              .filter(({ name }) => name !== 'aria-haspopup')
              .map(({ name, value }) => `${name}=${value}`),
          );
        // The text comes from the page itself and is only read.
        const policy = (
          window as unknown as {
            trustedTypes?: {
              createPolicy(name: string, rules: object): { createHTML(text: string): string };
            };
          }
        ).trustedTypes?.createPolicy('read-back', { createHTML: (text: string) => text });
        const text = code.textContent;
        const parsed = new DOMParser().parseFromString(policy?.createHTML(text) ?? text, 'text/html');
        const live = document.querySelector('.example') ?? document;
        return {
          written: attributesIn(parsed),
          live: attributesIn(live),
          script: parsed.querySelector('script')?.getAttribute('src'),
        };
      });
      expect(pasted.written.length, path).toBeGreaterThan(0);
      expect(pasted.written, path).toEqual(pasted.live);
      expect(pasted.script, path).toBe('/dist/booking-widget.js');
    }
  });

  test('the gallery works under a policy that forbids inline and foreign code', async ({ page }) => {
    const answer = await page.goto('/inline');
    expect(answer?.headers()['content-security-policy']).toBe(STRICT_POLICY);
    await expect(row(page, 'booking-ready')).toBeVisible();
    // Whatever was forbidden would have been a complaint, on this page and on all others.
  });

  test('every gallery page can be reached by keyboard on a phone', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto('/inline');
    const menu = page.getByRole('button', { name: 'Pages' });
    await menu.focus();
    await page.keyboard.press('Enter');
    const link = page.getByRole('navigation', { name: 'Gallery' }).getByRole('link', { name: 'Popup' });
    await expect(link).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(link).toBeHidden();
    await expect(menu).toBeFocused();
    await page.keyboard.press('Enter');
    await link.focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/popup$/);
  });
});

test('npm start prints the address of the gallery and serves it', async ({ page }) => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  test.skip(isStale(root), 'it would build first, while other tests use the built files');
  const started = spawn(process.execPath, ['--import', 'tsx', 'demo/start.ts', '--port', '41870'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let address = '';
    for await (const line of createInterface({ input: started.stdout })) {
      address = /Gallery\s+(\S+)/.exec(line)?.[1] ?? '';
      if (address) break;
    }
    started.stdout.resume();
    // Without an address the page would be the gallery of the other tests.
    expect(address).toMatch(/^http:\/\/localhost:\d+$/);
    await page.goto(`${address}/inline`);
    await expect(slots(page).or(page.locator('booking-widget iframe')).first()).toBeVisible();
  } finally {
    started.kill();
  }
});
