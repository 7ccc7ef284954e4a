import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestRunnerPlugin } from '@web/test-runner-core';
import { build } from 'esbuild';

/** Folder of what several test files import; their pieces lie beside the tests' own folders. */
const SHARED = '__shared';

/**
 * Serves each test file and what it imports in a few files instead of several hundred modules, each of which was a
 * request and a transformation of its own. A test file keeps its URL, and every page evaluates a copy of its own.
 *
 * @param files test files, relative to the working directory, with `/`
 */
export function bundledTests(files: readonly string[]): TestRunnerPlugin {
  const tests = new Set(files.map((file) => `/${file}`));
  let folder = '';
  return {
    name: 'bundled-tests',
    async serverStart() {
      folder = await mkdtemp(join(tmpdir(), 'browser-tests-'));
      await build({
        entryPoints: [...files],
        outbase: '.',
        outdir: folder,
        bundle: true,
        // The package's list of modules with side effects has no test files.
        ignoreAnnotations: true,
        splitting: true,
        format: 'esm',
        target: 'es2022',
        conditions: ['production'],
        sourcemap: 'linked',
        chunkNames: `${SHARED}/[hash]`,
        logLevel: 'warning',
      });
    },
    async serve({ path }) {
      // Source maps are requested for the stack traces of failures alone.
      const test = path.replace(/\.js\.map$/, '.ts');
      if (!tests.has(test) && !path.startsWith(`/${SHARED}/`)) return undefined;
      const file = join(folder, path.replace(/\.ts$/, '.js'));
      return { body: await readFile(file, 'utf8'), type: path.endsWith('.map') ? 'json' : 'js' };
    },
    async serverStop() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}
