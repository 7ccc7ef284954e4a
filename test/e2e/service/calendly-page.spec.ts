import { expect, test } from '@playwright/test';
import {
  bookingsOf,
  fillIn,
  received,
  hostOrigin,
  newHost,
  openBare,
  post,
  service,
  untilReceived,
  typesReceived,
  useSchedulingService,
} from '../../helpers/service-fidelity.js';

useSchedulingService();

test.describe('Calendly page of the scheduling service', () => {
  const inline = (host: string, more = ''): string =>
    `${service.addresses.calendly}/${host}/30min?embed_domain=${new URL(hostOrigin).host}&embed_type=Inline${more}`;

  test('the Calendly page sends no message without embed_domain', async ({ page }) => {
    const frame = await openBare(page, `${service.addresses.calendly}/${newHost()}/30min?embed_type=Inline`);
    await expect(frame.locator('.time').first()).toBeVisible();
    expect(await typesReceived(page)).toEqual([]);
  });

  test('the Calendly page announces view, choice and booking, the booking twice, by keyboard alone', async ({
    page,
  }) => {
    const host = newHost();
    const frame = await openBare(page, inline(host, '&name=Ada%20Lovelace'));
    await expect(frame.locator('.time').first()).toBeVisible();
    const heights = (await received(page, 'calendly.page_height')).map(({ data }) => data['height']);
    expect(heights.slice(0, 2)).toEqual(['2px', '26px']);
    await untilReceived(page, 'calendly.page_height', 3);
    expect((await received(page, 'calendly.page_height')).at(-1)?.data['height']).toMatch(
      /^[3-9]\d\dpx$|^1\d{3}px$/,
    );

    const { keyboard } = page;
    const focused = frame.locator(':focus');
    await frame.getByRole('button', { name: 'Next month' }).focus();
    await keyboard.press('Tab');
    await expect(focused).toHaveClass('day');
    const from = await focused.getAttribute('data-day');
    await keyboard.press('PageDown');
    await expect(focused).not.toHaveAttribute('data-day', from ?? '');
    await expect(frame.locator('.month[aria-busy="false"]')).toBeAttached();
    // The first free day of a month can be anywhere in it: walk there.
    await keyboard.press('Home');
    const freeDay = await frame.locator('.day[data-free]').nth(3).getAttribute('data-day');
    for (let steps = 0; steps < 40 && (await focused.getAttribute('data-day')) !== freeDay; steps++) {
      const now = (await focused.getAttribute('data-day')) ?? '';
      await keyboard.press(now < (freeDay ?? '') ? 'ArrowRight' : 'ArrowLeft');
    }
    await keyboard.press('Enter');
    await expect(focused).toHaveAttribute('aria-pressed', 'true');
    await keyboard.press('Tab');
    await expect(focused).toHaveAttribute('id', 'zone');
    await keyboard.press('Tab');
    const time = frame.locator('.time').first();
    // Firefox stops at a list that scrolls.
    if (!(await time.evaluate((element) => element === document.activeElement))) await keyboard.press('Tab');
    await expect(time).toBeFocused();
    await keyboard.press('Enter');
    await untilReceived(page, 'calendly.date_and_time_selected');
    await expect(frame.getByRole('heading', { name: 'Your details' })).toBeFocused();
    await keyboard.press('Tab');
    await expect(frame.getByLabel('Your name')).toBeFocused();
    await expect(frame.getByLabel('Your name')).toHaveValue('Ada Lovelace');
    await keyboard.press('Enter');
    await expect(frame.getByLabel('E-mail address'), 'the first field that is wrong').toBeFocused();
    await expect(frame.getByLabel('E-mail address')).toHaveAttribute('aria-invalid', 'true');
    await keyboard.type('ada@example.com');
    await keyboard.press('Enter');
    await expect(frame.getByRole('heading', { name: 'You are booked' })).toBeFocused();

    await untilReceived(page, 'calendly.event_scheduled', 2);
    const [booking] = await bookingsOf(host);
    const scheduled = await received(page, 'calendly.event_scheduled');
    expect(scheduled.map(({ data }) => data)).toEqual([scheduled[0]?.data, scheduled[0]?.data]);
    expect(scheduled[0]?.data).toMatchObject({
      event: { uri: `https://api.calendly.com/scheduled_events/${booking?.uid ?? ''}` },
    });
    const announced = (await typesReceived(page)).filter((type) => type !== 'calendly.page_height');
    expect(announced).toEqual([
      'calendly.event_type_viewed',
      'calendly.date_and_time_selected',
      'calendly.event_scheduled',
      'calendly.event_scheduled',
    ]);
  });

  test('the Calendly page takes prefill by message only after it is rendered', async ({ page }) => {
    const frame = await openBare(page, inline(newHost(), '&page-slots-delay=4000'));
    const prefill = (name: string): Promise<void> =>
      post(page, { event: 'calendly.prefill', payload: { name } });
    await untilReceived(page, 'calendly.page_height');
    await prefill('Too Early');
    await untilReceived(page, 'calendly.event_type_viewed');
    await frame.locator('.time').last().click();
    await expect(frame.getByLabel('Your name')).toHaveValue('');
    await prefill('Ada Lovelace');
    await expect(frame.getByLabel('Your name')).toHaveValue('Ada Lovelace');
  });

  test('the Calendly page of a slot takes a booking and says afterwards that the slot is gone', async ({
    page,
  }) => {
    const host = newHost();
    const { addresses } = service;
    const range = `start=${new Date().toISOString()}&end=${new Date(Date.now() + 20 * 86_400_000).toISOString()}`;
    const response = await fetch(
      `${addresses.calendly}/v1/availability?src=${encodeURIComponent(`${addresses.calendly}/${host}/30min`)}&${range}`,
    );
    const { slots } = (await response.json()) as { slots: { url: string; start: string }[] };
    const [slot] = slots;
    expect(slot).toBeDefined();
    const frame = await openBare(page, `${slot?.url ?? ''}?embed_domain=x`);
    await fillIn(frame);
    await frame.getByRole('button', { name: 'Confirm booking' }).click();
    await untilReceived(page, 'calendly.event_scheduled');
    const gone = await openBare(page, `${slot?.url ?? ''}?embed_domain=x`);
    await expect(gone.getByRole('heading', { name: 'This time is no longer available' })).toBeVisible();
    await untilReceived(page, 'calendly.page_height', 3);
    expect(new Set(await typesReceived(page))).toEqual(new Set(['calendly.page_height']));
  });

  test('a Calendly page without anything to book sends no message', async ({ page }) => {
    for (const path of ['acme/inactive', 'acme/nothing', 'nobody']) {
      const frame = await openBare(page, `${service.addresses.calendly}/${path}?embed_domain=x`);
      await expect(frame.locator('h1')).toBeVisible();
      expect(await typesReceived(page)).toEqual([]);
    }
  });
});
