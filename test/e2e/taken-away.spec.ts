import type { Page } from '@playwright/test';
import { book, calendar, expect, slot, test, widget } from '../helpers/widget-pages.js';

/** How a page is without one thing that most browsers have: a policy, a private window, an old engine, another script. */
const TAKEN: Readonly<Record<string, string>> = {
  IndexedDB: `Object.defineProperty(globalThis, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } })`,
  localStorage: `for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(globalThis, name, { get() { throw new DOMException('no', 'SecurityError'); } })`,
  'Web Locks': `delete Navigator.prototype.locks`,
  BroadcastChannel: `delete globalThis.BroadcastChannel`,
  sendBeacon: `delete Navigator.prototype.sendBeacon; delete globalThis.fetchLater`,
  IntersectionObserver: `delete globalThis.IntersectionObserver`,
  ResizeObserver: `delete globalThis.ResizeObserver`,
  'time zones of Intl': `{
    const { DateTimeFormat } = Intl;
    const { resolvedOptions } = DateTimeFormat.prototype;
    DateTimeFormat.prototype.resolvedOptions = function () { return { ...resolvedOptions.call(this), timeZone: undefined }; };
    Intl.DateTimeFormat = new Proxy(DateTimeFormat, { construct(target, [lang, options]) {
      if (options?.timeZone && options.timeZone !== 'UTC') throw new RangeError('Invalid time zone');
      return new target(lang, options);
    } });
    delete Intl.supportedValuesOf;
  }`,
  adoptedStyleSheets: `delete Document.prototype.adoptedStyleSheets; delete ShadowRoot.prototype.adoptedStyleSheets;
    delete CSSStyleSheet.prototype.replaceSync; delete CSSStyleSheet.prototype.replace`,
  'crypto.randomUUID': `delete Crypto.prototype.randomUUID`,
  CustomStateSet: `delete globalThis.CustomStateSet; delete ElementInternals.prototype.states`,
};

/** A browser that blocks third-party cookies gives the scheduling page's frame no storage either. */
const NO_THIRD_PARTY_COOKIES = `
  Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set() {} });
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
    Object.defineProperty(globalThis, name, { get() { throw new DOMException('no', 'SecurityError'); } });`;

/** The page that has the widget is on `localhost`, the scheduling page is not. */
const onlyIn = (where: 'host page' | 'frame', script: string): string =>
  `if ((location.hostname === 'localhost') === ${where === 'host page'}) { ${script} }`;

test.describe('a visitor books where the browser has', () => {
  const CASES: Readonly<Record<string, readonly string[]>> = {
    ...Object.fromEntries(
      Object.entries(TAKEN).map(([what, script]) => [`no ${what}`, [onlyIn('host page', script)]]),
    ),
    'no third-party cookies': [onlyIn('frame', NO_THIRD_PARTY_COOKIES)],
    'nothing of all that': [
      ...Object.values(TAKEN).map((script) => onlyIn('host page', script)),
      onlyIn('frame', NO_THIRD_PARTY_COOKIES),
    ],
  };

  const bookHere = async (page: Page, booking: 'auto' | 'frame'): Promise<void> => {
    await slot(page).first().click();
    if (booking === 'frame') {
      await book(calendar(page));
      await expect(calendar(page).getByRole('heading', { name: 'You are booked' })).toBeVisible();
    } else {
      await page.getByLabel('Name').fill('Ana Ruiz');
      await page.getByLabel('Email', { exact: true }).fill('ana@example.org');
      await page.locator('booking-widget [part~="confirm"]').click();
    }
    await expect(page).toHaveTitle(/^booked \S+/);
  };

  const ROADS = [
    ...Object.keys(CASES).map((what) => [what, 'frame'] as const),
    // Everything at once is the hardest for the widget's own form, too.
    ['nothing of all that', 'auto'] as const,
  ];
  for (const [what, booking] of ROADS)
    test(
      booking === 'frame' ? what : `${what}, in the widget's own form`,
      async ({ page, service, site }) => {
        const errors: string[] = [];
        page.on('pageerror', ({ message }) => errors.push(message));
        for (const script of CASES[what] ?? []) await page.addInitScript(script);
        await site.open(
          page,
          `<script>addEventListener('booking-booked', ({ bookingId }) => { document.title = 'booked ' + bookingId; });</script>
        ${widget(service, site.host, `booking="${booking}" loading="interaction" metrics-endpoint="${service.control}/v1/metrics"`)}`,
        );
        await bookHere(page, booking);
        expect(errors).toEqual([]);
      },
    );
});
