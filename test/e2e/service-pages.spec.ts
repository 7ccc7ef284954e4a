import { expect, test, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSchedulingService, type RunningService } from '../../tools/scheduling-service.js';
import { expectNoBarriers } from '../helpers/no-barriers.js';

/** The scheduling page itself: everybody can use it, at every size, in every theme. */

let service: RunningService;
let dataDir = '';

test.beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'booking-pages-'));
  const started = await startSchedulingService(['--data', dataDir]);
  if (!started) throw new Error('there is no scheduling service');
  service = started;
});

test.afterAll(async () => {
  await service.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const open = async (page: Page, path: string, ready = '.time'): Promise<void> => {
  await page.goto(`${service.addresses.cal}${path}`);
  await page.locator(ready).first().waitFor();
};

const expectToFit = async (page: Page, what: string): Promise<void> => {
  const { content, room } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    room: window.innerWidth,
  }));
  expect(content, `${what} scrolls sideways`).toBeLessThanOrEqual(room);
};

for (const [theme, width] of [
  ['light', 320],
  ['dark', 700],
  ['light', 1280],
] as const) {
  test(`every step is without barriers and fits into ${width} px, ${theme}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    const host = `test-pages-${theme}-${width}-${process.pid}`;
    const check = async (what: string): Promise<void> => {
      await expectToFit(page, what);
      await expectNoBarriers(page, what);
    };
    await open(page, `/${host}?theme=${theme}`, '.event');
    await check('a profile');
    await open(page, `/${host}/multi?theme=${theme}`);
    await check('a month');
    await open(page, `/${host}/far?theme=${theme}`, '.next-free');
    await check('a month without times');
    await page.getByRole('button', { name: 'Go to the next free day' }).click();
    await page.locator('.time').last().click();
    await page.getByRole('button', { name: 'Confirm booking' }).click();
    await expect(page.getByLabel('Your name')).toBeFocused();
    await check('a form with mistakes');
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('E-mail address').fill('ada@example.com');
    await page.getByRole('button', { name: 'Confirm booking' }).click();
    await page.getByRole('heading', { name: 'You are booked' }).waitFor();
    await check('a booking');
    await page.getByRole('button', { name: 'Cancel booking' }).click();
    await page.getByRole('button', { name: 'Cancel this booking' }).waitFor();
    await check('a cancellation');
    await open(page, `/${host}/nothing?theme=${theme}`, '.status');
    await check('an error');
  });
}

test('the address decides about month, day, zone, length and answers', async ({ page }) => {
  const year = new Date().getUTCFullYear() + 1;
  await open(
    page,
    `/acme/multi?month=${year}-06&duration=60&cal.tz=Asia/Kolkata&name=Ada&email=ada@example.com&notes=Hi`,
  );
  await expect(page.locator('.month-title')).toHaveText(`June ${year}`);
  await expect(page.locator('#zone')).toHaveValue('Asia/Kolkata');
  await expect(page.getByLabel('1 hour')).toBeChecked();
  const [start] = await page
    .locator('.time')
    .evaluateAll((times) => times.map((time) => time.getAttribute('data-start')));
  expect(start).toMatch(/:00:00\.000Z$/);
  await page.locator('.time').last().click();
  await expect(page.getByLabel('E-mail address')).toHaveValue('ada@example.com');
  await expect(page.getByLabel('Anything that helps us prepare?')).toHaveValue('Hi');
  await page.reload();
  await expect(page.getByLabel('Your name'), 'a reload stands where the visitor was').toHaveValue('Ada');
});

test('another zone moves times to other hours, not to other instants', async ({ page }) => {
  await open(page, '/acme/always?cal.tz=UTC');
  const instants = (): Promise<(string | null)[]> =>
    page.locator('.time').evaluateAll((times) => times.map((time) => time.getAttribute('data-start')));
  // The last two days of a month show few free days: the next month shows enough.
  await page.getByRole('button', { name: 'Next month' }).click();
  await page.locator('.day[data-free]').nth(2).click();
  const inUtc = await instants();
  expect(inUtc).toHaveLength(24);
  await page.getByLabel('Time zone').selectOption('Pacific/Kiritimati');
  await expect.poll(async () => (await instants())[0] ?? '').toMatch(/T10:00:00\.000Z$/);
});

test('a week is shown side by side when it is asked for, and as a month where there is no room', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1100, height: 800 });
  await open(page, '/acme/always?layout=week_view', '.column .time');
  await expect(page.locator('.column')).toHaveCount(7);
  await page.setViewportSize({ width: 400, height: 800 });
  await expect(page.locator('.month')).toBeVisible();
  await expect(page.locator('.time').first()).toBeVisible();
});
