import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type Page } from '@playwright/test';
import { build } from 'vite';

/*
 * Real tabs, each in a process of its own, with the availability engine alone: whether they share one request depends on
 * how soon one process sees what another wrote, which no fake can show.
 */

const TABS = 10;
const WIDGETS = 50;

/** In the page: starts widgets and reports their states. */
const PAGE = `<!doctype html><title>Tab</title><script type="module">
import { availabilityController } from '/engine.js';
const provider = {
  id: 'test',
  capabilities: { availability: 'browser' },
  canonical: (page) => page.href,
  slots: {
    request: ({ start }) => ({ url: location.origin + '/slots?start=' + start, headers: {} }),
    read: (body) => body.map((start) => ({ start })),
  },
};
const isTeam = location.pathname === '/team';
window.widgets = Array.from({ length: ${WIDGETS} }, (_, count) => {
  const page = new URL('https://schedule.example/acme/' + (isTeam ? count : '30min'));
  const widget = { events: [] };
  widget.controller = availabilityController(({ type }) => widget.events.push(type));
  widget.controller.load({ provider, page, api: '', companion: '', timeZone: 'Europe/Berlin' });
  return widget;
});
</script>`;

let server: Server;
let origin: string;
let requests: number;
let delay: number;

test.beforeAll(async () => {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      lib: {
        entry: 'src/widget/availability/availability-controller.ts',
        formats: ['es'],
        fileName: 'engine',
      },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [];
  const code = bundle?.output[0].code ?? '';
  server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    if (pathname === '/engine.js') response.setHeader('content-type', 'text/javascript').end(code);
    else if (pathname === '/slots') {
      requests++;
      const starts = [30, 54, 78, 102, 126].map((hours) =>
        new Date(Date.now() + hours * 3_600_000).toISOString(),
      );
      setTimeout(() => response.end(JSON.stringify(starts)), delay);
    } else response.setHeader('content-type', 'text/html').end(PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

test.beforeEach(() => {
  requests = 0;
  delay = 300;
});

test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** State of each widget: `waits` without slots or while its request is under way. */
const outcomes = (page: Page) =>
  page.evaluate(() =>
    (window as unknown as { widgets: { events: string[] }[] }).widgets.map(({ events }) => {
      const last = events[events.length - 1];
      // Fresh cached slots come without a request.
      if (last === 'slots-fresh' || (last === 'slots-cached' && !events.includes('slots-pending')))
        return 'knows';
      return last === 'slots-failed' ? 'failed' : 'waits';
    }),
  );

/** Waits until every widget of the tab has come to one of these outcomes. */
const expectOnly = (tab: Page, ...allowed: readonly string[]) =>
  expect
    .poll(async () => (await outcomes(tab)).filter((outcome) => !allowed.includes(outcome)), {
      timeout: 30_000,
    })
    .toEqual([]);

test(`${WIDGETS} widgets in each of ${TABS} tabs that open at once send one request`, async ({ context }) => {
  const tabs = await Promise.all(Array.from({ length: TABS }, () => context.newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(origin)));
  for (const tab of tabs) await expectOnly(tab, 'knows');
  expect(requests).toBe(1);
});

test('tabs that open one after another, each at the response of the last, send one request', async ({
  context,
}) => {
  delay = 0;
  for (let count = 0; count < TABS; count++) {
    const tab = await context.newPage();
    await tab.goto(origin);
    await expectOnly(tab, 'knows');
  }
  expect(requests).toBe(1);
});

test('50 hosts on a page in several tabs send at most 20 requests a minute', async ({ context }) => {
  delay = 0;
  const tabs = await Promise.all([1, 2, 3].map(() => context.newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(`${origin}/team`)));
  for (const tab of tabs) await expectOnly(tab, 'knows', 'failed');
  expect(requests).toBe(20);
});

test('a tab that is closed during its request leaves the request to the next tab', async ({ context }) => {
  delay = 60_000;
  const first = await context.newPage();
  await first.goto(origin);
  await expect.poll(() => requests).toBe(1);
  const second = await context.newPage();
  await second.goto(origin);
  delay = 0;
  await first.close();
  await expectOnly(second, 'knows');
  expect(requests).toBe(2);
});
