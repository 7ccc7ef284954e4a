import type { Page } from '@playwright/test';
import { book, calendar, expect, test, widget } from '../../helpers/widget-pages.js';

/**
 * Where a member of an organisation was before: everything there is redirected. Not https, because an answer from the
 * service's http would be less secure than the address that the owner wrote, and is not believed.
 */
const FORMER = 'http://former.example';
const STRANGER = 'https://stranger.example';

test.describe('scheduling page that redirects to another origin', () => {
  const redirect = (page: Page, from: string, to: string): Promise<unknown> =>
    page.route(`${from}/**`, (route) => {
      const { pathname, search } = new URL(route.request().url());
      return route.fulfill({ status: 307, headers: { location: to + pathname + search } });
    });

  test('a Cal.com page that redirects to the host of an organisation becomes ready and bookable', async ({
    page,
    service,
    site,
  }) => {
    await redirect(page, FORMER, service.cal);
    const html = widget(service, site.host, 'availability="off" loading="eager" retries="0" timeout="300s"');
    await site.open(page, html.replaceAll(`src="${service.cal}`, `src="${FORMER}`));
    await expect(page.locator('booking-widget:state(ready)')).toHaveCount(1);
    const frame = calendar(page);
    await expect(frame.locator('.time').first()).toBeVisible();
    await page.evaluate(() => {
      addEventListener('booking-booked', ({ bookingId }: { bookingId?: string } & Event) => {
        document.title = `booked ${String(bookingId)}`;
      });
    });
    await frame.locator('.time').last().click();
    await book(frame);
    await expect(page).toHaveTitle(/^booked \S+/);
  });

  test('a Calendly page that redirects to another origin becomes ready', async ({ page, service, site }) => {
    await redirect(page, FORMER, service.calendly);
    await site.open(
      page,
      `<booking-widget provider="calendly" loading="eager" timeout="300s" src="${FORMER}/${site.host}/30min"></booking-widget>`,
    );
    await expect(page.locator('booking-widget:state(ready)')).toHaveCount(1);
  });

  /** Notes what the widget took for true, and says by its title when the stranger has said everything. */
  const WITNESS = `<script>
    addEventListener('message', ({ data }) => { if (data === 'last') document.title = 'spoken'; });
    for (const type of ['booking-ready', 'booking-booked'])
      addEventListener(type, () => document.documentElement.setAttribute('data-' + type, ''));
  </script>`;

  /** A page that forges everything that a Cal.com page says, with whatever it finds out about its frame. */
  const forge = (page: Page): Promise<unknown> =>
    page.route(`${STRANGER}/**`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><script>
          const namespace = new URLSearchParams(location.search).get('embed') ?? 'booking-1';
          for (const type of ['__iframeReady', 'linkReady', 'bookingSuccessfulV2'])
            parent.postMessage({ originator: 'CAL', type, namespace, fullType: 'CAL:' + namespace + ':' + type, data: { uid: 'forged' } }, '*');
          parent.postMessage('last', '*');
        </script>`,
      }),
    );

  /** The page hands its frame over to the stranger. */
  const handOver = (page: Page, pages: string | RegExp, search: string): Promise<unknown> =>
    page.route(pages, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><script>location.replace('${STRANGER}/' + ${search})</script>`,
      }),
    );

  const nothingBelieved = async (page: Page): Promise<void> => {
    await expect(page).toHaveTitle('spoken');
    await expect(page.locator('html[data-booking-booked]')).toHaveCount(0);
  };

  test('a stranger that a page on Cal.com’s own host redirects to is not believed, even with the right namespace', async ({
    page,
    site,
  }) => {
    await forge(page);
    await handOver(page, /^https:\/\/(\w+\.)?cal\.com\//, 'location.search');
    await site.open(
      page,
      `${WITNESS}<booking-widget src="https://cal.com/${site.host}/30min" availability="off" loading="eager"></booking-widget>`,
    );
    await nothingBelieved(page);
    await expect(page.locator('booking-widget:state(ready)')).toHaveCount(0);
  });

  test('a stranger that a page on any other host redirects to is not believed without the namespace of the frame', async ({
    page,
    service,
    site,
  }) => {
    await forge(page);
    await handOver(page, `${service.cal}/${site.host}/**`, "''");
    await site.open(page, WITNESS + widget(service, site.host, 'availability="off" loading="eager"'));
    await nothingBelieved(page);
    await expect(page.locator('booking-widget:state(ready)')).toHaveCount(0);
  });

  test('a stranger that takes over the frame of a page that has spoken is not believed', async ({
    page,
    service,
    site,
  }) => {
    await forge(page);
    await site.open(page, WITNESS + widget(service, site.host, 'availability="off" loading="eager"'));
    await expect(page.locator('booking-widget:state(ready)')).toHaveCount(1);
    await calendar(page)
      .locator('body')
      .evaluate((_, stranger) => {
        setTimeout(() => location.replace(`${stranger}/${location.search}`));
      }, STRANGER);
    await nothingBelieved(page);
  });
});
