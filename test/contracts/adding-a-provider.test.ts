import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';

const GUIDE = 'docs/adding-a-provider.md';
const TABLE = 'src/widget/providers/recognize-others.ts';
const TEST = 'test/unit/providers/slotly.test.ts';

/** What the guide tells to write, by the file it tells to write it into. */
const written = new Map(
  [...readFileSync(GUIDE, 'utf8').matchAll(/^```ts (\S+)\n([^]*?)^```$/gm)].map(
    ([, file = '', code = '']) => [file, code] as const,
  ),
);

/** The files of the suite that every provider passes. */
const SUITE = ['provider-contract.ts', 'provider-fixtures.ts', 'well-formed-signal.ts', 'nasty-values.ts'];

/** The suites need `describe` and `it` as browsers' tests have them, and assertions that do without a browser. */
const RUN = `import { describe, it } from 'node:test';
Object.assign(globalThis, { describe, it });
await import('./${TEST.replace(/\.ts$/, '.js')}');
`;

describe('the guide to adding a provider', () => {
  const place = mkdtempSync(join(tmpdir(), 'adding-a-provider-'));
  after(() => {
    rmSync(place, { recursive: true, force: true });
  });
  const at = (file: string): string => join(place, file);

  it('leads to a provider that passes the suite, followed literally', async () => {
    // A provider with everything that Cal.com has is its own folder, one row and its fixtures.
    const own = [...written.keys()].filter((file) => file.startsWith('src/widget/providers/slotly/'));
    assert.deepEqual([...written.keys()].sort(), [...own, TABLE, TEST].sort());
    cpSync('src', at('src'), { recursive: true });
    for (const file of SUITE) cpSync(`test/contracts/${file}`, at(`test/contracts/${file}`));
    for (const file of ['package.json', 'tsconfig.json']) cpSync(file, at(file));
    symlinkSync(resolve('node_modules'), at('node_modules'), 'junction');

    const chai = '@esm-bundle/chai/esm/chai.js';
    for (const file of SUITE) {
      const copy = at(`test/contracts/${file}`);
      writeFileSync(copy, readFileSync(copy, 'utf8').replace('@open-wc/testing', chai));
    }
    for (const [file, code] of written) {
      mkdirSync(dirname(at(file)), { recursive: true });
      if (file !== TABLE) writeFileSync(at(file), code);
    }
    const table = readFileSync(TABLE, 'utf8');
    const top = 'const ROWS: readonly Row[] = [\n';
    assert.ok(table.includes(top));
    writeFileSync(
      at(TABLE),
      table.replace(top, () => top + String(written.get(TABLE))),
    );
    writeFileSync(at('run.ts'), RUN);

    // A runner inside a runner would speak to the outer one.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const words = ['--import', 'tsx', '--test-reporter', 'tap', 'run.ts'];
    const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: place, env }).catch(
      (failure: unknown) => assert.fail(String((failure as { stdout?: unknown }).stdout ?? failure)),
    );
    assert.match(stdout, /^# fail 0$/m);
    assert.ok(Number(/^# pass (\d+)$/m.exec(stdout)?.[1]) > 25, stdout);
  });
});
