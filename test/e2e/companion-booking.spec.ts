import type { Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCompanion } from '../../src/server/index.js';
import { serve } from '../../src/server/node.js';
import { expect, slot, test as base } from '../helpers/widget-pages.js';

/*
 * A Calendly page is booked in the widget's form, on the built files, through a companion that asks the local scheduling
 * service: the browser contacts the companion only.
 */

interface Companion {
  readonly origin: string;
  /** The tag for a page of this test's host. */
  readonly tag: string;
  /** Bookings of this test's host. */
  booked(): Promise<readonly { readonly uid: string; readonly start: string }[]>;
  /** Who was asked for what at the scheduling service: `calendly GET /test/30min`. */
  contacts(): Promise<readonly string[]>;
}

const test = base.extend<{ companion: Companion; takesBookings: boolean }>({
  takesBookings: [true, { option: true }],
  companion: async ({ service, site, takesBookings }, use) => {
    const data = await mkdtemp(join(tmpdir(), 'companion-booking-'));
    const running = await createCompanion({
      data,
      log: 'silent',
      syncEvery: 0,
      upstreams: [
        {
          provider: 'calendly',
          token: `token-of-${site.host}`,
          api: service.calendly,
          pages: [service.calendly],
          owner: `https://api.calendly.com/users/${site.host}`,
          nativeBooking: takesBookings,
        },
      ],
    });
    const { origin, stop } = await serve(running, { port: 0, grace: 100 });
    const read = async (path: string): Promise<unknown> =>
      (await fetch(`${service.control}/${path}?match=${site.host}`)).json();
    await use({
      origin,
      tag: `<booking-widget src="${service.calendly}/${site.host}/30min" provider="calendly" companion="${origin}"
        loading="interaction" style="display:block;min-height:640px"></booking-widget>`,
      booked: async () => (await read('bookings')) as readonly { uid: string; start: string }[],
      contacts: async () =>
        ((await read('log')) as readonly Record<string, string>[]).map(
          ({ provider, method, path }) => `${provider} ${method} ${path}`,
        ),
    });
    await stop();
    await running.close();
    await rm(data, { recursive: true, force: true });
  },
});

async function fill(page: Page): Promise<void> {
  await page.getByLabel('Name').fill('Ana Ruiz');
  await page.getByLabel('Email', { exact: true }).fill('ana@example.org');
}

const confirmation = '[part~="confirmation"]';

test.describe('booking through a companion', () => {
  test('a visitor books a Calendly page, and the browser never contacts Calendly', async ({
    page,
    site,
    service,
    companion,
  }) => {
    const origins = new Set<string>();
    const bodies: string[] = [];
    page.on('request', (request) => {
      origins.add(new URL(request.url()).origin);
      if (request.method() === 'POST' && request.url().endsWith('/v1/bookings'))
        bodies.push(request.postData() ?? '');
    });
    await page.addInitScript(() => {
      Object.assign(globalThis, { booked: [] });
      addEventListener('booking-booked', (event) =>
        (globalThis as unknown as { booked: unknown[] }).booked.push(
          Object.fromEntries(Object.entries(event)),
        ),
      );
    });
    await site.open(page, companion.tag);
    await slot(page).nth(1).click();
    await expect(page.locator('booking-widget [part~="form"]')).toBeVisible();
    await expect(page.locator('booking-widget [part~="form"]')).toContainText(new URL(companion.origin).host);
    await fill(page);
    await page.locator('booking-widget [part~="confirm"]').click();
    const card = page.locator(`booking-widget ${confirmation}`);
    await expect(card).toContainText('You are booked');

    const [booking, ...others] = await companion.booked();
    expect(others).toEqual([]);
    expect(bodies).toHaveLength(1);
    const cancel = card.getByRole('link', { name: 'Cancel booking' });
    await expect(cancel).toHaveAttribute('href', `${service.calendly}/cancellations/${booking?.uid}`);
    const move = card.getByRole('link', { name: 'Choose another time' });
    await expect(move).toHaveAttribute('href', `${service.calendly}/reschedulings/${booking?.uid}`);
    const booked = await page.evaluate(() => (globalThis as unknown as { booked: unknown[] }).booked);
    expect(booked).toHaveLength(1);
    expect(booked[0]).toMatchObject({ change: 'created', via: 'form' });

    // Once more from the slots, so that what follows a booking is counted, too.
    await page.getByRole('button', { name: 'Book another time' }).click();
    await expect(slot(page).first()).toBeVisible();
    expect(origins.has(new URL(service.calendly).origin)).toBe(false);
    expect(origins.has(companion.origin)).toBe(true);
    const contacts = await companion.contacts();
    expect(contacts.filter((each) => !each.startsWith('calendly-api '))).toEqual([]);
    expect(contacts.filter((each) => each.endsWith('POST /invitees'))).toHaveLength(1);
    expect(page.frames()).toHaveLength(1);
    expect(await page.context().cookies()).toEqual([]);
  });

  test('with consent required it needs no frame either', async ({ page, site, service, companion }) => {
    const origins = new Set<string>();
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
    await site.open(page, companion.tag.replace('loading="interaction"', 'consent="required"'));
    await page.getByRole('button', { name: 'Show calendar' }).click();
    await slot(page).first().click();
    await fill(page);
    await page.locator('booking-widget [part~="confirm"]').click();
    await expect(page.locator(`booking-widget ${confirmation}`)).toContainText('You are booked');
    expect(page.frames()).toHaveLength(1);
    expect(origins.has(new URL(service.calendly).origin)).toBe(false);
  });

  test('a lost answer says so, and nothing is sent again', async ({ page, site, companion }) => {
    await site.turn({ 'booking-lost': true });
    await site.open(page, companion.tag);
    await slot(page).first().click();
    await fill(page);
    await page.locator('booking-widget [part~="confirm"]').click();
    const form = page.locator('booking-widget [part~="form-result"]');
    await expect(form).toContainText("We don't know whether this was booked.");
    expect(await companion.booked()).toHaveLength(1);
    const contacts = await companion.contacts();
    expect(contacts.filter((each) => each.endsWith('POST /invitees'))).toHaveLength(1);
  });

  test('a plan without bookings by API leads to the page, at the slot', async ({
    page,
    site,
    service,
    companion,
  }) => {
    await site.turn({ 'booking-error': 'plan' });
    await site.open(page, companion.tag);
    await slot(page).first().click();
    await fill(page);
    await page.locator('booking-widget [part~="confirm"]').click();
    const frame = page.locator('booking-widget iframe');
    await expect(frame).toHaveAttribute('src', new RegExp(`^${service.calendly}/${site.host}/30min/20`));
    await expect(frame).toHaveAttribute('src', /ana%40example\.org/);
  });
});

test.describe('a companion that takes no bookings', () => {
  test.use({ takesBookings: false });

  test('leads from a chosen slot to the page', async ({ page, site, service, companion }) => {
    await site.open(page, companion.tag);
    await slot(page).first().click();
    const frame = page.locator('booking-widget iframe');
    await expect(frame).toHaveAttribute('src', new RegExp(`^${service.calendly}/${site.host}/30min/20`));
    await expect(page.locator('booking-widget [part~="form"]')).toHaveCount(0);
  });
});
