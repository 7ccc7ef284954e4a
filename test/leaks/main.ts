import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { startCdn } from '../../tools/cdn.js';
import { chromiumLaunch } from '../../tools/engines.js';
import { startSchedulingService } from '../../tools/scheduling-service.js';
import { count, growth, TIMER_COUNTER, type Counts } from './counters.js';
import { mountAndRemove, PLANS } from './rounds.js';

/*
 * `npm run leaks`: mounts and removes widgets of every mode, loading and moment on the built files in Chromium, and prints
 * what the page holds before, on the way and after, each time after a garbage collection. Fails where anything
 * grew. `--rounds=N`; 1,000 without it.
 */

const STEPS = 4;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '1000' } } });
const rounds = Number(values.rounds);

const cdn = await startCdn();
const service = await startSchedulingService();
if (!service) throw new Error('there is no scheduling service');
const browser = await chromium.launch(chromiumLaunch);
try {
  const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
  await page.addInitScript(TIMER_COUNTER);
  cdn.set('leaks', {
    cors: true,
    page: {
      html: `<!doctype html><html lang="en"><title>Leaks</title><script async src="${cdn.origin}/leaks/booking-widget.js"></script><div id="app"></div>`,
    },
  });
  await page.goto(`${cdn.origin.replace('127.0.0.1', 'localhost')}/leaks/__page`);
  const session = await page.context().newCDPSession(page);
  const run = (from: number, to: number): Promise<void> =>
    mountAndRemove(
      page,
      service.addresses.cal,
      'test-leaks',
      Array.from(
        { length: to - from },
        (_, index) => PLANS[(from + index) % PLANS.length] ?? PLANS[0],
      ).filter((plan) => plan !== undefined),
    );

  // All chunks are there, and whatever is kept once for a page.
  const ready = PLANS.filter(({ moment }) => moment === 'ready');
  await mountAndRemove(page, service.addresses.cal, 'test-leaks', ready);
  await run(0, PLANS.length);

  const counted: Counts[] = [await count(page, session)];
  const marks = [0];
  for (let step = 1; step <= STEPS; step++) {
    const to = Math.round((rounds * step) / STEPS);
    await run(marks.at(-1) ?? 0, to);
    marks.push(to);
    counted.push(await count(page, session));
  }

  const [before = {}] = counted;
  const after = counted.at(-1) ?? {};
  console.log(`${rounds} mounts and removals: 3 modes × 3 loadings × 5 moments`);
  console.log(`${'after rounds'.padEnd(24)}${marks.map((mark) => String(mark).padStart(8)).join('')}`);
  const grown = growth(before, after);
  for (const name of Object.keys(before)) {
    const figures = counted.map((counts) => String(counts[name] ?? 0).padStart(8)).join('');
    console.log(`${name.padEnd(24)}${figures}   ${name in grown ? '✗ grows' : '✓'}`);
  }
  if (Object.keys(grown).length > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await service.stop();
  await cdn.stop();
}
