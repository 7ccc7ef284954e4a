import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { chartSvg } from './report/chart.js';
import { chartOf, DRAWN } from './report/charts.js';
import { benchmarkPage, type Circumstances } from './report/page.js';
import { terminalTable } from './report/terminal.js';
import { spreadText } from './report/words.js';
import { run } from './run.js';
import { SCENES } from './scenes/all.js';
import { openWorld } from './world.js';
import type { Results } from './results.js';

/*
 * `npm run bench`: our widget beside plain frames, Cal.com's embed.js and react-calendly on the same pages and the same link.
 * `--quick` measures some in under a minute, `--scene=popup,phone` what it names, `--passes=1` each once; `--write` writes the page of the documentation.
 */

const DOCS = fileURLToPath(new URL('../../docs', import.meta.url));

/** Writes a file as the repository formats it. */
async function writeFormatted(file: string, content: string): Promise<void> {
  const options = await resolveConfig(file);
  writeFileSync(file, await format(content, { ...options, filepath: file }));
}

async function write(results: Results, circumstances: Circumstances): Promise<void> {
  mkdirSync(`${DOCS}/benchmarks`, { recursive: true });
  for (const drawn of DRAWN) {
    const chart = chartOf(drawn, results);
    if (chart) writeFileSync(`${DOCS}/benchmarks/${drawn.name}.svg`, chartSvg(chart, spreadText));
  }
  await writeFormatted(
    `${DOCS}/benchmarks/figures.json`,
    JSON.stringify({ ...circumstances, figures: results }),
  );
  await writeFormatted(`${DOCS}/benchmarks.md`, benchmarkPage(results, circumstances));
}

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    scene: { type: 'string' },
    passes: { type: 'string', default: '99' },
  },
});
const wanted = values.scene?.split(',');
const scenes = SCENES.filter(({ name }) => wanted?.includes(name) ?? true);
if (values.write && (values.quick || wanted)) throw new Error('--write needs the figures of a whole run');

const started = performance.now();
const world = await openWorld();
try {
  const results = await run(world, scenes, {
    quick: values.quick,
    most: Number(values.passes),
    say: console.log,
  });
  const minutes = (performance.now() - started) / 60_000;
  console.log(terminalTable(results));
  console.log(`${minutes.toFixed(1)} minutes`);
  const browser = await world.browser('desktop');
  if (values.write)
    await write(results, {
      date: new Date().toISOString().slice(0, 10),
      machine: `${cpus().length} cores`,
      browser: `Chromium ${browser.version()}`,
      pageBytes: world.weight,
      minutes: Math.round(minutes),
    });
} finally {
  await world.close();
}
