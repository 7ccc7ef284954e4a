import { expect, test } from '@playwright/test';
import {
  bookingsOf,
  callCal,
  fillIn,
  received,
  INTERNAL_KEYS,
  loadCal,
  newHost,
  openBare,
  openHost,
  openInline,
  service,
  untilReceived,
  typesReceived,
  useSchedulingService,
} from '../../helpers/service-fidelity.js';

useSchedulingService();

test.describe('scheduling service with Cal.com’s embed.js', () => {
  test('the Cal.com page finishes the inline handshake in order, with all keys, and becomes visible', async ({
    page,
  }) => {
    const frame = await openInline(page, `${newHost()}/30min`, { theme: 'dark', name: 'Ada' });
    await untilReceived(page, 'bookerReady');
    const messages = await received(page);
    expect(
      messages.every(({ origin, keys }) => origin === service.addresses.cal && keys === INTERNAL_KEYS),
    ).toBe(true);
    const types = messages.map(({ type }) => type);
    expect(types[0]).toBe('__iframeReady');
    for (const once of [
      '__iframeReady',
      '__windowLoadComplete',
      'linkReady',
      'bookerViewed',
      'bookerReady',
    ]) {
      expect(
        types.filter((type) => type === once),
        once,
      ).toHaveLength(1);
    }
    const [first, second] = messages.filter(({ type }) => type === '__dimensionChanged');
    expect(first?.data['isFirstTime']).toBe(true);
    expect(second?.data['isFirstTime']).toBe(false);
    expect(types.indexOf('linkReady')).toBeGreaterThan(
      types.indexOf('__dimensionChanged', types.indexOf('__dimensionChanged') + 1),
    );
    expect(types.indexOf('bookerViewed')).toBeGreaterThan(types.indexOf('linkReady'));

    await expect(page.locator('iframe')).toBeVisible();
    await expect(page.locator('cal-inline')).toHaveAttribute('loading', 'done');
    await expect(frame.locator('body')).toHaveCSS('visibility', 'visible');
    await expect(frame.locator('body')).toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
    await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
    const height = (await received(page, '__dimensionChanged')).at(-1)?.data['iframeHeight'];
    await expect(page.locator('iframe')).toHaveCSS('height', `${String(height)}px`);
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
  });

  test('the Cal.com page announces a booking once in full and once in short', async ({ page }) => {
    const host = newHost();
    const frame = await openInline(page, `${host}/30min`);
    await frame.locator('.time').last().click();
    await fillIn(frame);
    await frame.getByRole('button', { name: 'Confirm booking' }).click();
    await expect(frame.getByRole('heading', { name: 'You are booked' })).toBeVisible();
    await untilReceived(page, 'bookingSuccessfulV2');
    const [booking] = await bookingsOf(host);
    const types = await typesReceived(page);
    expect(types.filter((type) => type.startsWith('bookingSuccessful'))).toEqual([
      'bookingSuccessful',
      'bookingSuccessfulV2',
    ]);
    const [short] = await received(page, 'bookingSuccessfulV2');
    expect(short?.data).toMatchObject({
      uid: booking?.uid,
      startTime: booking?.start,
      status: 'ACCEPTED',
      paymentRequired: false,
    });
    expect(
      types.filter((type) => type === '__iframeReady'),
      'no other document was loaded',
    ).toHaveLength(1);
    expect(types).toContain('__routeChanged');
  });

  test('the Cal.com page announces a moved and a cancelled booking', async ({ page }) => {
    const host = newHost();
    const frame = await openInline(page, `${host}/30min`);
    await frame.locator('.time').last().click();
    await fillIn(frame);
    await frame.getByRole('button', { name: 'Confirm booking' }).click();
    await frame.getByRole('button', { name: 'Move' }).click();
    await frame.locator('.time').nth(1).click();
    await expect(frame.getByLabel('Your name')).toHaveValue('Ada Lovelace');
    await frame.getByRole('button', { name: 'Move the booking' }).click();
    await untilReceived(page, 'rescheduleBookingSuccessfulV2');
    const moved = (await bookingsOf(host)).find(({ status }) => status === 'ACCEPTED');
    expect((await received(page, 'rescheduleBookingSuccessfulV2'))[0]?.data['uid']).toBe(moved?.uid);
    await frame.getByRole('button', { name: 'Cancel booking' }).click();
    await frame.getByRole('button', { name: 'Cancel this booking' }).click();
    await untilReceived(page, 'bookingCancelled');
    await expect(frame.getByRole('heading', { name: 'This booking is cancelled' })).toBeVisible();
    expect((await bookingsOf(host)).map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED']);
  });

  test('embed.js opens the Cal.com page in a modal that a click beside the card closes', async ({ page }) => {
    const host = newHost();
    await openHost(page);
    await loadCal(page);
    await callCal(page, 'init', { origin: service.addresses.cal });
    await page.evaluate((link) => {
      const opener = document.createElement('button');
      opener.dataset['calLink'] = link;
      opener.textContent = 'Book';
      document.body.append(opener);
    }, `${host}/30min`);
    await page.getByRole('button', { name: 'Book' }).click();
    const frame = page.frameLocator('iframe');
    await expect(frame.locator('.time').first()).toBeVisible();
    await expect(page.locator('cal-modal-box')).toHaveAttribute('state', 'loaded');
    await frame.locator('.time').last().click();
    await fillIn(frame);
    await frame.getByRole('button', { name: 'Confirm booking' }).click();
    await untilReceived(page, 'bookingSuccessfulV2');
    // What the official script makes of the height leaves no room beside the card; the body is there all the same.
    await frame.locator('body').evaluate((body: HTMLElement) => body.click());
    await expect(page.locator('cal-modal-box')).toHaveAttribute('state', 'closed');
  });

  for (const [link, code] of [
    ['acme/nothing', '404'],
    ['acme/30min?status=500', '500'],
    ['acme/30min?status=403', '403'],
  ] as const) {
    test(`the Cal.com page announces that ${link} failed with ${code}`, async ({ page }) => {
      await openInline(page, link);
      await untilReceived(page, 'linkFailed');
      const [failed] = await received(page, 'linkFailed');
      expect(failed?.data).toMatchObject({ code, msg: 'Problem loading the link' });
      await expect(page.locator('cal-inline')).toHaveAttribute('loading', 'failed');
      expect(await typesReceived(page)).not.toContain('linkReady');
    });
  }

  test('the Cal.com page announces an error that occurs just before it would be ready', async ({ page }) => {
    await openInline(page, 'acme/30min?late-status=404');
    await untilReceived(page, 'linkFailed');
    expect(await typesReceived(page)).not.toContain('linkReady');
  });

  test('the Cal.com page is prerendered without a view and shown later with new prefill', async ({
    page,
  }) => {
    const host = newHost();
    await openHost(page);
    await loadCal(page);
    await callCal(page, 'init', { origin: service.addresses.cal });
    await callCal(page, 'prerender', { calLink: `${host}/30min`, type: 'modal' });
    await untilReceived(page, 'linkPrerendered');
    const allowed = ['__iframeReady', '__dimensionChanged', 'linkPrerendered'];
    expect((await typesReceived(page)).filter((type) => !allowed.includes(type))).toEqual([]);
    expect((await received(page, '__iframeReady'))[0]?.data['isPrerendering']).toBe(true);
    await callCal(page, 'modal', {
      calLink: `${host}/30min`,
      config: { name: 'Grace', email: 'grace@example.com' },
    });
    await untilReceived(page, 'bookerReady');
    const types = await typesReceived(page);
    const order = ['__connectInitiated', '__connectCompleted', 'linkReady', 'bookerViewed', 'bookerReady'];
    expect(types.filter((type) => order.includes(type))).toEqual(order);
    expect(
      types.filter((type) => type === '__iframeReady'),
      'nothing was reloaded',
    ).toHaveLength(1);
    const frame = page.frameLocator('iframe');
    await frame
      .locator('.time')
      .first()
      .evaluate((time: HTMLElement) => time.click());
    await expect(frame.getByLabel('Your name')).toHaveValue('Grace');
  });

  test('the Cal.com page sends no message when it is only preloaded', async ({ page }) => {
    await openBare(page, `${service.addresses.cal}/acme/30min?preload=true&embed=`, 'display: none');
    await expect.poll(() => page.frames().length).toBe(2);
    await page.frames()[1]?.waitForLoadState('load');
    await page.frames()[1]?.waitForSelector('.card', { state: 'attached' });
    expect(await typesReceived(page)).toEqual([]);
  });
});
