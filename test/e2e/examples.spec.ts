import type { Page } from '@playwright/test';
import type { Component } from 'svelte';
import { render as renderSvelte } from 'svelte/server';
import { serveFiles } from '../../tools/static-site.js';
import { openExample, type Example } from '../helpers/example-apps.js';
import type { ServiceAddresses } from '../helpers/service.js';
import { expect, slot, test } from '../helpers/widget-pages.js';

const open = (name: string, { cal }: ServiceAddresses, host: string): Promise<Example> =>
  openExample(
    name,
    `${cal}/${host}/30min`,
    `<html lang="en" data-booking-provider="cal" data-booking-api="${cal}">`,
  );

/** Books in an example as a visitor does: its option, its prefilled answer and its listener have all arrived. */
async function bookIn(page: Page, slots: number): Promise<void> {
  await expect(slot(page)).toHaveCount(slots);
  await slot(page).first().click();
  await expect(page.getByLabel('Name')).toHaveValue('Ada');
  await page.getByLabel('Email', { exact: true }).fill('ada@example.org');
  await page.locator('booking-widget [part~="confirm"]').click();
  await expect(page.locator('output')).toHaveText(/^Booked: \S+/);
}

/** What the console of a page complains about. */
function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on('console', (message) => {
    if (/error|warning/.test(message.type())) found.push(message.text());
  });
  page.on('pageerror', (error) => found.push(String(error)));
  return found;
}

const ours = (found: readonly string[]): string[] => found.filter((text) => !/favicon|404/.test(text));

for (const [name, slots] of [
  ['html', 6],
  ['vue', 4],
  ['svelte', 4],
  ['preact', 4],
  ['solid', 4],
  ['angular', 4],
  ['astro', 4],
] as const)
  test(`the ${name} example is built with the packed widget, and a visitor books in it`, async ({
    page,
    service,
    site,
  }) => {
    // The calendar comes after the visitor has chosen a slot.
    await site.turn({ delay: 3000 });
    const example = await open(name, service, site.host);
    if (name !== 'html') await example.build();
    const server = await serveFiles((path) => example.read(path));
    try {
      const found = complaints(page);
      await page.goto(server.origin.replace('127.0.0.1', 'localhost'));
      await bookIn(page, slots);
      expect(ours(found)).toEqual([]);
    } finally {
      await server.stop();
      example.remove();
    }
  });

test('the React example is rendered on a server, hydrated under Strict Mode, and a visitor books in it', async ({
  page,
  service,
  site,
}) => {
  await site.turn({ delay: 3000 });
  const example = await open('react', service, site.host);
  await example.build();
  const { render } = await example.build('src/server.jsx');
  const markup = (render as () => string)();
  expect(markup).toContain(`<booking-widget src="${service.cal}/${site.host}/30min" slots="4"`);
  expect(markup).toContain('>Book a time</a></booking-widget>');
  expect(markup).not.toContain('[object Object]');
  const server = await serveFiles((path) =>
    path === 'index.html'
      ? Buffer.from(example.read(path) ?? [])
          .toString()
          .replace('<!--app-->', markup)
      : example.read(path),
  );
  try {
    const found = complaints(page);
    await page.goto(server.origin.replace('127.0.0.1', 'localhost'));
    await bookIn(page, 4);
    // The ref is the element.
    await page.getByRole('button', { name: 'Refresh' }).click();
    expect(ours(found)).toEqual([]);
  } finally {
    await server.stop();
    example.remove();
  }
});

test('the Svelte example has options and the fallback link in the markup of a server, and no object as text', async ({
  service,
  site,
}) => {
  const example = await open('svelte', service, site.host);
  try {
    const { default: App } = await example.build('src/App.svelte');
    const { body } = renderSvelte(App as Component);
    expect(body).toContain(`<booking-widget src="${service.cal}/${site.host}/30min" slots="4"`);
    expect(body).toContain('Book a time</a>');
    expect(body).not.toContain('[object Object]');
  } finally {
    example.remove();
  }
});
