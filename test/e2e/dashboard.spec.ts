import { expect, test as base, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleReports } from '../../demo/sample-reports.js';
import type { LoadReport } from '../../src/protocol/load-report.js';
import { createCompanion } from '../../src/server/index.js';
import { LIMITS } from '../../src/server/metrics/limits.js';
import { serve } from '../../src/server/node.js';
import { calList } from '../companion/cal-bookings.js';
import { calBody, SECRETS, signedByCal } from '../companion/deliveries.js';
import { fakeUpstream, type FakeUpstream } from '../companion/fake-upstream.js';
import { aReport, BROWSER } from '../companion/reports.js';
import { expectNoBarriers } from '../helpers/no-barriers.js';

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
      webhooks: SECRETS,
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
  await expect(page.getByText(/^\s*Updated/)).toBeVisible();
}

const tile = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name} `) });

const WHOLE = [
  ['in the light', 'light', 1280],
  ['in the dark', 'dark', 1280],
  ['on a phone', 'light', 360],
  ['on a phone in the dark', 'dark', 360],
  ['at 320 pixels, as with a zoom of 400 %', 'light', 320],
] as const;

for (const [about, scheme, width] of WHOLE)
  test(`the dashboard is whole and accessible ${about}, and nothing of it is refused`, async ({
    page,
    site,
  }) => {
    const refused: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content.Security.Policy/i.test(message.text()))
        refused.push(message.text());
    });
    page.on('pageerror', (error) => refused.push(error.message));
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    const isNarrow = async (): Promise<void> =>
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await page.goto(`${site.origin}/dashboard`);
    await expectNoBarriers(page);
    await signIn(page, site);
    await expect(page.getByText('Waiting for the first load')).toBeVisible();
    await isNarrow();
    await expectNoBarriers(page);
    await site.report(...some());
    await page.reload();
    await expect(tile(page, 'Bookings')).toContainText('1');
    await expect(tile(page, 'Widget views')).toContainText('7');
    await expect(page.locator('canvas')).toHaveCount(3);
    await isNarrow();
    await expectNoBarriers(page);
    expect(refused).toEqual([]);
  });

test('the dashboard shows new loads while it is visible, by period and by service, and keeps the filters in its address', async ({
  page,
  site,
}) => {
  await site.report(...some());
  await signIn(page, site);
  await page.getByRole('radio', { name: 'The last hour' }).check();
  await expect(page).toHaveURL(/window=1h/);
  await page.getByLabel('Service', { exact: true }).selectOption({ label: 'Calendly' });
  await expect(tile(page, 'Widget views')).toContainText('1');
  await site.report(aReport({}, { provider: 'calendly' }));
  await expect(tile(page, 'Widget views')).toContainText('2');
  await page.reload();
  await expect(page.getByLabel('Service', { exact: true })).toHaveValue('calendly');
  await expect(tile(page, 'Widget views')).toContainText('2');
});

test('a key figure of the dashboard is chosen for the chart by keyboard, and its values are there as a table', async ({
  page,
  site,
}) => {
  await site.report(...some());
  await signIn(page, site);
  await expect(page.getByRole('img', { name: /^Bookings over time\. 1 in the last 7 days/ })).toBeVisible();
  await tile(page, 'Failed loads').focus();
  await page.keyboard.press('Enter');
  await expect(tile(page, 'Failed loads')).toHaveAttribute('aria-pressed', 'true');
  await expect(
    page.getByRole('img', { name: /^Failed loads over time\. 14% in the last 7 days/ }),
  ).toBeVisible();
  await page.getByText('Data table: Failed loads over time').focus();
  await page.keyboard.press('Enter');
  const table = page.getByRole('region', { name: 'Failed loads over time, data table' });
  await expect(table.getByRole('row').last()).toContainText('14%');
});

test('the dashboard names failures, pages and services, and not their ids', async ({ page, site }) => {
  await site.report(...some());
  await signIn(page, site);
  const failures = page.getByRole('table', { name: 'Failures' });
  await expect(
    failures.getByRole('row', { name: /Blocked by the security policy of the page/ }),
  ).toContainText('1');
  await expect(page.getByRole('table', { name: 'Scheduling services' })).toContainText('Calendly');
  await expect(
    page.getByRole('table', { name: 'Pages' }).getByRole('row', { name: /\/other/ }),
  ).toContainText('1');
  await expect(page.getByRole('region', { name: 'Companion' })).toContainText('Cal.com 1');
});

test('a page with a name of 2,000 characters does not widen the dashboard, and the stored start of the name is shown on demand', async ({
  page,
  site,
}) => {
  const long = `https://shop.example/${'a-very-long-name-'.repeat(117)}`;
  const kept = long.slice(0, LIMITS.pageLength);
  await site.report(...some(), aReport({ page: long }), aReport({ page: long }), aReport({ page: long }));
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    if (width === 360) await signIn(page, site);
    const cell = page.getByRole('table', { name: 'Pages', exact: true }).getByTitle(kept, { exact: true });
    await expect(cell).toBeVisible();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect((await cell.boundingBox())?.width).toBeLessThan(width);
  }
});

test.describe('in the language and the zone of the browser', () => {
  test.use({ locale: 'de-DE', timezoneId: 'Asia/Tokyo' });

  test('the dashboard formats times and figures for the browser and names the time zone', async ({
    page,
    site,
  }) => {
    await site.report(...some());
    await signIn(page, site);
    await expect(page.getByText(/^\s*Updated/)).toContainText(
      /Updated \d\d:\d\d · Times in\s+Asia\/Tokyo \(GMT\+9\)/,
    );
    await expect(tile(page, 'Failed loads')).toContainText(/14\s%/);
  });
});

test('the dashboard marks sample data, and does not mark pages of a real site', async ({ page, site }) => {
  await site.report(...some());
  await signIn(page, site);
  await expect(tile(page, 'Bookings')).toBeVisible();
  await expect(page.getByText('Sample data.')).toHaveCount(0);
  await site.report(...sampleReports({ at: Date.now(), length: 86_400_000, now: Date.now() }).slice(0, 20));
  await page.reload();
  await expect(page.getByText('Sample data.')).toBeVisible();
});

test('a dashboard without loads waits for the first one with a tag to copy, and shows it when it comes', async ({
  page,
  site,
  context,
  browserName,
}) => {
  if (browserName === 'chromium') await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, site);
  await page.getByRole('radio', { name: 'The last hour' }).check();
  await expect(page.getByText('Waiting for the first load')).toBeVisible();
  const snippet = page.getByRole('region', { name: 'Snippet' });
  await expect(snippet).toContainText(`companion="${site.origin}"`);
  await page.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText('Copied to the clipboard')).toBeVisible();
  if (browserName === 'chromium')
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await snippet.innerText());
  await site.report(aReport());
  await expect(tile(page, 'Widget views')).toContainText('1', { timeout: 30_000 });
});

test('a period without loads leads to one that has some', async ({ page, site }) => {
  await site.report(...some());
  await signIn(page, site);
  await page.getByLabel('Page', { exact: true }).selectOption({ label: '/other' });
  await page.getByLabel('Service', { exact: true }).selectOption({ label: 'Cal.com' });
  await expect(
    page.getByRole('heading', { name: 'No loads in the last 7 days with these filters' }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Show everything of the last 30 days' }).click();
  await expect(tile(page, 'Widget views')).toContainText('7');
});

test('a dashboard without a connection shows that and recovers automatically, and one that is signed out shows that', async ({
  page,
  site,
  context,
}) => {
  await site.report(...some());
  await signIn(page, site);
  await context.route('**/v1/**', (route) => route.abort());
  await page.getByRole('radio', { name: 'The last hour' }).check();
  await expect(page.getByRole('alert')).toContainText('The companion does not respond.');
  await expect(tile(page, 'Widget views')).toContainText('7');
  await expectNoBarriers(page);
  await context.unroute('**/v1/**');
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await context.clearCookies();
  await page.getByRole('radio', { name: 'The last 7 days' }).check();
  await expect(page.getByRole('alert')).toContainText('You are signed out.');
});

test('the dashboard shows how each account’s bookings are kept up to date, while they are', async ({
  page,
  site,
}) => {
  await site.report(...some());
  await signIn(page, site);
  const accounts = page.getByRole('region', { name: 'Companion' }).getByRole('listitem');
  await expect(accounts).toHaveCount(4);
  await expect(accounts.nth(0)).toContainText('Not synchronised yet');
  await expect(accounts.nth(1)).toContainText('Not synchronised: needs a key');
  await expect(accounts.nth(2)).toContainText('0 waiting');

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
  await shows('Synchronising now');
  release();
  await shows('Up to date');
  await expect(accounts.first()).toContainText('3 bookings, last');
  await expectNoBarriers(page);
});

test('the dashboard reports a wrong token, opens with the right one where a link led, and signing out closes it', async ({
  page,
  site,
}) => {
  await page.goto(`${site.origin}/dashboard?window=24h#companion`);
  await page.getByLabel('Token of this companion').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('not the token');
  await expectNoBarriers(page);
  await expect(page.getByRole('main')).toHaveCSS('max-width', '416px');
  await page.getByLabel('Token of this companion').fill(token);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('The last 24 hours')).toBeChecked();
  expect(page.url()).toBe(`${site.origin}/dashboard?window=24h#companion`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Token of this companion')).toBeVisible();
});

test('a link of an alert leads to the panel that it names', async ({ page, site }) => {
  await page.setViewportSize({ width: 1280, height: 500 });
  await site.report(...some());
  await signIn(page, site);
  for (const [panel, heading] of [
    ['companion', 'Companion'],
    ['failures', 'Failures'],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(`${site.origin}/dashboard#${panel}`);
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeInViewport();
  }
});

test('the dashboard synchronises an account at the press of a button, and shows what became of its bookings', async ({
  page,
  site,
}) => {
  await site.report(...some());
  await signIn(page, site);
  const bookings = page.getByRole('region', { name: 'Bookings', exact: true });
  await expect(bookings).toContainText('Bookings appear here when webhooks deliver them');
  const account = page.getByRole('region', { name: 'Companion' }).getByRole('listitem').first();
  const button = page.getByRole('button', { name: /^Synchronise Cal.com 1 now$/ });
  await expect(page.getByRole('button', { name: /^Synchronise/ })).toHaveCount(1);
  await button.click();
  await expect(async () => {
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await expect(account).toContainText('3 bookings', { timeout: 1000 });
  }).toPass();
  await expect(account).toContainText('3 new, 0 changed, 0 gone.');
  await expect(account).toContainText('3 active, 0 gone, 0 by webhook; last booked');
  await expect(button).toBeEnabled();
  // They were made long before the period, so the days of the chart have none of them.
  await expect(bookings).toContainText('Bookings appear here');
  await expectNoBarriers(page);
});

test('the dashboard says when a synchronisation cannot be started', async ({ page, site }) => {
  await signIn(page, site);
  await page.route('**/dashboard/sync', (route) => route.abort());
  await page.getByRole('button', { name: /^Synchronise/ }).click();
  await expect(page.getByText('It could not be started. Try again.')).toBeVisible();
});

test('the dashboard shows bookings by day, event type and page, and how they were learned of', async ({
  page,
  site,
}) => {
  await site.report(...some());
  for (const [id, trigger] of [
    ['one', 'BOOKING_CREATED'],
    ['two', 'BOOKING_CREATED'],
    ['two', 'BOOKING_CANCELLED'],
  ] as const) {
    const start = Date.now() + 86_400_000;
    const body = calBody(trigger, id, start, { organizer: { username: 'acme' } }, Date.now() - 1000);
    const { headers } = signedByCal(body);
    const answer = await fetch(`${site.origin}/v1/webhooks/cal`, { method: 'POST', body, headers });
    expect(answer.status).toBe(202);
  }
  await signIn(page, site);
  const bookings = page.getByRole('region', { name: 'Bookings', exact: true });
  await expect(async () => {
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await expect(bookings).toContainText('2 booked, 0 moved, 1 cancelled.', { timeout: 1000 });
  }).toPass();
  await expect(bookings).toContainText('2 by webhook, 0 by synchronisation only.');
  const types = page.getByRole('table', { name: 'Bookings by event type' });
  await expect(types.getByRole('row').nth(1)).toHaveText(/acme\/30min\s*2\s*0\s*1/);
  const pages = page.getByRole('table', { name: 'Bookings by page' });
  await expect(pages.getByRole('row')).toHaveCount(2);
  await expectNoBarriers(page);
});
