import type { Page } from '@playwright/test';
import { expect, slot, test, widget } from '../helpers/widget-pages.js';

const SCREEN = 600;
test.use({ viewport: { width: 800, height: SCREEN } });

const FAR = '<div style="height:4000px"></div>';
const heading = (page: Page) => page.locator('booking-widget [part~="heading"]');

/** Scrolls until the widget's upper edge is so many pixels below the viewport, and waits until observers know. */
async function scrollNear(page: Page, distance: number): Promise<void> {
  await page.evaluate((below) => {
    const top = document.querySelector('booking-widget')?.getBoundingClientRect().top ?? 0;
    scrollTo({ top: scrollY + top - innerHeight - below, behavior: 'instant' });
  }, distance);
  // An observer that was made later than the page's own is notified after them.
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        new IntersectionObserver(resolve).observe(document.body);
      }),
  );
}

/** Paths that are requested from the page's own content network and from the scheduling service. */
function watchRequests(page: Page, scheduler: string) {
  const own: string[] = [];
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin === scheduler) foreign.push(pathname);
    else own.push(pathname.split('/').at(-1) ?? '');
  });
  return { own, foreign };
}

test.describe('widget that comes nearer', () => {
  test('its code is fetched one and a half screens ahead, and the scheduling service is asked 200 pixels ahead', async ({
    page,
    site,
    service,
  }) => {
    const { own, foreign } = watchRequests(page, service.cal);
    await site.open(page, FAR + widget(service, site.host));
    await scrollNear(page, 1.5 * SCREEN + 10);
    expect(own).toEqual(['__page', 'booking-widget.js']);
    await scrollNear(page, 1.5 * SCREEN - 10);
    await expect(page.locator('booking-widget [part~="skeleton"]')).toBeAttached();
    await expect.poll(() => own).toEqual(expect.arrayContaining(['slots.js', 'provider-cal.js']));
    await scrollNear(page, 210);
    expect(foreign).toEqual([]);
    await scrollNear(page, 190);
    await expect.poll(() => foreign).toContain('/v2/slots');
    await expect(page.locator('booking-widget iframe')).toBeAttached();
  });

  test('a visitor who pays by the byte gets no code before the 200 pixels', async ({
    page,
    site,
    service,
  }) => {
    await page.addInitScript(() =>
      Object.defineProperty(navigator, 'connection', { value: { saveData: true } }),
    );
    const { own } = watchRequests(page, service.cal);
    await site.open(page, FAR + widget(service, site.host));
    await scrollNear(page, 210);
    expect(own).toEqual(['__page', 'booking-widget.js']);
    await scrollNear(page, 190);
    await expect(slot(page).first()).toBeAttached();
  });

  const FORM_FILES = ['cal-booking.js', 'form.js'];
  const formFiles = (own: readonly string[]): string[] =>
    own.filter((name) => FORM_FILES.includes(name)).toSorted();

  test('where the scheduling page waits for the visitor, the form’s code comes with the slots, before it is wanted', async ({
    page,
    site,
    service,
  }) => {
    const { own } = watchRequests(page, service.cal);
    await site.open(page, widget(service, site.host, 'loading="interaction"'));
    await expect.poll(() => formFiles(own)).toEqual(FORM_FILES);
  });

  for (const [why, more, savesData] of [
    ['a scheduling page loads beside the slots', '', false],
    ['the visitor pays by the byte', 'loading="interaction"', true],
  ] as const)
    test(`where ${why}, the form’s code comes when the visitor begins to use the slots, all of it at once`, async ({
      page,
      site,
      service,
    }) => {
      await site.turn({ 'page-slots-delay': 60_000 });
      if (savesData)
        await page.addInitScript(() =>
          Object.defineProperty(navigator, 'connection', { value: { saveData: true } }),
        );
      const { own } = watchRequests(page, service.cal);
      await page.route('**/form.js', async (route) => {
        // The provider's part does not wait for the form.
        await expect.poll(() => formFiles(own)).toEqual(FORM_FILES);
        await route.continue();
      });
      await site.open(page, widget(service, site.host, more));
      await expect(slot(page).first()).toBeVisible();
      // The event type is asked for after the slots; what an idle moment would bring has come by then.
      await expect(heading(page)).toHaveText(/30 minute/);
      await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
      expect(formFiles(own)).toEqual([]);
      await slot(page).first().click();
      await expect(page.getByLabel('Name')).toBeVisible();
    });

  test('on the next visit slots and heading are drawn in an idle moment, however far it is, without a request', async ({
    page,
    site,
    service,
  }) => {
    // A calendar that is ready before the slots are drawn takes their place: on the first visit it is not.
    await site.turn({ 'page-slots-delay': 15_000 });
    const body = FAR + widget(service, site.host);
    await site.open(page, body);
    await scrollNear(page, 0);
    await expect(slot(page).first()).toBeVisible();
    await expect(heading(page)).toHaveText(/30 minute/);
    await site.turn({ 'page-slots-delay': null });
    const { foreign } = watchRequests(page, service.cal);
    // The page of the first visit may request its last picture until it is left.
    page.once('framenavigated', () => foreign.splice(0));
    await page.addInitScript(() => {
      const announced: string[] = [];
      Object.assign(globalThis, { announced });
      addEventListener('booking-availability', (event) =>
        announced.push((event as Event & { readonly source: string }).source),
      );
    });
    await site.open(page, body);
    await expect(slot(page).first()).toBeAttached();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await expect(heading(page)).toHaveText(/30 minute/);
    await scrollNear(page, 210);
    expect(foreign).toEqual([]);
    await scrollNear(page, 190);
    await expect(page.locator('booking-widget:state(ready)')).toBeAttached();
    const announced = await page.evaluate(() => (globalThis as unknown as { announced: string[] }).announced);
    expect(announced.filter((source) => source === 'cached')).toHaveLength(1);
  });
});

test.describe('many widgets', () => {
  const COUNT = 50;

  test('a visitor who scrolls past fifty starts few frames, and the one where they stop becomes ready', async ({
    page,
    site,
    service,
  }) => {
    await site.turn({ delay: 400 });
    let frames = 0;
    page.on('frameattached', () => frames++);
    await site.open(page, widget(service, site.host).repeat(COUNT));
    await expect.poll(() => frames).toBeGreaterThan(0);
    // Five screens a second.
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          let before = performance.now();
          const step = (): void => {
            const now = performance.now();
            // As fast on a busy machine: a screen in a fifth of a second.
            scrollBy({ top: (innerHeight * (now - before)) / 200, behavior: 'instant' });
            before = now;
            if (scrollY + innerHeight >= document.documentElement.scrollHeight - 1) resolve();
            else requestAnimationFrame(step);
          };
          step();
        }),
    );
    const last = page.locator('booking-widget').last();
    await expect(last.locator('iframe')).toBeAttached();
    await expect(page.locator('booking-widget:state(ready)').last()).toBeVisible();
    expect(frames).toBeLessThanOrEqual(8);
  });

  test('a frame that the visitor asks for does not wait for others', async ({ page, site, service }) => {
    await site.turn({ mute: true });
    await site.open(
      page,
      widget(service, site.host, 'timeout="60"', 'display:block;min-height:150px').repeat(4),
    );
    await expect(page.locator('booking-widget iframe')).toHaveCount(2);
    const last = page.locator('booking-widget').nth(3);
    await last.getByRole('button', { name: 'Open full calendar' }).click();
    await expect(last.locator('iframe')).toBeAttached();
  });
});
