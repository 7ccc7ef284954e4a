import type { Locator, Page } from '@playwright/test';
import { BOOKED_START, PROVIDER_SCENES } from '../helpers/provider-scenes.js';
import { book, calendar, expect, slot, test, widget, type BuiltFile } from '../helpers/widget-pages.js';

/*
 * Suites of the sources cannot see what a build does to names, chunks and addresses. These scenes run on every file that a
 * host page can have the widget from.
 */
const FILES: readonly BuiltFile[] = ['booking-widget.js', 'booking-widget.all.js', 'booking-widget.mjs'];

interface Recorded {
  readonly type: string;
  /** Fields of the event. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Which of the states of interest the widget was in, and its form value, when the event was dispatched. */
  readonly states: readonly string[];
  readonly value: unknown;
}

const TYPES = [
  'booking-availability',
  'booking-slot-select',
  'booking-ready',
  'booking-booked',
  'booking-error',
];

/** Records the widget's events, from before the first script of the page on. */
const record = async (page: Page): Promise<void> => {
  await page.addInitScript((types) => {
    const recorded: unknown[] = [];
    Object.assign(globalThis, { recorded });
    for (const type of types)
      addEventListener(type, (event) => {
        const target = event.target as HTMLElement & { readonly value?: unknown };
        recorded.push({
          type,
          fields: Object.fromEntries(Object.entries(event)),
          states: ['ready', 'failed', 'booked'].filter((state) => target.matches(`:state(${state})`)),
          value: target.value,
        });
      });
  }, TYPES);
};

const recorded = (page: Page, type?: string): Promise<Recorded[]> =>
  page.evaluate(
    (wanted) =>
      (globalThis as unknown as { recorded: Recorded[] }).recorded.filter(
        (event) => !wanted || event.type === wanted,
      ),
    type,
  );

const changes = async (page: Page): Promise<unknown[]> =>
  (await recorded(page, 'booking-booked')).map(({ fields }) => fields['change']);

const ready = (page: Page): Locator => page.locator('booking-widget:state(ready)');
const failure = (page: Page): Locator => page.locator('booking-widget [part~="failure"]');

for (const file of FILES)
  test.describe(`built file ${file}`, () => {
    test.use({ builtFile: file });

    for (const { provider, at, speaks, tallest, books } of PROVIDER_SCENES)
      test(`shows a page of ${provider}: failure while it is silent, ready after a retry, its height, and one booking`, async ({
        page,
        site,
        service,
      }) => {
        await record(page);
        const words = speaks ? { speaks } : {};
        await site.turn({ ...words, mute: 'page' });
        const src = `${service[at]}/${site.host}/30min`;
        await site.open(
          page,
          // Its lower edge is below the fold: an edge that the visitor sees does not move.
          `<div style="height:400px"></div><booking-widget provider="${provider}" src="${src}" availability="off" loading="eager" timeout="2" retries="0"
            ><a href="${src}">Book</a></booking-widget>`,
        );
        await expect(failure(page)).toBeVisible();
        // The visitor's zone may follow in the query.
        const link = failure(page).locator('a');
        expect((await link.getAttribute('href'))?.split('?')[0]).toBe(src);

        // Twice, out of order and among messages of others: the provider's parser has to recognise its own.
        await site.turn({
          ...words,
          mute: null,
          doubled: true,
          reordered: true,
          noise: true,
          'lying-height': 1812,
          books: true,
        });
        // On a busy machine two seconds may be too short again.
        await expect(async () => {
          if (!(await ready(page).isVisible()))
            await failure(page).locator('[part~="retry"]').click({ timeout: 5000 });
          await expect(ready(page)).toBeVisible({ timeout: 10_000 });
        }).toPass();
        if (tallest) {
          const frame = page.locator('booking-widget iframe');
          await expect.poll(async () => (await frame.boundingBox())?.height).toBeGreaterThanOrEqual(1812);
        }
        if (!books) return;
        await expect.poll(() => changes(page)).toEqual(['created']);
        const [booked] = await recorded(page, 'booking-booked');
        if (books === 'with time')
          expect(Date.parse(String(booked?.fields['start']))).toBe(Date.parse(BOOKED_START));
        expect(await recorded(page, 'booking-ready')).toHaveLength(1);
      });

    test('dispatches its events in order, from slots to booking', async ({ page, site, service }) => {
      await record(page);
      await site.open(page, widget(service, site.host, 'loading="interaction" booking="frame"'));
      await slot(page).nth(1).click();
      await book(calendar(page));
      await expect.poll(() => changes(page)).toEqual(['created']);
      const types = (await recorded(page)).map(({ type }) => type);
      // Fresh slots may follow cached ones, and again after the booking.
      expect([...new Set(types)]).toEqual([
        'booking-availability',
        'booking-slot-select',
        'booking-ready',
        'booking-booked',
      ]);
      const [chosen] = await recorded(page, 'booking-slot-select');
      const [booked] = await recorded(page, 'booking-booked');
      expect(Date.parse(String(booked?.fields['start']))).toBe(Date.parse(String(chosen?.fields['start'])));
    });

    test('takes a booking in its own form, moves it and cancels it', async ({ page, site, service }) => {
      await record(page);
      await site.open(page, widget(service, site.host, 'loading="interaction"'));
      await slot(page).nth(1).click();
      await page.getByLabel('Name').fill('Ana Ruiz');
      await page.getByLabel('Email', { exact: true }).fill('ana@example.org');
      await page.locator('booking-widget [part~="confirm"]').click();
      await expect.poll(() => changes(page)).toEqual(['created']);
      await page.getByRole('button', { name: 'Choose another time' }).click();
      await slot(page).nth(2).click();
      await page.locator('booking-widget [part~="confirm"]').click();
      await expect.poll(() => changes(page)).toEqual(['created', 'moved']);
      await page.getByRole('button', { name: 'Cancel booking' }).click();
      await page.getByRole('button', { name: 'Yes, cancel it' }).click();
      await expect.poll(() => changes(page)).toEqual(['created', 'moved', 'cancelled']);
      expect(page.frames()).toHaveLength(1);
    });

    test('follows a booking that is made, moved and cancelled in the frame', async ({
      page,
      site,
      service,
    }) => {
      await record(page);
      await site.open(page, widget(service, site.host, 'availability="off" loading="eager" data-layer'));
      await expect(ready(page)).toBeVisible();
      const frame = calendar(page);
      const value = (): Promise<unknown> =>
        page.evaluate(
          () => document.querySelector<HTMLElement & { value?: unknown }>('booking-widget')?.value,
        );
      await frame.locator('.time').last().click();
      await book(frame);
      await expect.poll(() => changes(page)).toEqual(['created']);
      const made = await value();
      expect(made).toBeTruthy();

      await frame.getByRole('button', { name: 'Move' }).click();
      await frame.locator('.time').nth(1).click();
      await frame.getByRole('button', { name: 'Move the booking' }).click();
      await expect.poll(() => changes(page)).toEqual(['created', 'moved']);
      await expect.poll(value).toBeTruthy();

      await frame.getByRole('button', { name: 'Cancel booking' }).click();
      await frame.getByRole('button', { name: 'Cancel this booking' }).click();
      await expect.poll(() => changes(page)).toEqual(['created', 'moved', 'cancelled']);
      await expect.poll(value).toBe('');

      const pushed: unknown = await page.evaluate(
        '(globalThis.dataLayer ?? []).map(({ event }) => event).filter((name) => /booked|moved|cancelled/.test(name))',
      );
      expect(pushed).toEqual(['booking_widget.booked', 'booking_widget.moved', 'booking_widget.cancelled']);
    });
  });
