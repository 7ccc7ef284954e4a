import type { Locator, Page, Request } from '@playwright/test';
import { violations } from '../helpers/gallery.js';
import { calendar, expect, slot, test, widget } from '../helpers/widget-pages.js';

/*
 * Bookings in the widget's own form, on the built files: nothing of the provider's page is needed.
 */

const form = (page: Page): Locator => page.locator('booking-widget [part~="form"]');
const confirmation = (page: Page): Locator => page.locator('booking-widget [part~="confirmation"]');
const confirm = (page: Page): Locator => page.locator('booking-widget [part~="confirm"]');

async function fill(page: Page): Promise<void> {
  await page.getByLabel('Name').fill('Ana Ruiz');
  await page.getByLabel('Email', { exact: true }).fill('ana@example.org');
}

/** Opens a page with a widget whose frame is only loaded when it is wanted, and chooses a slot. */
async function chooseSlot(page: Page, index = 0): Promise<string> {
  await slot(page).nth(index).click();
  await expect(form(page)).toBeVisible();
  return (await page.locator('booking-widget [part~="chosen"]').textContent()) ?? '';
}

const INTERACTION = 'loading="interaction"';

interface Stored {
  readonly uid: string;
  readonly status: string;
  readonly start: string;
  readonly end: string;
}

async function stored(control: string, host: string): Promise<readonly Stored[]> {
  const response = await fetch(`${control}/bookings?match=${host}`);
  return (await response.json()) as readonly Stored[];
}

/** Every request for a booking that the page sends. */
function watchBookings(page: Page): Request[] {
  const requests: Request[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && /\/v2\/bookings/.test(request.url())) requests.push(request);
  });
  return requests;
}

test.describe('native booking', () => {
  test('a visitor books without any frame, and the event, the form value and the slots follow', async ({
    page,
    site,
    service,
  }) => {
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).origin));
    await page.addInitScript(() => {
      Object.assign(globalThis, { booked: [] });
      addEventListener('booking-booked', (event) =>
        (globalThis as unknown as { booked: unknown[] }).booked.push(
          Object.fromEntries(Object.entries(event)),
        ),
      );
    });
    await site.open(
      page,
      `<form id="page">${widget(service, site.host, `${INTERACTION} name="booking"`)}</form>`,
    );
    const name = (await slot(page).nth(1).getAttribute('aria-label')) ?? '';
    const time = await chooseSlot(page, 1);
    await expect(confirm(page)).toHaveText(`Confirm ${time}`);
    await fill(page);
    await confirm(page).click();
    await expect(confirmation(page)).toContainText('You are booked');
    await expect(confirmation(page)).toContainText(time);
    await expect(page.getByRole('button', { name: 'Other times' })).toHaveCount(0);

    const [booking, ...others] = await stored(service.control, site.host);
    expect(others).toEqual([]);
    const booked = await page.evaluate(() => (globalThis as unknown as { booked: unknown[] }).booked);
    expect(booked).toHaveLength(1);
    expect(booked[0]).toMatchObject({ bookingId: booking?.uid, change: 'created', via: 'form' });
    const value = await page.evaluate(() =>
      new FormData(document.querySelector<HTMLFormElement>('#page') ?? undefined).get('booking'),
    );
    expect(value).toBe(booking?.uid);
    // The page, and the provider's API; its frame, scripts and cookies were never asked for.
    expect([...hosts].filter((origin) => origin === new URL(service.cal).origin)).toHaveLength(1);
    expect(page.frames()).toHaveLength(1);
    expect(await page.context().cookies()).toEqual([]);

    await page.getByRole('button', { name: 'Book another time' }).click();
    await expect(slot(page).first()).toBeVisible();
    await expect(page.locator(`booking-widget [aria-label="${name}"]`)).toHaveCount(0);
  });

  test('with consent required, slots and form need no frame either', async ({ page, site, service }) => {
    const requested: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    await site.open(page, widget(service, site.host, 'consent="required"'));
    await page.getByRole('button', { name: 'Show calendar' }).click();
    await expect(slot(page).first()).toBeVisible();
    await chooseSlot(page);
    await fill(page);
    await confirm(page).click();
    await expect(confirmation(page)).toContainText('You are booked');
    expect(page.frames()).toHaveLength(1);
    const paths = requested.filter((url) => url.startsWith(service.cal)).map((url) => new URL(url).pathname);
    expect(new Set(paths)).toEqual(new Set(['/v2/slots', '/v2/event-types', '/v2/bookings']));
  });

  test('a booking by keyboard alone: Enter sends it once, however often it is pressed', async ({
    page,
    site,
    service,
  }) => {
    const requests = watchBookings(page);
    await site.open(page, widget(service, site.host, INTERACTION));
    await slot(page).first().focus();
    await page.keyboard.press('Enter');
    await expect(form(page)).toBeVisible();
    await page.getByLabel('Name').focus();
    await page.keyboard.type('Ana Ruiz');
    await page.keyboard.press('Tab');
    await page.keyboard.type('ana@example.org');
    for (let press = 0; press < 3; press++) await page.keyboard.press('Enter');
    await expect(confirmation(page)).toContainText('You are booked');
    await expect(confirmation(page)).toBeFocused();
    expect(requests).toHaveLength(1);
  });

  test('what is wrong is said beside its field, which gets the focus, and nothing is sent', async ({
    page,
    site,
    service,
  }) => {
    const requests = watchBookings(page);
    await site.open(page, widget(service, site.host, INTERACTION));
    await chooseSlot(page);
    await page.getByLabel('Name').fill('Ana Ruiz');
    await page.getByLabel('Email', { exact: true }).fill('ana@');
    await confirm(page).click();
    const email = page.getByLabel('Email', { exact: true });
    await expect(email).toBeFocused();
    await expect(email).toHaveAttribute('aria-invalid', 'true');
    await expect(email).toHaveAccessibleDescription('Please enter a valid email address.');
    // As a visitor does it: in Firefox Playwright's `fill` appends to what an e-mail field holds.
    await email.press('ControlOrMeta+a');
    await email.pressSequentially('ana@example.org');
    await expect(email).toHaveValue('ana@example.org');
    await expect(email).not.toHaveAttribute('aria-invalid', 'true');
    expect(requests).toHaveLength(0);
  });

  test('a slot that is taken meanwhile leads to the others, with what was typed kept', async ({
    page,
    site,
    service,
  }) => {
    await site.turn({ 'booking-error': 'taken', first: 1 });
    await site.open(page, widget(service, site.host, INTERACTION));
    await chooseSlot(page);
    await fill(page);
    await confirm(page).click();
    await expect(page.getByText('was just taken')).toBeVisible();
    await chooseSlot(page);
    await expect(page.getByLabel('Name')).toHaveValue('Ana Ruiz');
    await confirm(page).click();
    await expect(confirmation(page)).toContainText('You are booked');
    expect(await stored(service.control, site.host)).toHaveLength(1);
  });

  for (const [what, knobs] of [
    ['an answer that is lost on its way', { 'booking-lost': 500 }],
    ['a 403 page that no script may read', { 'booking-error': 'edge' }],
    ['a page of a gateway', { 'booking-error': 'html' }],
  ] as const)
    test(`${what} is said as it is, and nothing is sent twice`, async ({ page, site, service }) => {
      const requests = watchBookings(page);
      await site.turn(knobs);
      await site.open(page, widget(service, site.host, INTERACTION));
      await chooseSlot(page);
      await fill(page);
      await confirm(page).click();
      await expect(page.getByText("We don't know whether this was booked.")).toBeVisible();
      await expect(page.getByText('check your email')).toBeVisible();
      await expect(confirm(page)).toHaveCount(0);
      expect(requests).toHaveLength(1);
      expect((await stored(service.control, site.host)).length).toBeLessThanOrEqual(1);

      // The same slot again is still unknown; the provider's page knows more.
      await page.getByRole('button', { name: 'Use the booking page instead' }).click();
      await expect(page.locator('booking-widget iframe')).toBeVisible();
      expect(requests).toHaveLength(1);
    });

  for (const knobs of [
    { price: 1000 },
    { 'unknown-field': true },
    { login: true },
    { 'event-type-status': 500 },
  ])
    test(`the provider’s page takes over at the chosen slot with ${Object.keys(knobs).join()}`, async ({
      page,
      site,
      service,
    }) => {
      await site.turn(knobs);
      await site.open(page, widget(service, site.host, INTERACTION));
      await slot(page).nth(1).click();
      await expect(calendar(page).getByLabel('Your name')).toBeVisible();
      await expect(form(page)).toHaveCount(0);
    });

  test('a refused booking goes on in the provider’s page with everything prefilled', async ({
    page,
    site,
    service,
  }) => {
    await site.turn({ 'booking-error': 'blocked-email' });
    await site.open(page, widget(service, site.host, INTERACTION));
    await chooseSlot(page);
    await fill(page);
    await confirm(page).click();
    await expect(calendar(page).getByLabel('Your name')).toHaveValue('Ana Ruiz');
    await expect(calendar(page).getByLabel('E-mail address')).toHaveValue('ana@example.org');
  });

  test('a visitor moves a booking, then cancels it', async ({ page, site, service }) => {
    await site.open(page, widget(service, site.host, INTERACTION));
    await chooseSlot(page);
    await fill(page);
    await confirm(page).click();
    await expect(confirmation(page)).toContainText('You are booked');
    await page.getByRole('button', { name: 'Choose another time' }).click();
    const time = await chooseSlot(page, 2);
    await confirm(page).click();
    await expect(confirmation(page)).toContainText('Your booking was moved.');
    await expect(confirmation(page)).toContainText(time);
    await page.getByRole('button', { name: 'Cancel booking' }).click();
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await expect(confirmation(page)).toContainText('Your booking was cancelled.');
    const statuses = (await stored(service.control, site.host)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set(['CANCELLED']));
  });

  test('a second booking has a calendar file of its own, and is not cancelled by one press', async ({
    page,
    site,
    service,
  }) => {
    await site.open(page, widget(service, site.host, INTERACTION));
    const file = page.getByRole('link', { name: 'Calendar file (ICS)' });
    /** When the entry in the calendar file begins. */
    const begins = async (): Promise<string | undefined> => {
      const text = await file.evaluate((link) =>
        fetch((link as HTMLAnchorElement).href).then((f) => f.text()),
      );
      return /^DTSTART:(\S+)/m.exec(text)?.[1];
    };
    const starts: (string | undefined)[] = [];
    for (const index of [0, 1]) {
      await chooseSlot(page, index);
      if (index === 0) await fill(page);
      await confirm(page).click();
      await expect(confirmation(page)).toContainText('You are booked');
      starts.push(await begins());
      await page.getByRole('button', { name: 'Cancel booking' }).click();
      await expect(page.getByRole('button', { name: 'Yes, cancel it' })).toBeVisible();
      await page.getByRole('button', { name: 'Book another time' }).click();
    }
    const booked = (await stored(service.control, site.host)).map(({ start }) =>
      new Date(start).toISOString().replace(/[-:]|\.\d{3}/g, ''),
    );
    expect(starts.sort()).toEqual(booked.sort());
  });

  test('a visitor chooses a longer meeting, sees when there is time for it, and books it', async ({
    page,
    site,
    service,
  }) => {
    const src = `${service.cal}/${site.host}/multi`;
    await site.open(
      page,
      `<booking-widget ${INTERACTION} src="${src}" provider="cal" api="${service.cal}"></booking-widget>`,
    );
    const length = page.getByLabel('Duration');
    await expect(length.getByRole('option')).toHaveText(['15 min', '30 min', '60 min']);
    await expect(length).toHaveValue('15');
    const asked = page.waitForRequest((request) => request.url().includes('duration=60'));
    await length.selectOption('60 min');
    await asked;
    await expect(length).toHaveValue('60');
    await chooseSlot(page);
    await fill(page);
    await confirm(page).click();
    await expect(confirmation(page)).toContainText('You are booked');
    const [booking, ...others] = await stored(service.control, site.host);
    expect(others).toEqual([]);
    expect(Date.parse(booking?.end ?? '') - Date.parse(booking?.start ?? '')).toBe(3_600_000);
  });

  for (const [lang, dir, width, colorScheme] of [
    ['en', 'ltr', 1280, 'light'],
    ['de', 'ltr', 320, 'dark'],
    ['ar', 'rtl', 560, 'light'],
  ] as const)
    test(`every kind of field can be read and filled in, in ${lang} at ${width} px, ${colorScheme}`, async ({
      page,
      site,
      service,
    }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const src = `${service.cal}/${site.host}/questions`;
      await site.open(
        page,
        `<style>:root { color-scheme: light dark; background: Canvas }</style><main lang="${lang}" dir="${dir}"><h1>Book</h1><booking-widget ${INTERACTION} src="${src}" provider="cal" api="${service.cal}"></booking-widget></main>`,
      );
      const sound = async (): Promise<void> => {
        expect(await violations(page)).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      };
      await chooseSlot(page);
      // A label stands at its field: the picker's style, in the same shadow root, is not the form's.
      const label = await form(page).locator('.field > label').first().boundingBox();
      expect(label?.height).toBeLessThan(30);
      await sound();
      await confirm(page).click();
      await expect(form(page).locator('[aria-invalid="true"]').first()).toBeFocused();
      await sound();
      await form(page).locator('[name="name"]').fill('Ana Ruiz');
      await form(page).locator('[name="email"]').fill('ana@example.org');
      await form(page).locator('[name="location"]').selectOption({ index: 1 });
      await page.getByLabel('Company').fill('Acme');
      await page.getByLabel('I accept the terms').check();
      await confirm(page).click();
      await expect(page.locator('booking-widget:state(booked)')).toBeVisible();
      await expect(confirmation(page)).toHaveAttribute('aria-busy', 'false');
      await sound();
    });

  test('answers are in no storage, no URL of ours, no event and no report', async ({
    page,
    site,
    service,
  }) => {
    await page.addInitScript(() => {
      Object.assign(globalThis, { dataLayer: [] });
    });
    const urls: string[] = [];
    const bodies: string[] = [];
    page.on('request', (request) => {
      urls.push(request.url());
      if (!/\/v2\/bookings/.test(request.url())) bodies.push(request.postData() ?? '');
    });
    await site.open(page, widget(service, site.host, `${INTERACTION} data-layer`));
    await chooseSlot(page);
    await fill(page);
    await confirm(page).click();
    await expect(confirmation(page)).toContainText('You are booked');
    const kept = await page.evaluate(async () => {
      const databases = await indexedDB.databases();
      const read = (name: string): Promise<unknown> =>
        new Promise((resolve, reject) => {
          const open = indexedDB.open(name);
          open.onerror = () => reject(new Error(name));
          open.onsuccess = () => {
            const all = open.result.transaction('keyval').objectStore('keyval').getAll();
            all.onsuccess = () => resolve(all.result);
          };
        });
      return JSON.stringify([
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        await Promise.all(databases.map(({ name = '' }) => read(name))),
        (globalThis as unknown as { dataLayer: unknown[] }).dataLayer,
        location.href,
      ]);
    });
    expect(`${kept}${urls.join()}${bodies.join()}`).not.toMatch(/ana|ruiz/i);
  });

  test('a link of the form that takes two lines begins where the others do', async ({
    page,
    site,
    service,
  }) => {
    await page.setViewportSize({ width: 320, height: 800 });
    await site.open(page, `<div lang="de">${widget(service, site.host, INTERACTION)}</div>`);
    await chooseSlot(page);
    const starts = await page.locator('booking-widget [part~="use-page"]').evaluate((link) => {
      const text = document.createRange();
      text.selectNodeContents(link);
      return [...text.getClientRects()].map(({ left }) => Math.round(left));
    });
    expect(starts).toEqual([starts[0], starts[0]]);
  });
});
