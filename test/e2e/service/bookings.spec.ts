import { expect, test } from '@playwright/test';
import {
  bookingsOf,
  fillIn,
  newHost,
  openBare,
  service,
  typesReceived,
  useSchedulingService,
} from '../../helpers/service-fidelity.js';

useSchedulingService();

test('a plain page takes bookings and sends no message', async ({ page }) => {
  const host = newHost();
  const frame = await openBare(page, `${service.addresses.plain}/${host}/30min`);
  await frame.locator('.time').last().click();
  await fillIn(frame);
  await frame.getByRole('button', { name: 'Confirm booking' }).click();
  await expect(frame.getByRole('heading', { name: 'You are booked' })).toBeVisible();
  expect(await bookingsOf(host)).toHaveLength(1);
  expect(await typesReceived(page)).toEqual([]);
});

test('of two visitors who book the same slot one gets it and the other is offered another', async ({
  page,
  context,
}) => {
  const host = newHost();
  const second = await context.newPage();
  const address = `${service.addresses.cal}/${host}/30min`;
  for (const visitor of [page, second]) {
    await visitor.goto(address);
    await visitor.locator('.time').last().click();
    await visitor.getByLabel('Your name').fill('Ada');
    await visitor.getByLabel('E-mail address').fill('ada@example.com');
  }
  await page.getByRole('button', { name: 'Confirm booking' }).click();
  await expect(page.getByRole('heading', { name: 'You are booked' })).toBeVisible();
  await second.getByRole('button', { name: 'Confirm booking' }).click();
  await expect(second.getByText('That time was just taken. Please pick another.')).toBeVisible();
  await second.locator('.time').last().click();
  await expect(second.getByLabel('Your name'), 'nothing has to be typed again').toHaveValue('Ada');
  await second.getByRole('button', { name: 'Confirm booking' }).click();
  await expect(second.getByRole('heading', { name: 'You are booked' })).toBeVisible();
});

test('an address of a slot that was taken in the meantime opens with an explanation', async ({ page }) => {
  const host = newHost();
  await page.goto(`${service.addresses.cal}/${host}/30min`);
  const start = (await page.locator('.time').first().getAttribute('data-start')) ?? '';
  const query = `slot=${start}&date=${start.slice(0, 10)}&month=${start.slice(0, 7)}&cal.tz=UTC`;
  await page.goto(`${service.addresses.cal}/${host}/30min?${query}`);
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('E-mail address').fill('ada@example.com');
  await page.getByRole('button', { name: 'Confirm booking' }).click();
  await expect(page.getByRole('heading', { name: 'You are booked' })).toBeVisible();
  await page.goto(`${service.addresses.cal}/${host}/30min?${query}`);
  await expect(page.getByText('That time was just taken. Please pick another.')).toBeVisible();
  await expect(page.locator('.time').first()).toBeVisible();
});
