import type { Locator, Page } from '@playwright/test';
import { expect, slot, test, widget } from '../../helpers/widget-pages.js';
import type { ServiceAddresses } from '../../helpers/service.js';

/*
 * The booking form on the built files, as visitors use it whom no form is made for: they double-click, paste, lose the
 * network, correct what they typed, and read from right to left.
 */

const INTERACTION = 'loading="interaction"';
const confirmation = (page: Page): Locator => page.locator('booking-widget [part~="confirmation"]');
const confirm = (page: Page): Locator => page.locator('booking-widget [part~="confirm"]');
const field = (page: Page, name: string): Locator => page.locator(`booking-widget [name="${name}"]`);

async function openForm(page: Page): Promise<void> {
  await slot(page).first().click();
  await expect(confirm(page)).toBeVisible();
}

async function fill(page: Page): Promise<void> {
  await field(page, 'name').fill('Ana Ruiz');
  await field(page, 'email').fill('ana@example.org');
}

/** The body of the next booking that the page sends. */
async function sentBooking(page: Page): Promise<string> {
  const request = await page.waitForRequest(
    (each) => each.method() === 'POST' && /\/v2\/bookings/.test(each.url()),
  );
  return request.postData() ?? '';
}

const questions = ({ cal }: ServiceAddresses, host: string, more = ''): string =>
  `<booking-widget ${INTERACTION} ${more} src="${cal}/${host}/questions" provider="cal" api="${cal}"><a
    href="${cal}/${host}/questions">Book a time</a></booking-widget>`;

test.describe('odd visitors', () => {
  test('a letter that is added in the middle of an answer stays there, whatever space is at its ends', async ({
    page,
    site,
    service,
  }) => {
    await site.open(page, widget(service, site.host, INTERACTION));
    await openForm(page);
    await field(page, 'name').click();
    await page.keyboard.type('Ana Riz ');
    for (let press = 0; press < 2; press++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('uu');
    await expect(field(page, 'name')).toHaveValue('Ana Riuuz ');
    await field(page, 'notes').click();
    await page.keyboard.type('there\n\n');
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.type('Hello ');
    await expect(field(page, 'notes')).toHaveValue('Hello there\n\n');
  });

  test('a booking that is answered after the widget was removed and inserted again is announced, and its slot is gone', async ({
    page,
    site,
    service,
  }) => {
    await site.turn({ 'booking-delay': 1500 });
    await site.open(page, widget(service, site.host, INTERACTION));
    await page.evaluate(() => {
      const booked: string[] = [];
      Object.assign(globalThis, { booked });
      addEventListener('booking-booked', (event) => booked.push((event as Event & { id: string }).id));
    });
    const first = await slot(page).first().getAttribute('aria-label');
    await openForm(page);
    await fill(page);
    await Promise.all([sentBooking(page), confirm(page).click()]);
    await page.locator('booking-widget').evaluate(async (element) => {
      const parent = element.parentElement;
      element.remove();
      for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
      parent?.append(element);
    });
    await expect
      .poll(() => page.evaluate(() => (globalThis as unknown as { booked: string[] }).booked.length))
      .toBe(1);
    await expect(slot(page).first()).toBeVisible();
    expect(await slot(page).first().getAttribute('aria-label')).not.toBe(first);
  });

  for (const [what, act] of [
    ['a double click', (button: Locator) => button.dblclick()],
    [
      'a key that is held down',
      async (button: Locator) => {
        await button.focus();
        const { keyboard } = button.page();
        // Pressed again without having been let go, a key repeats itself.
        for (let repeat = 0; repeat < 5; repeat++) await keyboard.down('Enter');
        await keyboard.up('Enter');
      },
    ],
  ] as const)
    test(`${what} on "Cancel booking" cancels nothing, and an answer to the question does`, async ({
      page,
      site,
      service,
    }) => {
      const cancelled: string[] = [];
      page.on('request', (request) => {
        if (request.url().endsWith('/cancel')) cancelled.push(request.method());
      });
      await site.open(page, widget(service, site.host, INTERACTION));
      await openForm(page);
      await fill(page);
      await confirm(page).click();
      await act(page.getByRole('button', { name: 'Cancel booking' }));
      const answer = page.getByRole('button', { name: 'Yes, cancel it' });
      await expect(answer).toBeVisible();
      expect(cancelled).toEqual([]);
      await answer.click();
      await expect(confirmation(page)).toContainText('Your booking was cancelled.');
      expect(cancelled.filter((method) => method === 'POST')).toHaveLength(1);
    });

  test('a visitor without a network keeps the form, and books when it is back', async ({
    page,
    site,
    service,
  }) => {
    await site.open(page, widget(service, site.host, INTERACTION));
    await openForm(page);
    await fill(page);
    await page.context().setOffline(true);
    await confirm(page).click();
    await expect(page.getByText('You seem to be offline.')).toBeVisible();
    await expect(confirm(page)).toBeFocused();
    await page.context().setOffline(false);
    await confirm(page).click();
    await expect(confirmation(page)).toContainText('You are booked');
  });

  test('addresses and numbers are sent without what a copy brings along', async ({ page, site, service }) => {
    await site.open(page, questions(service, site.host, 'time-zone="Africa/Cairo"'));
    await openForm(page);
    await field(page, 'name').fill('Ana Ruiz');
    await field(page, 'email').fill('mailto:\u200bana@example.org\u200f');
    await field(page, 'copy-to').fill('\u202aeva@example.org\u202c, joe@example.org');
    // As an Arabic keyboard writes it.
    await field(page, 'attendeePhoneNumber').fill('٠١٠١٢٣٤٥٦٧٨\u200f');
    await field(page, 'location').selectOption({ index: 1 });
    await field(page, 'company').fill('Acme');
    await field(page, 'terms').check();
    const sent = sentBooking(page);
    await confirm(page).click();
    const body = await sent;
    expect(body).toContain('"email":"ana@example.org"');
    expect(body).toContain('"phoneNumber":"+201012345678"');
    expect(body).toContain('"copy-to":["eva@example.org","joe@example.org"]');
  });

  for (const type of ['change', 'input'])
    test(`a form that a program fills in with "${type}" events alone is sent as it is seen`, async ({
      page,
      site,
      service,
    }) => {
      await site.open(page, questions(service, site.host));
      await openForm(page);
      for (const [name, value] of [
        ['name', 'Ana Ruiz'],
        ['email', 'ana@example.org'],
        ['location', '0'],
        ['company', 'Acme'],
      ] as const)
        await field(page, name).evaluate(
          (input, [text, event]) => {
            (input as HTMLInputElement).value = text;
            input.dispatchEvent(new Event(event, { bubbles: true }));
          },
          [value, type] as const,
        );
      await page.getByLabel('I accept the terms').check();
      const sent = sentBooking(page);
      await confirm(page).click();
      expect(await sent).toContain('"name":"Ana Ruiz"');
      await expect(confirmation(page)).toContainText('You are booked');
    });

  test('a host page that changes colours, height, zone or prefilled answers takes no form away', async ({
    page,
    site,
    service,
  }) => {
    await site.open(page, widget(service, site.host, INTERACTION));
    await openForm(page);
    await fill(page);
    const change = (theme: string): Promise<void> =>
      page.locator('booking-widget').evaluate((element, value) => {
        element.setAttribute('theme', value);
        element.setAttribute('accent', 'rebeccapurple');
        element.setAttribute('height', '700');
        element.setAttribute('time-zone', 'Asia/Kathmandu');
        Object.assign(element, { prefill: { name: `Bob ${value}` } });
      }, theme);
    await change('dark');
    // 45 minutes off the hour, as nowhere else: the new zone is on screen.
    await expect(page.locator('booking-widget [part~="chosen"]')).toContainText(/:[14]5/);
    await expect(field(page, 'name')).toHaveValue('Ana Ruiz');
    await site.turn({ 'booking-delay': 1000 });
    const sent = sentBooking(page);
    await confirm(page).click();
    await sent;
    await change('light');
    await expect(confirmation(page)).toContainText('You are booked');
    await change('auto');
    await expect(page.locator('booking-widget:state(auto)')).toBeVisible();
    await expect(confirmation(page)).toContainText('You are booked');
  });

  test('a framework that writes the same prefilled answers at each render does not start the widget again', async ({
    page,
    site,
    service,
  }) => {
    await site.open(page, widget(service, site.host));
    await expect(slot(page).first()).toBeVisible();
    const element = page.locator('booking-widget');
    const loads = (): Promise<number> =>
      element.evaluate(async (each) => {
        let count = 0;
        const { store } = each as unknown as {
          store: { subscribe(on: (e: { type: string }) => void): void };
        };
        store.subscribe(({ type }) => {
          if (type === 'load') count++;
        });
        for (let render = 0; render < 3; render++) {
          Object.assign(each, { prefill: { name: 'Ana', topics: ['a', 'b'] } });
          await (each as unknown as { updateComplete: Promise<boolean> }).updateComplete;
        }
        return count;
      });
    expect(await loads()).toBe(1);
  });

  for (const [lang, dir, mode] of [
    ['de', 'ltr', 'inline'],
    ['ar', 'rtl', 'popup'],
  ] as const)
    test(`nothing is cut off and nothing scrolls sideways in a ${mode} widget at 320 px in ${lang}`, async ({
      page,
      site,
      service,
    }) => {
      await page.setViewportSize({ width: 320, height: 800 });
      await site.open(
        page,
        `<main lang="${lang}" dir="${dir}">${widget(service, site.host, `${INTERACTION} mode="${mode}"`, '')}</main>`,
      );
      if (mode === 'popup') await page.getByRole('link', { name: 'Book a time' }).click();
      const whole = async (): Promise<void> => {
        const wider = await page
          .locator('booking-widget')
          .evaluate((element) =>
            [...(element.shadowRoot?.querySelectorAll('.cover, .card, .card h2') ?? [])]
              .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
              .map(({ className, part }) => `${className} ${part.value}`),
          );
        expect(wider).toEqual([]);
      };
      await openForm(page);
      await whole();
      const back = await page.locator('booking-widget [part~="back"]').boundingBox();
      const start = back && (dir === 'rtl' ? 320 - back.x - back.width : back.x);
      if (mode === 'popup') expect(start).toBeGreaterThanOrEqual(16);
      // An address is not written from right to left: its dots would jump while it is typed.
      await expect(field(page, 'email')).toHaveCSS('direction', 'ltr');
      await fill(page);
      await confirm(page).click();
      await expect(page.locator('booking-widget:state(booked)')).toBeVisible();
      await expect(confirmation(page)).toHaveAttribute('aria-busy', 'false');
      await expect(page.locator('booking-widget [part~="booking-place"] bdi')).toContainText('/video/');
      await whole();
      await page.locator('booking-widget [part~="book-another"]').click();
      await site.turn({ 'booking-error': 'edge' });
      await openForm(page);
      await confirm(page).click();
      await expect(page.locator('booking-widget [part~="form-result"]')).toBeVisible();
      await whole();
    });
});
