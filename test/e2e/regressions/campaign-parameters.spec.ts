import type { Page } from '@playwright/test';
import { expect, test, widget } from '../../helpers/widget-pages.js';

/** Campaign parameters in the address of the widget's frame. */
const campaignOf = async (page: Page): Promise<Record<string, string>> => {
  const frame = page.locator('booking-widget iframe').last();
  await expect(frame).toHaveAttribute('src', /./);
  const { searchParams } = new URL((await frame.getAttribute('src')) ?? '');
  return Object.fromEntries([...searchParams].filter(([name]) => /^utm_|^gclid/.test(name)));
};

test.describe('campaign parameters', () => {
  const land = async (page: Page, query: string): Promise<void> => {
    await page.goto(`${page.url().split('?')[0] ?? ''}?${query}`);
    await page.waitForFunction(() => Symbol.for('booking-widget') in globalThis);
  };
  const navigate = (page: Page, address: string, html: string): Promise<void> =>
    page.evaluate(
      ([to, markup]) => {
        history.pushState({}, '', to);
        const { body } = new DOMParser().parseFromString(markup, 'text/html');
        for (const child of body.children)
          document.querySelector('#app')?.append(document.importNode(child, true));
      },
      [address, html] as const,
    );

  test('campaign parameters of the landing page reach the booking after client-side navigation', async ({
    page,
    service,
    site,
  }) => {
    await site.open(page, '<div id="app"></div>');
    await land(page, 'utm_source=ad&utm_campaign=x&gclid=1');
    await navigate(page, '?page=book', widget(service, site.host, 'loading="eager" availability="off"'));
    expect(await campaignOf(page)).toEqual({ utm_source: 'ad', utm_campaign: 'x' });
  });

  test('the first campaign of a visit is kept when a later address names another one', async ({
    page,
    service,
    site,
  }) => {
    await site.open(page, '<div id="app"></div>');
    await land(page, 'utm_source=first');
    await navigate(
      page,
      '?utm_source=second',
      widget(service, site.host, 'loading="eager" availability="off"'),
    );
    expect(await campaignOf(page)).toEqual({ utm_source: 'first' });
  });

  test('campaign parameters are in no storage that outlives the session', async ({ page, service, site }) => {
    await site.open(page, '<div id="app"></div>');
    await land(page, 'utm_source=secret-campaign');
    await navigate(page, '?page=book', widget(service, site.host, 'loading="eager" availability="off"'));
    await campaignOf(page);
    const kept = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)) + document.cookie);
    expect(kept).not.toContain('secret-campaign');
  });

  test('the first campaign of a visit is kept when the visitor goes on to other pages of the site', async ({
    page,
    service,
    site,
  }) => {
    const html = widget(service, site.host, 'loading="eager" availability="off"');
    await site.open(page, html);
    await land(page, 'utm_source=first&utm_term=chairs');
    expect(await campaignOf(page)).toEqual({ utm_source: 'first', utm_term: 'chairs' });
    await land(page, 'utm_source=second&utm_campaign=y');
    expect(await campaignOf(page)).toEqual({ utm_source: 'first', utm_term: 'chairs' });
    await land(page, '');
    expect(await campaignOf(page)).toEqual({ utm_source: 'first', utm_term: 'chairs' });
  });

  test('parameters that are no campaign are those of the present page, else those of the landing page', async ({
    page,
    service,
    site,
  }) => {
    await site.open(page, '<div id="app"></div>');
    await land(page, 'gclid=landed&plan=a');
    const options = 'loading="eager" availability="off" forward-params="gclid plan"';
    await navigate(page, '?plan=b', widget(service, site.host, options));
    const frame = page.locator('booking-widget iframe');
    await expect(frame).toHaveAttribute('src', /plan=b/);
    const { searchParams } = new URL((await frame.getAttribute('src')) ?? '');
    expect([searchParams.getAll('gclid'), searchParams.getAll('plan')]).toEqual([['landed'], ['b']]);
  });

  test('with forward-params="none" no campaign is passed on, and none is kept', async ({
    page,
    service,
    site,
  }) => {
    const options = 'loading="eager" availability="off" forward-params="none"';
    await site.open(page, widget(service, site.host, options));
    await land(page, 'utm_source=ad');
    expect(await campaignOf(page)).toEqual({});
    expect(await page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))).not.toContain('ad');
  });
});
