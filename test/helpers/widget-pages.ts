import type { FrameLocator, Locator, Page } from '@playwright/test';
import { test as base } from './end-to-end.js';
import type { ServiceAddresses } from './service.js';

/** Files a host page can have the widget from; a `.mjs` is a module. */
export type BuiltFile = 'booking-widget.js' | 'booking-widget.all.js' | 'booking-widget.mjs';

export interface Site {
  /** A host of the scheduling service that no other test uses. */
  readonly host: string;
  /** Shows a page on `localhost` with the script tag in it; the scheduling pages are another site's. */
  open(page: Page, body: string, headers?: Record<string, string>): Promise<void>;
  turn(knobs: Record<string, string | number | boolean | null>): Promise<void>;
}

/** Playwright's `test` with a page that has the script tag and a host of its own. */
export const test = base.extend<{ site: Site; builtFile: BuiltFile }>({
  builtFile: ['booking-widget.js', { option: true }],
  site: async ({ cdn, service, builtFile }, use, { testId }) => {
    const host = `test-${testId.replaceAll(/\W/g, '')}`;
    const shelf = `${cdn.origin}/${host}`;
    await use({
      host,
      async open(page, body, headers = {}) {
        const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
          <title>A page</title><body style="margin:0"><script async ${
            builtFile.endsWith('.mjs') ? 'type="module" ' : ''
          }src="${shelf}/${builtFile}"></script>${body}`;
        cdn.set(host, { cors: true, page: { html, headers } });
        await page.goto(`${shelf.replace('127.0.0.1', 'localhost')}/__page`);
      },
      async turn(knobs) {
        await fetch(service.control, { method: 'POST', body: JSON.stringify({ match: host, knobs }) });
      },
    });
  },
});

/** A tag that shows a host of the service's Cal.com face. */
export const widget = (
  { cal }: ServiceAddresses,
  host: string,
  more = '',
  style = 'display:block;min-height:640px',
): string =>
  `<booking-widget src="${cal}/${host}/30min" provider="cal" api="${cal}" style="${style}" ${more}><a
    href="${cal}/${host}/30min">Book a time</a></booking-widget>`;

export const calendar = (page: Page): FrameLocator => page.frameLocator('booking-widget iframe');
export const slot = (page: Page): Locator => page.locator('booking-widget [part~="slot"]');

/** Fills the form in the frame, as a visitor would. */
export async function book(frame: FrameLocator): Promise<void> {
  await frame.getByLabel('Your name').fill('Ana Ruiz');
  await frame.getByLabel('E-mail address').fill('ana@example.org');
  await frame.getByRole('button', { name: 'Confirm booking' }).click();
}

export { expect } from '@playwright/test';
