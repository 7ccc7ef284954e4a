import type { Page } from '@playwright/test';
import { loadReportSchema } from '../../src/protocol/load-report-schema.js';
import { book, calendar, expect, slot, test, widget } from '../helpers/widget-pages.js';

const far = (pixels: number): string => `<div style="height:${pixels}px"></div>`;

/** Records the messages and events of the page from before its first script on. */
const listen = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const received: unknown[] = [];
    Object.assign(globalThis, { received });
    for (const type of ['booking-booked', 'booking-error', 'booking-ready', 'booking-slot-select'])
      addEventListener(type, (event) =>
        received.push({ ...Object.fromEntries(Object.entries(event)), type, isTrusted: undefined }),
      );
  });
};
const received = (page: Page, type: string): Promise<Record<string, unknown>[]> =>
  page.evaluate(
    (wanted) =>
      (globalThis as unknown as { received: Record<string, unknown>[] }).received.filter(
        (event) => event['type'] === wanted,
      ),
    type,
  );

test.describe('script tag and widget', () => {
  test('an inline widget leads from slots to a booking and drops the booked slot', async ({
    page,
    site,
    service,
  }) => {
    await site.turn({ delay: 1500 });
    await listen(page);
    await site.open(page, `<h1>Meet us</h1>${widget(service, site.host, 'booking="frame"')}`);
    await expect(slot(page)).toHaveCount(6);
    const words = (await slot(page).nth(1).getAttribute('aria-label')) ?? '';
    await slot(page).nth(1).click();
    await expect(page.locator('booking-widget [part~="chosen"]')).toBeVisible();
    await book(calendar(page));

    await expect.poll(() => received(page, 'booking-booked')).toHaveLength(1);
    const [chosen] = await received(page, 'booking-slot-select');
    const [booked] = await received(page, 'booking-booked');
    expect(booked).toMatchObject({ change: 'created' });
    expect(Date.parse(String(booked?.['start']))).toBe(Date.parse(String(chosen?.['start'])));
    expect(JSON.stringify(booked)).not.toMatch(/ana/i);

    // A visitor who is booked does not read "Other times" above it.
    await expect(page.locator('booking-widget [part~="back"]')).toHaveCount(0);
    // The next visit does not offer it either, out of the cache or fresh.
    await page.reload();
    await expect(slot(page).first()).toBeVisible();
    await expect(page.locator(`booking-widget [aria-label="${words}"]`)).toHaveCount(0);
  });

  test('an event type without slots and an empty week each say so in a sentence', async ({
    page,
    site,
    service,
  }) => {
    const src = `${service.cal}/${site.host}/empty`;
    await site.open(
      page,
      `<booking-widget src="${src}" provider="cal" api="${service.cal}" loading="interaction"></booking-widget>`,
    );
    const said = page.locator('booking-widget [part="no-times"]').last();
    await expect(said).toHaveText(/no times available in/i);
    await page.getByRole('button', { name: 'Next week' }).click();
    await expect(said).toHaveText(/on these days/i);
  });

  test('a popup leads to a booking by keyboard alone', async ({ page, site, service }) => {
    await listen(page);
    // A calendar that is ready before the slots are drawn takes their place: this one is not.
    await site.turn({ 'page-slots-delay': 15_000 });
    await site.open(page, widget(service, site.host, 'mode="popup" booking="frame"', ''));
    await expect(page.locator('booking-widget a')).toHaveAttribute('aria-haspopup', 'dialog');
    await page.locator('booking-widget a').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('booking-widget dialog')).toBeVisible();
    await slot(page).first().focus();
    await site.turn({ 'page-slots-delay': null });
    await page.keyboard.press('Enter');
    await book(calendar(page));
    await expect.poll(() => received(page, 'booking-booked')).toHaveLength(1);
    await page.locator('booking-widget [part~="close"]').click();
    await expect(page.locator('booking-widget dialog')).toBeHidden();
    await expect(page.locator('booking-widget a')).toBeFocused();
  });

  test('a widget far from the viewport contacts the loader’s host only and its link works', async ({
    page,
    site,
    service,
  }) => {
    const requested: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    await site.open(page, `${far(3000)}${widget(service, site.host)}`);
    await page.waitForLoadState('load');
    expect(requested.map((url) => new URL(url).pathname.split('/').at(-1))).toEqual([
      '__page',
      'booking-widget.js',
    ]);
    await expect(page.locator('booking-widget a')).toHaveAttribute(
      'href',
      `${service.cal}/${site.host}/30min`,
    );
    const { height } = (await page.locator('booking-widget').boundingBox()) ?? { height: 0 };
    expect(height).toBe(640);

    await page.locator('booking-widget').scrollIntoViewIfNeeded();
    await expect(calendar(page).getByRole('heading', { name: /30 minute/ })).toBeVisible();
  });

  for (const width of [320, 768, 1280])
    test(`the widget causes no layout shift at ${width} px, on the first visit and the next`, async ({
      page,
      site,
      service,
      browserName,
    }) => {
      test.skip(browserName !== 'chromium', 'only Chromium measures layout shifts');
      await page.setViewportSize({ width, height: 900 });
      await page.addInitScript(() => {
        const shifts: string[] = [];
        Object.assign(globalThis, { shifts });
        const nameOf = (node: Node | null): string =>
          node instanceof Element
            ? `<${node.localName} ${node.part.value || node.className}>`
            : `"${node?.textContent ?? ''}"`;
        interface Shift extends PerformanceEntry {
          readonly value: number;
          readonly sources: readonly { readonly node: Node | null }[];
        }
        new PerformanceObserver((list) => {
          for (const { value, sources } of list.getEntries() as Shift[])
            shifts.push([value, ...sources.map(({ node }) => nameOf(node))].join(' '));
        }).observe({ type: 'layout-shift', buffered: true });
      });
      const shifts = (): Promise<string[]> =>
        page.evaluate(() => (globalThis as unknown as { shifts: string[] }).shifts);
      const body = `<h1>Meet us</h1>${widget(service, site.host)}<p>What follows.</p>`;
      for (const visit of ['first', 'next']) {
        await site.open(page, body);
        await expect(page.locator('booking-widget:state(ready)')).toBeVisible();
        await expect(calendar(page).getByRole('heading', { name: /30 minute/ })).toBeVisible();
        expect(await shifts(), `${visit} visit, ready`).toEqual([]);
      }
      await site.turn({ status: 500 });
      await site.open(page, body);
      await expect(page.locator('booking-widget [part~="failure"]')).toBeVisible();
      expect(await shifts(), 'failed').toEqual([]);
    });

  test('a load is reported to the metrics endpoint and visible as User Timing', async ({
    page,
    site,
    service,
  }) => {
    // What leaves by beacon passes by Playwright; that it arrives is the browser suites' matter.
    await page.addInitScript(() => {
      Reflect.deleteProperty(globalThis, 'fetchLater');
      const reports: unknown[] = [];
      Object.assign(globalThis, { reports });
      Navigator.prototype.sendBeacon = (_, body) => reports.push(body) > 0;
    });
    const reports = (): Promise<string[]> =>
      page.evaluate(() => (globalThis as unknown as { reports: string[] }).reports);
    await site.open(page, widget(service, site.host, 'metrics-endpoint="/collect"'));
    await expect(page.locator('booking-widget:state(ready)')).toBeVisible();
    await expect.poll(reports).not.toEqual([]);
    const report = loadReportSchema.parse(JSON.parse((await reports()).at(-1) ?? ''));
    expect(report.widgets[0]).toMatchObject({
      provider: 'cal',
      outcome: 'ready',
      attempts: 1,
      mode: 'inline',
    });
    expect(Object.keys(report.widgets[0]?.marks ?? {})).toEqual(
      expect.arrayContaining(['defined', 'visible', 'frame-start', 'ready']),
    );
    const names = await page.evaluate(() => performance.getEntriesByType('measure').map(({ name }) => name));
    expect(names).toEqual(expect.arrayContaining(['booking-widget:ready']));
  });

  test('a booking is pushed to the data layer once, flat and under the owner’s names', async ({
    page,
    site,
    service,
  }) => {
    await page.addInitScript(`globalThis.pixels = 0;
    for (const name of ['gtag', 'fbq', 'ga', '_paq', 'lintrk']) globalThis[name] = () => { pixels++; };
    addEventListener('DOMContentLoaded', () => {
      document.querySelector('booking-widget').dataLayerAliases = { booked: 'generate_lead', booking_id: 'transaction_id' };
    })`);
    // The calendar does not take over while the time is being pressed.
    await site.open(page, widget(service, site.host, 'data-layer loading="interaction" booking="frame"'));
    await slot(page).nth(1).click();
    await book(calendar(page));
    const layer = (): Promise<Record<string, unknown>[]> =>
      page.evaluate('(globalThis.dataLayer ?? []).map((entry) => ({ ...entry }))');
    const named = async (name: string): Promise<Record<string, unknown>[]> =>
      (await layer()).filter(({ event }) => event === name);
    await expect.poll(() => named('booking_widget.booked')).toHaveLength(1);

    const bookings = (await (await fetch(`${service.control}/bookings?match=${site.host}/30min`)).json()) as {
      readonly uid: string;
    }[];
    const [booked] = await named('booking_widget.booked');
    expect(booked).toMatchObject({
      booking_provider: 'cal',
      mode: 'inline',
      booking_id: bookings[0]?.uid,
      transaction_id: bookings[0]?.uid,
    });
    expect(await named('generate_lead')).toEqual([{ ...booked, event: 'generate_lead' }]);
    for (const wanted of ['view', 'availability', 'slot_click', 'ready'])
      expect((await named(`booking_widget.${wanted}`)).length, wanted).toBeGreaterThan(0);
    // Flat values, named in snake_case, and nobody's name or address among them.
    for (const entry of await layer())
      for (const [field, value] of Object.entries(entry)) {
        expect(field).toMatch(/^[a-z]+(_[a-z]+)*$/);
        expect(typeof value, field).toMatch(/^(string|number|boolean)$/);
      }
    expect(JSON.stringify(await layer())).not.toMatch(/ana|example\.org/i);
    expect(await page.evaluate('pixels')).toBe(0);
  });

  test('a widget without a metrics endpoint sends no report', async ({ page, site, service }) => {
    const posts: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET' && request.method() !== 'OPTIONS') posts.push(request.url());
    });
    await site.open(page, widget(service, site.host));
    await expect(page.locator('booking-widget:state(ready)')).toBeVisible();
    await page.goto('about:blank');
    expect(posts).toEqual([]);
  });

  test('the widget works under a strict policy and names the missing line when its frame is forbidden', async ({
    page,
    site,
    service,
    cdn,
  }) => {
    await listen(page);
    const policy = `default-src 'none'; script-src ${cdn.origin}; connect-src ${cdn.origin} ${service.cal}; style-src 'unsafe-hashes'; require-trusted-types-for 'script'`;
    await site.open(page, widget(service, site.host, '', ''), {
      'content-security-policy': `${policy}; frame-src ${service.cal}`,
    });
    await expect(page.locator('booking-widget:state(ready)')).toBeVisible();

    await site.open(page, widget(service, site.host, '', ''), {
      'content-security-policy': `${policy}; frame-src 'self'`,
    });
    await expect(page.locator('booking-widget [part~="failure"]')).toContainText(
      "can't be shown on this page",
    );
    const [error] = await received(page, 'booking-error');
    expect(error).toMatchObject({ code: 'blocked-csp', willRetry: false });
    expect(String(error?.['message'])).toContain(`frame-src ${service.cal}`);
  });

  test('a refusal by the scheduling page’s own policy is named where the browser reports it', async ({
    page,
    site,
    service,
    browserName,
  }) => {
    test.skip(browserName !== 'chromium', 'only Chromium tells the page');
    await listen(page);
    await site.turn({ 'frame-ancestors': "'none'" });
    await site.open(page, widget(service, site.host));
    await expect(page.locator('booking-widget [part~="failure"]')).toContainText(
      'can only be opened in a new tab',
    );
    expect((await received(page, 'booking-error'))[0]).toMatchObject({ code: 'refused' });
  });

  test('a calendar that failed offline comes back when the browser is online again', async ({
    page,
    site,
    service,
    context,
  }) => {
    await listen(page);
    await site.open(
      page,
      `${far(2000)}${widget(service, site.host, 'loading="interaction" availability="off"')}`,
    );
    await page.locator('booking-widget').scrollIntoViewIfNeeded();
    const show = page.locator('booking-widget [part~="show"]');
    await expect(show).toBeVisible();
    // Everything our own is there but the provider's part and the calendar.
    await context.setOffline(true);
    await show.click();
    await expect(page.locator('booking-widget [part~="failure"]')).toContainText('offline');
    await context.setOffline(false);
    await expect(page.locator('booking-widget:state(ready)')).toBeVisible();
  });

  test('a missing chunk ends in the failure view and the retry button requests it again', async ({
    page,
    site,
    service,
    cdn,
  }) => {
    await listen(page);
    const body = widget(service, site.host, 'availability="off"');
    const html = `<!doctype html><meta charset="utf-8"><body><script async src="${cdn.origin}/${site.host}/booking-widget.js"></script>${body}`;
    const faults = [{ file: 'provider-cal', how: 'not-found' as const }];
    cdn.set(site.host, { cors: true, faults, page: { html } });
    await page.goto(`${cdn.origin.replace('127.0.0.1', 'localhost')}/${site.host}/__page`);
    await expect(page.locator('booking-widget [part~="failure"]')).toBeVisible();
    cdn.set(site.host, { cors: true, page: { html } });
    await page.locator('booking-widget [part~="retry"]').click();
    await expect(page.locator('booking-widget:state(ready)')).toBeVisible();
  });

  for (const trouble of ['blocked', 'full', 'garbage'] as const)
    test(`storage that is ${trouble} costs only what would have been cached`, async ({
      page,
      site,
      service,
    }) => {
      const errors: Error[] = [];
      page.on('pageerror', (error) => errors.push(error));
      await page.addInitScript((how) => {
        const fail = (): never => {
          throw new DOMException('no', how === 'full' ? 'QuotaExceededError' : 'SecurityError');
        };
        if (how === 'blocked') {
          Object.defineProperty(globalThis, 'indexedDB', { get: fail });
          Object.defineProperty(globalThis, 'localStorage', { get: fail });
        }
        if (how === 'full') {
          IDBObjectStore.prototype.put = fail;
          Storage.prototype.setItem = fail;
        }
        if (how === 'garbage')
          IDBObjectStore.prototype.get = function (this: IDBObjectStore, key: IDBValidKey) {
            return IDBObjectStore.prototype.count.call(this, key);
          };
      }, trouble);
      await site.turn({ delay: 1500 });
      await site.open(page, widget(service, site.host));
      await expect(slot(page)).toHaveCount(6);
      await expect(page.locator('booking-widget:state(ready)')).toBeVisible();
      expect(errors).toEqual([]);
    });
});
