import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium, firefox } from '@playwright/test';
import { build } from 'vite';
import { chromiumLaunch, firefoxLaunch, wantedEngines } from '../../tools/engines.js';
import { DAY, OFFICE, simulate } from './simulated-visits.js';

/* Figures of the availability engine, and whether they hold: `node --import tsx test/bench/availability.bench.ts`. */

const VISITS = 40;
const MONTH = 500;

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;
const shown = (values: readonly number[]): string =>
  `median ${quantile(values, 0.5).toFixed(1)} ms, p95 ${quantile(values, 0.95).toFixed(1)} ms`;
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

const check = (what: string, holds: boolean): void => {
  console.log(`  ${holds ? 'holds' : 'FAILS'}: ${what}`);
  if (!holds) process.exitCode = 1;
};

interface Visit {
  /** Milliseconds since the widget's `load`: until the request was sent, and until the event with cached slots. */
  readonly fetched: number;
  readonly cached: number;
  /** Milliseconds for reading and parsing an entry once the database is open. */
  readonly read: number;
}

const PAGE = `<!doctype html><title>Bench</title><script type="module">
import { availabilityController, availabilityCache } from '/engine.js';
const provider = {
  id: 'test', capabilities: { availability: 'browser' }, canonical: (page) => page.href,
  slots: { request: () => ({ url: location.origin + '/slots', headers: {} }), read: (body) => body },
};
const page = new URL('https://schedule.example/acme/30min');
localStorage.removeItem('booking-widget:times');
// A widget that has its zone has paid for the first use of Intl, some 10 ms in Chromium.
const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
const visit = {};
const real = window.fetch;
const done = new Promise((resolve) => {
  const begun = performance.now();
  window.fetch = (...request) => { visit.fetched = performance.now() - begun; return real(...request); };
  availabilityController(({ type }) => {
    if (type === 'slots-cached') visit.cached = performance.now() - begun;
    if (type === 'slots-fresh') resolve();
  }).load({ provider, page, api: '', companion: '', timeZone });
});
const cache = availabilityCache((ms, call) => { const timer = setTimeout(call, ms); return () => clearTimeout(timer); });
window.visit = done.then(async () => {
  const key = 'test https://schedule.example/acme/30min ';
  for (let tries = 0; tries < 100 && !(await cache.read(key)).length; tries++);
  const begun = performance.now();
  await cache.read(key);
  visit.read = performance.now() - begun;
  // So that the next visit finds it stale.
  const hour = 3600000;
  await cache.change(key, (kept) => kept.map(({ at, until, ...rest }) => ({ ...rest, at: at - hour, until: until - hour })));
  return visit;
});
</script>`;

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL('engine.ts', import.meta.url)),
        formats: ['es'],
        fileName: 'engine',
      },
    },
  });
  const [first] = Array.isArray(built) ? built : [];
  return first?.output[0].code ?? '';
}

async function inBrowsers(): Promise<void> {
  const code = await bundle();
  const first = Date.parse(new Date().toISOString().slice(0, 10)) + 86_400_000;
  const slots = Array.from({ length: MONTH }, (_, n) => {
    const start = first + Math.floor((n * 29) / MONTH) * 86_400_000 + (8 * 3600 + (n % 17) * 1800) * 1000;
    return { start: new Date(start).toISOString(), end: new Date(start + 1_800_000).toISOString() };
  });
  const server = createServer(({ url }, response) => {
    if (url === '/engine.js') response.setHeader('content-type', 'text/javascript').end(code);
    else if (url === '/slots') setTimeout(() => response.end(JSON.stringify(slots)), 100);
    else response.setHeader('content-type', 'text/html').end(PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const engine of wantedEngines().filter((name) => name !== 'webkit')) {
    const browser = await (engine === 'chromium'
      ? chromium.launch(chromiumLaunch)
      : firefox.launch(firefoxLaunch()));
    const context = await browser.newContext();
    const visits: Visit[] = [];
    for (let count = 0; count <= VISITS; count++) {
      const tab = await context.newPage();
      await tab.goto(origin);
      const visit = await tab.evaluate(() => (window as unknown as { visit: Promise<Visit> }).visit);
      if (count) visits.push(visit); // the first one has nothing cached
      await tab.close();
    }
    await browser.close();
    console.log(`${engine}, ${VISITS} repeat visits, each in a new tab, ${MONTH} cached times`);
    console.log(`  widget loaded → request sent: ${shown(visits.map(({ fetched }) => fetched))}`);
    console.log(`  widget loaded → event with cached slots: ${shown(visits.map(({ cached }) => cached))}`);
    console.log(`  reading and parsing the entry: ${shown(visits.map(({ read }) => read))}`);
    const read = quantile(
      visits.map((visit) => visit.read),
      0.5,
    );
    check(`a cached month of ${MONTH} times is read and parsed in 5 ms at most`, read <= 5);
  }
  server.closeAllConnections();
  server.close();
}

async function simulated(): Promise<void> {
  const day = await simulate(DAY);
  console.log(`a simulated day: ${DAY.visitors} visitors, ${day.views} views, ${day.requests} requests`);
  console.log(
    `  from the cache: ${percent(day.fresh, day.views)} fresh, ${percent(day.stale, day.views)} while confirmed`,
  );
  check('at least 80 % of views show cached times', (day.fresh + day.stale) / day.views >= 0.8);

  const office = await simulate(OFFICE);
  console.log(
    `a simulated office: ${OFFICE.visitors} visitors behind one address within 5 min, ${office.views} views`,
  );
  console.log(
    `  requests: ${office.requests}, at most ${office.peak} a minute, ${office.peakOfBrowser} of one browser`,
  );
  check('an office stays below 120 requests a minute', office.peak < 120 && office.refused === 0);

  const worst = await simulate({ ...OFFICE, views: [20, 30], dwell: [1000, 3000], events: 40, faithful: 0 });
  console.log(`the same office leafing through 40 hosts: ${worst.views} views`);
  console.log(
    `  requests: ${worst.requests}, at most ${worst.peak} a minute, ${worst.peakOfBrowser} of one browser, ${worst.refused} refused`,
  );
  check('no browser ever sends more than 20 a minute', worst.peakOfBrowser <= 20);
}

await simulated();
await inBrowsers();
