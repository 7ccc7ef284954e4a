import { expect, test, widget } from '../../helpers/widget-pages.js';

/** Where a member of an organisation was before: everything there is redirected. */
const FORMER = 'https://former.example';

test.describe('scheduling page that redirects to another origin', () => {
  test('a Cal.com page that redirects to the host of an organisation becomes ready and bookable', async ({
    page,
    service,
    site,
  }) => {
    await page.route(`${FORMER}/**`, (route) => {
      const { pathname, search } = new URL(route.request().url());
      return route.fulfill({ status: 307, headers: { location: service.cal + pathname + search } });
    });
    const html = widget(service, site.host, 'availability="off" loading="eager" retries="0" timeout="300s"');
    await site.open(page, html.replaceAll(`src="${service.cal}`, `src="${FORMER}`));
    await expect(page.locator('booking-widget:state(ready)')).toHaveCount(1);
    const frame = page.frameLocator('booking-widget iframe');
    await expect(frame.locator('.time').first()).toBeVisible();
    await page.evaluate(() => {
      addEventListener('booking-booked', ({ bookingId }: { bookingId?: string } & Event) => {
        document.title = `booked ${String(bookingId)}`;
      });
    });
    await frame.locator('.time').last().click();
    await frame.getByLabel('Your name').fill('Ana Ruiz');
    await frame.getByLabel('E-mail address').fill('ana@example.org');
    await frame.getByRole('button', { name: 'Confirm booking' }).click();
    await expect(page).toHaveTitle(/^booked \S+/);
  });

  test('a Calendly page that redirects to another origin becomes ready', async ({ page, service, site }) => {
    await page.route(`${FORMER}/**`, (route) => {
      const { pathname, search } = new URL(route.request().url());
      return route.fulfill({ status: 307, headers: { location: service.calendly + pathname + search } });
    });
    await site.open(
      page,
      `<booking-widget provider="calendly" loading="eager" timeout="300s" src="${FORMER}/${site.host}/30min"></booking-widget>`,
    );
    await expect(page.locator('booking-widget:state(ready)')).toHaveCount(1);
  });

  test('messages of a stranger’s origin in the widget’s own frame never make it ready', async ({
    page,
    service,
    site,
  }) => {
    await page.route(`${FORMER}/**`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><script>
          const namespace = new URL(location.href).searchParams.get('embed');
          for (const type of ['__iframeReady', 'linkReady', 'bookingSuccessfulV2'])
            parent.postMessage({ originator: 'CAL', type, namespace, fullType: 'CAL:' + namespace + ':' + type, data: { uid: 'forged' } }, '*');
          parent.postMessage('last', '*');
        </script>`,
      }),
    );
    // The expected page hands its frame over to the stranger.
    await page.route(`${service.cal}/${site.host}/**`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><script>location.replace('${FORMER}/' + location.search)</script>`,
      }),
    );
    await site.open(
      page,
      `<script>addEventListener('message', ({ data }) => { if (data === 'last') document.title = 'spoken'; });
        for (const type of ['booking-ready', 'booking-booked'])
          addEventListener(type, () => document.documentElement.setAttribute('data-fooled', type));</script>${widget(service, site.host, 'availability="off" loading="eager"')}`,
    );
    await expect(page).toHaveTitle('spoken');
    await expect(page.locator('html[data-fooled]')).toHaveCount(0);
    await expect(page.locator('booking-widget:state(ready)')).toHaveCount(0);
  });
});
