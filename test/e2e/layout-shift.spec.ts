import type { Page } from '@playwright/test';
import { shiftsOf, watchShifts } from '../helpers/layout-shifts.js';
import type { ServiceAddresses } from '../helpers/service.js';
import { calendar, expect, slot, test, widget, type Site } from '../helpers/widget-pages.js';

/*
 * The text below a widget stays where it is in every state, unless the visitor has just pressed something. Everything that is
 * fetched comes later than the half second in which an input excuses a shift.
 */

const LATE_MS = 700;
const EVERYTHING_LATE = { delay: LATE_MS, 'slots-delay': LATE_MS, 'booking-delay': LATE_MS };

interface Visit {
  readonly page: Page;
  readonly site: Site;
  readonly service: ServiceAddresses;
  /** Shows a page with the widget and a line of text below it. */
  readonly open: (more?: string) => Promise<void>;
}

const part = (page: Page, name: string) => page.locator(`booking-widget [part~="${name}"]`);
const isReady = async (page: Page): Promise<void> => {
  await expect(page.locator('booking-widget:state(ready)')).toBeVisible();
  await expect(calendar(page).getByRole('heading', { name: /30 minute/ })).toBeVisible();
};
const LINKED = 'linked';
const NO_SLOTS = 'availability="off"';

const GOOGLE =
  '<booking-widget src="https://calendar.app.google/abc" style="display:block;min-height:640px"></booking-widget>';

/** Other words are longer or shorter: then only what is around the widget stays where it is. */
const REWORDED = 'another language';

const STATES: Readonly<Record<string, (visit: Visit) => Promise<void>>> = {
  async 'placeholder, skeleton, slots, calendar, on the first visit and the next'({ page, site, open }) {
    // A calendar that is ready before the slots are drawn takes their place: this one is not.
    await site.turn({ 'page-slots-delay': 5 * LATE_MS });
    await open();
    await expect(slot(page).first()).toBeVisible();
    await isReady(page);
    await site.turn({ 'page-slots-delay': null });
    await open();
    await isReady(page);
  },
  async 'chosen slot, its page, back to the others'({ page, site, open }) {
    await site.turn({ 'page-slots-delay': 3 * LATE_MS });
    await open('booking="frame"');
    await slot(page).first().click();
    await expect(part(page, 'chosen')).toBeVisible();
    await expect(calendar(page).getByLabel('Your name')).toBeVisible();
    await expect(part(page, 'skeleton')).toHaveCount(0);
    await part(page, 'back').click();
    await expect(slot(page).first()).toBeVisible();
  },
  async 'card of loading="interaction", pressed'({ page, open }) {
    await open(`loading="interaction" ${NO_SLOTS}`);
    await part(page, 'show').click();
    await isReady(page);
  },
  async 'consent, agreed to in the widget'({ page, open }) {
    await open('consent="required"');
    await part(page, 'show').click();
    await expect(slot(page).first()).toBeVisible();
    await part(page, 'all-times').click();
    await isReady(page);
  },
  async 'consent, granted by another button of the page'({ page, open }) {
    await open('consent="required" id="it"');
    await expect(part(page, 'facade')).toBeVisible();
    await page.getByRole('button', { name: 'Allow' }).click();
    await expect(slot(page).first()).toBeVisible();
  },
  async 'consent, granted without a press'({ page, open }) {
    await open('consent="required"');
    await expect(part(page, 'facade')).toBeVisible();
    await page
      .locator('booking-widget')
      .evaluate((each) => (each as HTMLElement & { grant(): void }).grant());
    await expect(slot(page).first()).toBeVisible();
  },
  async 'a page that can only be linked'({ page, open }) {
    await open(LINKED);
    await expect(part(page, 'facade')).toBeVisible();
  },
  async 'failure, tried again by the visitor, calendar'({ page, site, open }) {
    await site.turn({ 'late-status': 500 });
    await open(NO_SLOTS);
    await expect(part(page, 'failure')).toBeVisible();
    await site.turn({ 'late-status': null });
    await part(page, 'retry').click();
    await isReady(page);
  },
  async 'failure that ends by itself'({ page, site, open }) {
    await site.turn({ 'late-status': 500, first: 1 });
    await open(NO_SLOTS);
    await expect(part(page, 'failure')).toBeVisible();
    await isReady(page);
  },
  async 'no times'({ page, site, open }) {
    await site.turn({ empty: true });
    await open('loading="interaction"');
    await expect(part(page, 'no-times')).toBeVisible();
  },
  async 'form, sending, booked, another booking'({ page, open }) {
    await open('loading="interaction"');
    await slot(page).first().click();
    await page.getByLabel('Name').fill('Ana Ruiz');
    await page.getByLabel('Email', { exact: true }).fill('ana@example.org');
    await part(page, 'confirm').click();
    await expect(part(page, 'confirmation')).toBeVisible();
    await expect(part(page, 'book-another')).toBeVisible();
    await part(page, 'cancel').click();
    await part(page, 'cancel').click();
    await expect(part(page, 'cancel')).toHaveCount(0);
    await part(page, 'book-another').click();
    await expect(slot(page).first()).toBeVisible();
  },
  async [REWORDED]({ page, open }) {
    await open('loading="interaction"');
    await expect(slot(page).first()).toBeVisible();
    await page.evaluate("document.querySelector('booking-widget').lang = 'de'");
    await expect(part(page, 'all-times')).toHaveText(/Kalender/);
  },
  async 'other weeks'({ page, open }) {
    await open('loading="interaction"');
    for (const turn of ['later', 'later', 'earlier']) {
      const shown = (await part(page, 'week-day').first().textContent()) ?? '';
      await part(page, turn).click();
      await expect(part(page, 'week-day').first()).not.toHaveText(shown);
      await expect(slot(page).first()).toBeVisible();
    }
  },
  async '12 and 24 hours'({ page, open }) {
    await open('loading="interaction"');
    await slot(page).first().focus();
    const clock = page.locator('booking-widget [part~="clock"][aria-pressed="false"]');
    const before = (await slot(page).first().textContent()) ?? '';
    await clock.first().click();
    await expect(slot(page).first()).not.toHaveText(before);
  },
};

test.skip(({ browserName }) => browserName !== 'chromium', 'only Chromium measures layout shifts');

const PAGES = [
  { width: 320, dir: 'ltr' },
  { width: 560, dir: 'ltr' },
  { width: 900, dir: 'ltr' },
  { width: 560, dir: 'rtl' },
] as const;

for (const { width, dir } of PAGES)
  for (const [state, goThrough] of Object.entries(STATES))
    test(`nothing moves at ${width} px, ${dir}: ${state}`, async ({ page, site, service }) => {
      await page.setViewportSize({ width, height: 1000 });
      await watchShifts(page);
      await page.route(/\/v[^/]*\/[^/]*\.js$/, (route) => {
        setTimeout(() => void route.continue(), LATE_MS);
      });
      await site.turn(EVERYTHING_LATE);
      const open = (more = ''): Promise<void> =>
        site.open(
          page,
          `<div ${dir === 'rtl' ? 'dir="rtl"' : ''}>${more === LINKED ? GOOGLE : widget(service, site.host, more)}<p>What follows.</p>
            <button commandfor="it" command="--grant">Allow</button></div>`,
        );
      await goThrough({ page, site, service, open });
      const shifts = await shiftsOf(page);
      expect(shifts.filter((each) => state !== REWORDED || each.includes('<'))).toEqual([]);
    });
