// Runs the tests that need no browser: `node --import tsx tools/node-tests.ts [file or folder…] [--grep words]`;
// `--timeout` guards against hanging: how many seconds a file may take.
// Node 20's own command line takes neither patterns of files nor reporters in TypeScript.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { compileTests } from './compiled-tests.js';
import { failure, line, report } from './count.js';
import { compiledIn, FOLDER_VARIABLE } from './program.js';

const IN_BROWSERS = ['test/unit', 'test/browser', 'test/e2e'].map((folder) => join(folder, '/'));

const testsIn = (path: string): string[] =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true, encoding: 'utf8' })
        .map((name) => join(path, name))
        .filter(
          (file) => file.endsWith('.test.ts') && !IN_BROWSERS.some((folder) => file.startsWith(folder)),
        );

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string' }, timeout: { type: 'string', default: '600' } },
});
const files = (positionals.length > 0 ? positionals : ['test']).flatMap(testsIn).sort();
const literal = values.grep?.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const count = { passed: 0, skipped: 0 };
const failures: string[] = [];
/** Milliseconds that each file took. */
const durations = new Map<string, number>();
const compiled = await compileTests(files);
process.once('exit', compiled.remove);
process.env[FOLDER_VARIABLE] = compiled.folder;
// The files' processes inherit these: no loader, and stack traces that name the sources.
process.execArgv.splice(0, process.execArgv.length, '--enable-source-maps');
const events = run({
  files: files.map((file) => compiledIn(compiled.folder, file)),
  concurrency: 2,
  timeout: Number(values.timeout) * 1000,
  ...(literal !== undefined && { testNamePatterns: [new RegExp(literal)] }),
});
events.on('test:pass', ({ skip, details }) => {
  if (details.type !== 'suite') count[skip === undefined ? 'passed' : 'skipped']++;
});
events.on('test:fail', ({ details, file, name }) => {
  if (details.type === 'suite') return;
  // What the types call certain is missing where the runner itself reports the failure.
  const error: { readonly cause?: unknown } = details.error;
  failures.push(failure(`${file ? compiled.source(file) : ''}: ${name}`, error.cause ?? error));
});
events.on('test:complete', ({ nesting, file = '', details }) => {
  // The file itself is among its tests; a suite that a module beside it makes is not.
  const source = compiled.source(file);
  if (nesting === 0 && files.includes(source))
    durations.set(source, Math.max(durations.get(source) ?? 0, details.duration_ms));
});
events.pipe(new spec()).pipe(process.stdout);
events.on('end', () => {
  const outcome = { ...count, failed: failures.length, failures };
  report(outcome);
  process.exitCode = outcome.failed > 0 ? 1 : 0;
  const slowest = [...durations].sort(([, one], [, other]) => other - one).slice(0, 8);
  const list = slowest.map(([file, ms]) => `${(ms / 1000).toFixed(1)} s ${file}`);
  process.once('exit', () => console.log(`\nslowest files: ${list.join(', ')}\n\n${line(outcome)}`));
});
