import { expect, test } from '@playwright/test';
import {
  received,
  INTERNAL_KEYS,
  newHost,
  openBare,
  post,
  service,
  untilReceived,
  typesReceived,
  useSchedulingService,
} from '../../helpers/service-fidelity.js';

useSchedulingService();

test.describe('Cal.com page of the scheduling service', () => {
  const embed = (host: string, more = ''): string =>
    `${service.addresses.cal}/${host}/30min/embed?embed=ns${more}`;

  test('the Cal.com page stays hidden until its parent acknowledges it', async ({ page }) => {
    const frame = await openBare(page, embed(newHost()));
    await expect(frame.locator('.time').first()).toBeAttached();
    await untilReceived(page, '__dimensionChanged', 2);
    await expect(frame.locator('body')).toHaveCSS('visibility', 'hidden');
    expect(await typesReceived(page)).not.toContain('linkReady');
    await post(page, { originator: 'CAL', method: 'parentKnowsIframeReady' });
    await untilReceived(page, 'linkReady');
    await expect(frame.locator('body')).toHaveCSS('visibility', 'visible');
    expect((await received(page)).every(({ keys }) => keys === INTERNAL_KEYS)).toBe(true);
  });

  test('the Cal.com page takes a second acknowledgement as a second view', async ({ page }) => {
    await openBare(page, embed(newHost()));
    await untilReceived(page, '__iframeReady');
    await post(page, { originator: 'CAL', method: 'parentKnowsIframeReady' });
    await untilReceived(page, 'bookerReady');
    await post(page, { originator: 'CAL', method: 'parentKnowsIframeReady' });
    await untilReceived(page, 'linkReady', 2);
    await untilReceived(page, 'bookerReopened');
  });

  test('the Cal.com page waits for its slots only when the parent says that it is a booker', async ({
    page,
  }) => {
    const slow = '&page-slots-delay=700';
    await openBare(page, embed(newHost(), `${slow}&cal.embed.pageType=user.event.booking.slots`));
    await untilReceived(page, '__iframeReady');
    await post(page, { originator: 'CAL', method: 'parentKnowsIframeReady' });
    await untilReceived(page, 'linkReady');
    let types = await typesReceived(page);
    expect(types.indexOf('linkReady')).toBeGreaterThan(types.indexOf('availabilityLoaded'));
    expect((await received(page, 'bookerViewed'))[0]?.data['slotsLoaded']).toBe(true);

    await openBare(page, embed(newHost(), slow));
    await untilReceived(page, '__iframeReady');
    await post(page, { originator: 'CAL', method: 'parentKnowsIframeReady' });
    await untilReceived(page, 'bookerReady');
    types = await typesReceived(page);
    expect(types.indexOf('linkReady')).toBeLessThan(types.indexOf('availabilityLoaded'));
    expect((await received(page, 'bookerViewed'))[0]?.data).toEqual({
      eventId: null,
      eventSlug: null,
      slotsLoaded: false,
    });
  });

  test('the Cal.com page obeys ui messages of Cal.com’s embed and no others', async ({ page }) => {
    const frame = await openBare(page, embed(newHost(), '&theme=light'));
    await untilReceived(page, '__iframeReady');
    await post(page, { method: 'ui', arg: { theme: 'dark' } });
    await post(page, { originator: 'CAL', method: 'ui', arg: { hideEventTypeDetails: true } });
    await expect(frame.locator('html')).toHaveAttribute('data-hide-details', '');
    await expect(frame.locator('html')).toHaveAttribute('data-theme', 'light');
    await post(page, { originator: 'CAL', method: 'ui', arg: { theme: 'dark', layout: 'week_view' } });
    await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(frame.locator('html')).toHaveAttribute('data-layout', 'week_view');
  });

  test('the Cal.com page never reports a second height while its frame has no size', async ({ page }) => {
    await openBare(page, embed(newHost()), 'display: none');
    // Another one, which has a size, shows how far this one would have come.
    await page.evaluate(
      (address) => {
        const frame = document.createElement('iframe');
        frame.id = 'sized';
        frame.src = address;
        document.body.append(frame);
      },
      embed(newHost()).replace('embed=ns', 'embed=sized'),
    );
    await untilReceived(page, '__iframeReady', 2);
    await page.evaluate(
      (answer) => {
        for (const frame of document.querySelectorAll('iframe'))
          frame.contentWindow?.postMessage(answer, '*');
      },
      { originator: 'CAL', method: 'parentKnowsIframeReady' },
    );
    await untilReceived(page, 'bookerReady');
    expect((await received(page, 'linkReady')).map(({ namespace }) => namespace)).toEqual(['sized']);
    const heights = (await received(page, '__dimensionChanged')).filter(
      ({ namespace }) => namespace === 'ns',
    );
    expect(heights.every(({ data }) => data['isFirstTime'] === true)).toBe(true);
    await page
      .locator('iframe')
      .first()
      .evaluate((frame) => (frame.style.display = 'block'));
    await untilReceived(page, 'linkReady', 2);
  });

  test('the fault knobs make the Cal.com page send wrong, doubled, noisy, late or no messages', async ({
    page,
  }) => {
    await openBare(page, embed(newHost(), '&lying-height=NaN&doubled&noise'));
    await untilReceived(page, '__dimensionChanged', 2);
    expect(await received(page, '__iframeReady')).toHaveLength(2);
    expect((await received(page, '__dimensionChanged'))[0]?.data['iframeHeight']).toBeNaN();
    expect(
      (await typesReceived(page)).filter((type) => type === 'calendly.page_height').length,
    ).toBeGreaterThan(0);

    const frame = await openBare(page, embed(newHost(), '&mute'));
    await expect(frame.locator('.time').first()).toBeAttached();
    expect(await typesReceived(page)).toEqual([]);

    await openBare(page, embed(newHost(), '&late=600'));
    const begun = await page.evaluate(() => performance.now());
    await untilReceived(page, '__iframeReady');
    expect(((await received(page, '__iframeReady'))[0]?.at ?? 0) - begun).toBeGreaterThan(400);
  });
});
