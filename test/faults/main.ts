import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startCdn } from '../../tools/cdn.js';
import { wantedEngines, type Engine } from '../../tools/engines.js';
import { startSchedulingService } from '../../tools/scheduling-service.js';
import { openEngine } from './open-engine.js';
import { CELLS, SPREAD, type Cell } from './plan.js';
import { runCell, type Outcome, type Stage } from './run-cell.js';
import { startSecureFront } from './secure-front.js';
import { faultsPage, type Run } from './table.js';

/*
 * `npm run faults`: the whole fault matrix on the built files, and docs/faults.md. `--at-once=N` widgets are tried at a
 * time; `--only=words` tries the faults whose name holds the words and prints them. BROWSERS picks engines; the others keep
 * their section. `--spread` tries every fault once.
 */
const { values } = parseArgs({
  options: {
    'at-once': { type: 'string', default: '6' },
    only: { type: 'string' },
    spread: { type: 'boolean' },
  },
});
const atOnce = Number(values['at-once']);
const cells = (values.spread ? SPREAD : CELLS).filter(({ fault }) => fault.name.includes(values.only ?? ''));
const FILE = fileURLToPath(new URL('../../docs/faults.md', import.meta.url));

async function runEngine(engine: Engine, servers: Omit<Stage, 'openPage'>): Promise<Run> {
  const { version, openPage, stop } = await openEngine(engine);
  const outcomes = new Map<Cell, Outcome | string>();
  const waiting = [...cells];
  const work = async (): Promise<void> => {
    for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
      const outcome = await runCell({ ...servers, openPage }, cell).catch(
        (cause: unknown) => String(cause).split('\n')[0] ?? '',
      );
      outcomes.set(cell, outcome);
      const what = [engine, cell.fault.name, cell.mode, cell.loading, cell.moment].join(' · ');
      console.log(what, typeof outcome === 'string' ? `✗ ${outcome}` : JSON.stringify(outcome));
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    await stop();
  }
  return { engine, version, outcomes };
}

const cdn = await startCdn();
const secure = await startSecureFront(cdn);
const service = await startSchedulingService();
if (!service) throw new Error('there is no scheduling service');
try {
  for (const engine of wantedEngines()) {
    const run = await runEngine(engine, {
      cdn,
      secureOrigin: secure.origin,
      service: service.addresses,
    });
    const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
    if (!values.only) writeFileSync(FILE, faultsPage([run], before));
  }
} finally {
  await service.stop();
  await secure.stop();
  await cdn.stop();
}
