import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type FrameLocator, type Page } from '@playwright/test';
import { startService } from '../../demo/service/start-service.js';
import { chromiumLaunch } from '../../tools/engines.js';

/*
 * How soon a repeat visitor sees a bookable time: in the built widget, in a plain frame, and with Cal.com's own embed.js.
 * The scheduling service takes as long as hosted ones did on a repeat visit: 250 ms for the document, 400 ms
 * until the page's script runs, 500 ms for its slots. `node --import tsx test/bench/peers.bench.ts`, after a build.
 */

const VISITS = 7;
const KNOBS = { delay: 250, late: 400, 'page-slots-delay': 500, 'slots-delay': 500 };
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

const service = await startService({
  dataDir: fileURLToPath(new URL('../../.demo-data/bench', import.meta.url)),
});
const { cal } = service;
/** A host of the service that exists, with times and bookings of its own. */
const HOST = 'test-bench';

const PAGES: Readonly<Record<string, string>> = {
  '/widget': `<script>
      const connected = customElements.whenDefined('booking-widget').then(() => performance.now());
      window.painted = new Promise((resolve) => {
        const look = () => {
          const widget = document.querySelector('booking-widget');
          if (!widget || !widget.shadowRoot || !widget.shadowRoot.querySelector('[part~=slot]'))
            return requestAnimationFrame(look);
          // A message sent before a frame is drawn arrives after it: they are on screen.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = async () => {
            const navigation = performance.now();
            resolve({ navigation, connected: navigation - (await connected) });
          };
          port2.postMessage(null);
        };
        look();
      });
    </script><script async src="/dist/booking-widget.js"></script>
    <booking-widget src="${cal}/${HOST}/30min" provider="cal" api="${cal}"><a href="${cal}/${HOST}/30min">Book</a></booking-widget>`,
  '/frame': `<iframe src="${cal}/${HOST}/30min" width="800" height="640"></iframe>`,
  '/embed': `<div id="inline" style="height:640px"></div><script>
    window.Cal = function () { const cal = window.Cal; cal.q = cal.q || []; const args = arguments;
      if (args[0] === 'init') { cal.ns = {}; cal.q.push(args); return; } cal.q.push(args); };
    window.Cal.q = []; window.Cal.ns = {};
    Cal('init', { origin: '${cal}' });
    Cal('inline', { elementOrSelector: '#inline', calLink: '${HOST}/30min' });
    </script><script async src="${cal}/embed/embed.js"></script>`,
};

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const page = PAGES[pathname];
  if (page) {
    response.setHeader('Content-Type', 'text/html');
    return response.end(`<!doctype html><title>Bench</title>${page}`);
  }
  readFile(`${DIST}${pathname.replace('/dist', '')}`).then(
    (file) => {
      response.setHeader('Content-Type', 'text/javascript');
      response.setHeader('Cache-Control', 'max-age=3600');
      response.end(file);
    },
    () => {
      response.statusCode = 404;
      response.end();
    },
  );
});
await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
const origin = `http://localhost:${(server.address() as AddressInfo).port}`;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Milliseconds from the navigation until a time is in the frame's page and visible. */
async function timesInFrame(page: Page, frame: FrameLocator): Promise<number> {
  await frame.locator('.time').first().waitFor();
  return page.evaluate(() => performance.now());
}

/** Milliseconds until times are painted in the widget: from the navigation, and from when the element is connected. */
interface Painted {
  readonly navigation: number;
  readonly connected: number;
}

const timesInWidget = (page: Page): Promise<Painted> =>
  page.evaluate(() => (window as unknown as { painted: Promise<Painted> }).painted);

async function visits<T>(browser: Browser, path: string, look: (page: Page) => Promise<T>): Promise<T[]> {
  const context = await browser.newContext();
  // Cal.com's script styles its page with a font of its own site.
  await context.route(/cal\.com/, (route) => route.abort());
  const seen: T[] = [];
  for (let count = 0; count <= VISITS; count++) {
    const page = await context.newPage();
    await page.goto(origin + path, { waitUntil: 'commit' });
    const one = await look(page);
    if (count) seen.push(one); // the first visit has nothing cached
    await page.close();
  }
  await context.close();
  return seen;
}

try {
  await fetch(service.control, { method: 'POST', body: JSON.stringify({ match: HOST, knobs: KNOBS }) });
  const browser = await chromium.launch(chromiumLaunch);
  const widget = await visits(browser, '/widget', timesInWidget);
  const frame = await visits(browser, '/frame', (page) => timesInFrame(page, page.frameLocator('iframe')));
  const embed = await visits(browser, '/embed', (page) => timesInFrame(page, page.frameLocator('iframe')));
  await browser.close();
  const connected = median(widget.map((visit) => visit.connected));
  const plainly = median(frame);
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  console.log(`Chromium, ${VISITS} repeat visits, medians: until a bookable slot is on screen`);
  console.log(
    `  booking-widget, from the navigation: ${ms(median(widget.map((visit) => visit.navigation)))}`,
  );
  console.log(`  booking-widget, from the element:    ${ms(connected)}`);
  console.log(`  a plain frame:                       ${ms(plainly)}`);
  console.log(`  Cal.com's embed.js, inline:          ${ms(median(embed))}`);
  const holds = connected * 20 <= plainly;
  console.log(`  ${holds ? 'holds' : 'FAILS'}: at least 20 times sooner than a plain frame`);
  if (!holds) process.exitCode = 1;
} finally {
  server.closeAllConnections();
  server.close();
  await service.close();
}
