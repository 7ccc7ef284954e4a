// `npm test`: every gate and every suite, in order, and one closing line for all of them.
// `npm test -- --only=lint,browser` runs some stages, `--grep=words` the tests whose name holds the words,
// `--verbose` shows the output of passing stages. `BROWSERS=firefox` picks engines.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { add, line, NOTHING, type Count, type Outcome } from '../tools/count.js';

interface Stage {
  readonly name: string;
  /** Program in node_modules/.bin or on the path, and its arguments. */
  readonly command: readonly [program: string, ...words: string[]];
  /** A suite counts its own tests and reports the outcome; a gate is one test. */
  readonly suite?: true;
  /** What to add to `command` for `--grep`. */
  readonly grep?: (words: string) => readonly string[];
  /** Whether its output is printed even when it passes. */
  readonly shown?: true;
}

const nodeTests = (...paths: string[]): Pick<Stage, 'command' | 'suite' | 'grep'> => ({
  command: ['node', '--import', 'tsx', 'tools/node-tests.ts', ...paths],
  suite: true,
  grep: (words) => ['--grep', words],
});

const withPostgres = (stage: ReturnType<typeof nodeTests>): ReturnType<typeof nodeTests> => ({
  ...stage,
  command: ['node', '--import', 'tsx', 'tools/with-postgres.ts', ...stage.command],
});

/** Both caches are keyed by content, so a stale one cannot hide a mistake. Lint has none: its rules read other files' types. */
const TYPES_CACHE = ['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/types.tsbuildinfo'];
const FORMAT_CACHE = [
  '--cache',
  '--cache-strategy',
  'content',
  '--cache-location',
  'node_modules/.cache/prettier/.prettier-cache',
];

/**
 * Stages of one step run two at a time, the longest first, so that both cores are busy until the end; a step begins when
 * the one before has ended. In the first, only `build` writes what later steps need.
 */
const STEPS: readonly (readonly Stage[])[] = [
  [
    { name: 'build', command: ['npm', 'run', 'build', '--silent'] },
    { name: 'lint', command: ['eslint', '.', '--max-warnings', '0'] },
    { name: 'types', command: ['tsc', '-p', '.', ...TYPES_CACHE] },
    { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', ...FORMAT_CACHE, '.'] },
    { name: 'words', command: ['npm', 'run', 'words', '--silent'] },
    { name: 'imports', command: ['npm', 'run', 'imports', '--silent'] },
    { name: 'generated', command: ['npm', 'run', 'generate', '--silent', '--', '--check'] },
  ],
  [
    { name: 'companion', ...withPostgres(nodeTests('test/companion')) },
    { name: 'chaos', ...nodeTests('test/chaos') },
    { name: 'docs', command: ['npm', 'run', 'docs', '--silent'] },
    { name: 'server', ...nodeTests('test/server') },
    { name: 'package', ...nodeTests('test/package') },
    { name: 'contracts', ...nodeTests('test/contracts') },
    { name: 'properties', ...nodeTests('test/properties') },
    { name: 'bench', ...nodeTests('test/bench') },
    { name: 'size', command: ['npm', 'run', 'size', '--silent'], shown: true },
  ],
  [
    {
      name: 'browser',
      command: ['wtr'],
      suite: true,
      grep: () => [], // reads GREP
    },
  ],
  [
    {
      name: 'e2e',
      command: ['playwright', 'test'],
      suite: true,
      grep: (words) => ['--grep', words.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), '--pass-with-no-tests'],
    },
  ],
];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    grep: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
const names = STEPS.flat().map(({ name }) => name);
const only = values.only?.split(',') ?? names;
const unknown = only.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`no stage ${unknown.join(', ')}; there are ${names.join(', ')}`);

const counts = mkdtempSync(join(tmpdir(), 'counts-'));
process.on('exit', () => rmSync(counts, { recursive: true, force: true }));

/** Runs a program to its end and returns its output in one piece. */
function runToEnd(
  [program, ...words]: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program ?? '', words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const append = (text: Buffer): void => void (output += text.toString());
    child.stdout.on('data', append);
    child.stderr.on('data', append);
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A runner that crashed, or ran nothing, has failed, whatever it counted. */
function outcomeOf(stage: Stage, code: number, file: string): Outcome {
  const reported = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Outcome) : null;
  const { passed, failed, skipped, failures } = reported ?? { ...NOTHING, failures: [] };
  const ranNothing = stage.suite && passed + failed + skipped === 0 && values.grep === undefined;
  if (failed === 0 && (code !== 0 || ranNothing))
    return { passed, failed: 1, skipped, failures: [`ended with code ${code} after ${passed} tests`] };
  return { passed: stage.suite ? passed : 1, failed, skipped, failures };
}

async function runStage(stage: Stage): Promise<Outcome> {
  const file = join(counts, stage.name);
  const grep = values.grep;
  const started = Date.now();
  const { code, output } = await runToEnd(
    [...stage.command, ...(grep === undefined ? [] : (stage.grep?.(grep) ?? []))],
    {
      ...process.env,
      PATH: `${join(process.cwd(), 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      COUNT_FILE: file,
      ...(!process.stdout.isTTY && { NO_COLOR: '1' }),
      ...(grep !== undefined && { GREP: grep }),
    },
  );
  const outcome = outcomeOf(stage, code, file);
  if (outcome.failed > 0 || stage.shown || values.verbose) console.log(`\n${output.trim()}\n`);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(
    `${outcome.failed > 0 ? '✗' : '✓'} ${stage.name.padEnd(10)} ${seconds.padStart(6)} s   ${line(outcome)}`,
  );
  return { ...outcome, failures: outcome.failures.map((name) => `${stage.name}: ${name}`) };
}

const ended: Outcome[] = [];
for (const step of STEPS) {
  const waiting = step.filter(({ name, grep }) => only.includes(name) && (grep ?? values.grep === undefined));
  const work = async (): Promise<void> => {
    for (let stage = waiting.shift(); stage; stage = waiting.shift()) ended.push(await runStage(stage));
  };
  await Promise.all([work(), work()]);
}
const total = ended.reduce<Count>(add, NOTHING);
// Once more at the end: where only the last lines of a log are kept, they name what failed.
for (const name of ended.flatMap(({ failures }) => failures)) console.log(`failed: ${name}`);
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`\n${line(total)}`);
