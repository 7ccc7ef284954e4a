import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, firefox } from '@playwright/test';
import { startCdn } from '../../tools/cdn.js';
import { chromiumLaunch, firefoxLaunch, wantedEngines } from '../../tools/engines.js';
import { startSchedulingService } from '../../tools/scheduling-service.js';
import { CELLS, type Cell } from './plan.js';
import { runCell, type Outcome } from './run-cell.js';
import { faultsPage, type Run } from './table.js';

/*
 * `npm run faults`: the whole fault matrix on the built files, and docs/faults.md. `--at-once=N` widgets are tried at a
 * time; `--only=words` tries the faults whose name holds the words and prints them. BROWSERS picks engines.
 */
const { values } = parseArgs({
  options: { 'at-once': { type: 'string', default: '6' }, only: { type: 'string' } },
});
const cells = CELLS.filter(({ fault }) => fault.name.includes(values.only ?? ''));
const FILE = fileURLToPath(new URL('../../docs/faults.md', import.meta.url));

const cdn = await startCdn();
const service = await startSchedulingService();
if (!service) throw new Error('there is no scheduling service');
const runs: Run[] = [];
try {
  for (const engine of wantedEngines().filter((name) => name !== 'webkit')) {
    const browser = await (engine === 'chromium'
      ? chromium.launch(chromiumLaunch)
      : firefox.launch(firefoxLaunch()));
    const outcomes = new Map<Cell, Outcome | string>();
    const waiting = [...cells];
    const work = async (): Promise<void> => {
      for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
        const outcome = await runCell({ browser, cdn, service: service.addresses }, cell).catch(
          (cause: unknown) => String(cause).split('\n')[0] ?? '',
        );
        outcomes.set(cell, outcome);
        const what = [engine, cell.fault.name, cell.mode, cell.loading, cell.moment].join(' · ');
        console.log(what, typeof outcome === 'string' ? `✗ ${outcome}` : JSON.stringify(outcome));
      }
    };
    await Promise.all(Array.from({ length: Number(values['at-once']) }, work));
    runs.push({ engine, version: browser.version(), outcomes });
    await browser.close();
  }
} finally {
  await service.stop();
  await cdn.stop();
}
if (!values.only) writeFileSync(FILE, faultsPage(runs));
