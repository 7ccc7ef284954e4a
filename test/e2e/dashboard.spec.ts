import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadReport } from '../../src/protocol/load-report.js';
import { createCompanion } from '../../src/server/index.js';
import { serve } from '../../src/server/node.js';
import { aReport, BROWSER } from '../companion/reports.js';

const token = 'a-token-for-this-test';

interface Site {
  readonly origin: string;
  report(...reports: LoadReport[]): Promise<void>;
}

const test = base.extend<{ site: Site }>({
  // eslint wants no empty pattern, Playwright wants one
  site: async ({ browserName: _ }, use) => {
    const data = await mkdtemp(join(tmpdir(), 'dashboard-'));
    const companion = await createCompanion({ data, token, log: 'silent' });
    const { origin, stop } = await serve(companion, { port: 0, grace: 100 });
    await use({
      origin,
      async report(...reports) {
        for (const one of reports) {
          const headers = { 'user-agent': BROWSER };
          const answer = await fetch(`${origin}/v1/metrics`, {
            method: 'POST',
            headers,
            body: JSON.stringify(one),
          });
          expect(answer.status).toBe(204);
        }
      },
    });
    await stop();
    await rm(data, { recursive: true, force: true });
  },
});

const some = (): LoadReport[] => [
  ...Array.from({ length: 4 }, () => aReport({}, { cache: 'hit' })),
  aReport(
    {},
    { marks: { visible: 1, 'frame-start': 0, ready: 900, opened: 5, 'slot-chosen': 6, booked: 7000 } },
  ),
  aReport({ page: 'https://shop.example/other' }, { provider: 'calendly' }),
  aReport({}, { outcome: 'failed', failure: 'blocked-csp', marks: {} }),
];

async function signIn(page: Page, { origin }: Site): Promise<void> {
  await page.goto(`${origin}/dashboard`);
  await page.getByLabel('Token of this companion').fill(token);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').first()).toContainText('as of');
}

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join()).join(' ')}`),
  ).toEqual([]);
}

const tile = (page: Page, name: string) =>
  page
    .locator('.tiles > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('dd');

for (const [about, scheme, width] of [
  ['in the light', 'light', 1280],
  ['in the dark', 'dark', 1280],
  ['on a small phone', 'light', 320],
] as const)
  test(`the dashboard is whole ${about}, and nothing of it is refused`, async ({ page, site }) => {
    const refused: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content.Security.Policy/i.test(message.text()))
        refused.push(message.text());
    });
    page.on('pageerror', (error) => refused.push(error.message));
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${site.origin}/dashboard`);
    await isAccessible(page);
    await site.report(...some());
    await signIn(page, site);
    await expect(tile(page, 'Loads')).toHaveText(/^7/);
    await expect(tile(page, 'Booked')).toHaveText(/^1/);
    await expect(page.locator('canvas')).toHaveCount(7);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await isAccessible(page);
    expect(refused).toEqual([]);
  });

test('the dashboard shows what comes while somebody looks, by window and by provider, and keeps it in its address', async ({
  page,
  site,
}) => {
  await site.report(...some());
  await signIn(page, site);
  await page.getByRole('radio', { name: 'Last hour' }).check();
  await expect(page).toHaveURL(/window=1h/);
  await page.getByLabel('Provider').selectOption('calendly');
  await expect(tile(page, 'Loads')).toHaveText(/^1/);
  await site.report(aReport({}, { provider: 'calendly' }));
  await expect(tile(page, 'Loads')).toHaveText(/^2/);
  await page.reload();
  await expect(page.getByLabel('Provider')).toHaveValue('calendly');
  await expect(tile(page, 'Loads')).toHaveText(/^2/);
});

test('every chart of the dashboard has its values as a table, by keyboard', async ({ page, site }) => {
  await site.report(...some());
  await signIn(page, site);
  const panel = page.locator('figure').filter({ hasText: 'Failures' });
  await panel.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('row', { name: /blocked-csp/ })).toContainText('1');
});

test('a dashboard without loads says how to get some, and one that is cut off says so', async ({
  page,
  site,
  context,
}) => {
  await signIn(page, site);
  await expect(page.getByRole('heading', { name: 'No loads yet' })).toBeVisible();
  await isAccessible(page);
  await context.route('**/v1/**', (route) => route.abort());
  await page.getByRole('radio', { name: 'Last hour' }).check();
  await expect(page.getByRole('alert')).toContainText('does not answer');
  await context.unroute('**/v1/**');
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await context.clearCookies();
  await page.getByRole('radio', { name: 'Last 7 days' }).check();
  await expect(page.getByRole('alert')).toContainText('signed out');
});

test('a wrong token is told, and signing out closes the dashboard', async ({ page, site }) => {
  await page.goto(`${site.origin}/dashboard`);
  await page.getByLabel('Token of this companion').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('not the token');
  await isAccessible(page);
  await signIn(page, site);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Token of this companion')).toBeVisible();
});
