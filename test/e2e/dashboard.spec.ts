import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadReport } from '../../src/protocol/load-report.js';
import { createCompanion } from '../../src/server/index.js';
import { serve } from '../../src/server/node.js';
import { calList } from '../companion/cal-bookings.js';
import { fakeUpstream, type FakeUpstream } from '../companion/fake-upstream.js';
import { aReport, BROWSER } from '../companion/reports.js';

const token = 'a-token-for-this-test';

interface Site {
  readonly origin: string;
  /** Cal.com, with an account of three bookings: the companion has its key. */
  readonly upstream: FakeUpstream;
  report(...reports: LoadReport[]): Promise<void>;
}

const test = base.extend<{ site: Site }>({
  // eslint wants no empty pattern, Playwright wants one
  site: async ({ browserName: _ }, use) => {
    const data = await mkdtemp(join(tmpdir(), 'dashboard-'));
    const bookings = [1, 2, 3].map((days) => ({
      uid: `uid-${days}`,
      start: Date.now() + days * 86_400_000,
    }));
    const upstream = await fakeUpstream(calList(bookings));
    const pages = ['https://cal.com'];
    const companion = await createCompanion({
      data,
      token,
      log: 'silent',
      syncEvery: 0,
      upstreams: [
        { provider: 'cal', key: 'cal_live_1', pages, api: upstream.origin },
        { provider: 'cal', pages, api: upstream.origin },
      ],
    });
    const { origin, stop } = await serve(companion, { port: 0, grace: 100 });
    await use({
      origin,
      upstream,
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
    await upstream.close();
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

test('the dashboard shows how each account’s bookings are kept up to date, while they are', async ({
  page,
  site,
}) => {
  await site.report(...some());
  await signIn(page, site);
  const panel = page.getByRole('region', { name: 'Synchronisation of bookings' });
  const accounts = panel.getByRole('listitem');
  await expect(accounts).toHaveCount(2);
  await expect(accounts.first()).toContainText('Not synchronised yet.');
  await expect(accounts.last()).toContainText('Without a key bookings cannot be listed.');

  // As long as the service does not answer, it is under way.
  const list = site.upstream.talk;
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  site.upstream.talk = async (request, response) => {
    await held;
    return list(request, response);
  };
  const answer = await fetch(`${site.origin}/v1/sync`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(202);
  /** Somebody comes back to the tab: what is shown is renewed at once. */
  const shows = (words: string): Promise<void> =>
    expect(async () => {
      await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
      await expect(accounts.first()).toContainText(words, { timeout: 1000 });
    }).toPass();
  await shows('Being synchronised now.');
  release();
  await shows('In order.');
  await expect(accounts.first()).toContainText('3 bookings, last');
  await isAccessible(page);
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
