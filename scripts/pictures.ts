// `npm run pictures`: pictures of the product as it is, from the built files and the local scheduling service. Writes docs/widget.png
// and docs/widget-dark.png, which the README and the home page of the docs show.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { chromiumLaunch } from '../tools/engines.js';
import { startSchedulingService } from '../tools/scheduling-service.js';
import { serveFiles } from '../tools/static-site.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const service = await startSchedulingService();
if (!service) throw new Error('there is no scheduling service');
const { cal } = service.addresses;

/** A small site whose widget shows slots; with pixels for dense screens. */
const page = `<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Book a visit</title>
  <meta name="viewport" content="width=device-width">
  <style>
    :root { color-scheme: light dark }
    body { margin: 0; padding: 32px; background: light-dark(#fff, #1b1b1f); color: light-dark(#1c1c1f, #e8e8ec); font: 16px/1.5 system-ui, sans-serif }
    h1 { margin: 0 0 20px; font-size: 28px; line-height: 1.2 }
  </style>
  <h1>Book a visit</h1>
  <booking-widget src="${cal}/acme/30min" provider="cal" api="${cal}" loading="interaction" slots="10" style="display:block"><a
    href="${cal}/acme/30min">Book a time</a></booking-widget>
  <script async src="/booking-widget.js"></script></html>`;

const site = await serveFiles((path) => {
  if (path === 'index.html') return page;
  const file = join('dist', path);
  return existsSync(file) ? readFileSync(file) : undefined;
});
const browser = await chromium.launch(chromiumLaunch);
try {
  for (const [colorScheme, path] of [
    ['light', 'docs/widget.png'],
    ['dark', 'docs/widget-dark.png'],
  ] as const) {
    const tab = await browser.newPage({
      viewport: { width: 880, height: 720 },
      deviceScaleFactor: 1.5,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      colorScheme,
      reducedMotion: 'reduce',
    });
    await tab.goto(site.origin.replace('127.0.0.1', 'localhost'));
    await tab.locator('booking-widget [part~="slot"]').nth(3).waitFor();
    await tab.waitForLoadState('networkidle');
    await tab.screenshot({ path, fullPage: true, animations: 'disabled' });
  }
} finally {
  await browser.close();
  await site.stop();
  await service.stop();
}
