import { brotliCompressSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, slot, test, widget } from '../helpers/widget-pages.js';

/*
 * What `npm run bench` compares and does not depend on a machine: how much is fetched, and from whom. Times are not
 * judged here; `booking.spec.ts` has the layout shifts.
 */

const FAR = '<div style="height:4000px"></div>';
/** The loader, as content networks compress it (`scripts/size.ts`). */
const LOADER_BYTES = 2200;
/** The loader, the element, what a provider adds, the slots, what draws them, what an event type is about, and shared pieces. */
const OWN_FILES = 9;

/** What a page fetches from our own folder and from the scheduling service. */
function watchRequests(page: Page, scheduler: string) {
  const own: string[] = [];
  const contacts: string[] = [];
  let bytes = 0;
  page.on('response', async (response) => {
    if (!response.url().endsWith('.js') || response.url().startsWith(scheduler)) return;
    bytes += brotliCompressSync(await response.body()).length;
  });
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    // The scheduling page's own files are its own matter.
    if (origin !== scheduler) own.push(pathname.split('/').at(-1) ?? '');
    else if (request.isNavigationRequest() || pathname.startsWith('/v2/'))
      contacts.push(pathname.replace(/^\/test-[^/]*/, ''));
  });
  return { own: () => own.filter((name) => name !== '__page'), contacts: () => contacts, bytes: () => bytes };
}

const jumpToLast = (page: Page): Promise<void> =>
  page
    .locator('booking-widget')
    .last()
    .evaluate((each) => each.scrollIntoView({ behavior: 'instant' }));

for (const count of [1, 50])
  test(`${count === 1 ? 'a widget' : 'fifty widgets'} far below the fold cost one request and the loader’s bytes`, async ({
    page,
    site,
    service,
  }) => {
    const { own, contacts, bytes } = watchRequests(page, service.cal);
    await site.open(page, FAR + widget(service, site.host).repeat(count));
    await page.waitForLoadState('networkidle');
    expect(own()).toEqual(['booking-widget.js']);
    expect(contacts()).toEqual([]);
    expect(bytes()).toBeGreaterThan(0);
    expect(bytes()).toBeLessThanOrEqual(LOADER_BYTES);
  });

for (const visit of ['first', 'next'] as const)
  test(`a widget that is jumped to asks for its slots, its event type and its page once, on the ${visit} visit`, async ({
    page,
    site,
    service,
  }) => {
    const body = FAR + widget(service, site.host);
    const comes = async (): Promise<void> => {
      await site.open(page, body);
      await jumpToLast(page);
      await expect(page.locator('booking-widget:state(ready)')).toBeAttached();
      await page.waitForLoadState('networkidle');
    };
    if (visit === 'next') await comes();
    const { own, contacts } = watchRequests(page, service.cal);
    await comes();
    const asked = ['/30min/embed', '/v2/event-types', '/v2/slots'];
    if (visit === 'first') expect(contacts().toSorted()).toEqual(asked);
    else {
      // Slots and details that are fresh are not asked for again.
      expect(contacts()).toContain('/30min/embed');
      expect(asked).toEqual(expect.arrayContaining(contacts()));
      expect(new Set(contacts()).size).toBe(contacts().length);
    }
    expect(own().toSorted()).toEqual([...new Set(own())].toSorted());
    expect(own().length).toBeLessThanOrEqual(OWN_FILES);
  });

test('a booking in the widget’s own form contacts nothing of the provider besides its API', async ({
  page,
  site,
  service,
}) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin === service.cal) foreign.push(pathname);
  });
  await site.open(page, widget(service, site.host, 'loading="interaction"'));
  await slot(page).first().click();
  await page.getByLabel('Name').fill('Ana Ruiz');
  await page.getByLabel('Email', { exact: true }).fill('ana@example.org');
  await page.locator('booking-widget [part~="confirm"]').click();
  await expect(page.locator('booking-widget [part~="confirmation"]')).toBeVisible();
  expect(foreign.filter((path) => !path.startsWith('/v2/'))).toEqual([]);
});
