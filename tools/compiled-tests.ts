import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { compiledIn } from './program.js';

/** What tests start as processes of their own, again and again. */
const PROGRAMS = [
  'demo/service/main.ts',
  'src/server/bin.ts',
  'test/chaos/settable-clock.ts',
  'test/companion/dies-at-work.ts',
  'test/companion/hogs-the-store.ts',
  'test/companion/writes-once.ts',
];

/**
 * Packages that are hundreds of modules of plain JavaScript. Linking them took a third of the processor time of each start.
 * The others stay outside: some have native parts, or look for files beside them.
 */
const BUNDLED = /^(kysely|hono|@hono\/node-server|zod|cockatiel|lru-cache)(\/|$)/;

const packages: Plugin = {
  name: 'packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || BUNDLED.test(path) ? undefined : { path, external: true },
    );
  },
};

/** Its path is no literal, for bundlers that must not follow it; here it is followed. */
const NODE_RUNTIME = {
  file: /\/src\/server\/load-node-runtime\.ts$/,
  contents: `export const loadNodeRuntime = async () => (await import('./on-node/runtime.js')).runtime;`,
};

/** Files that lie beside a source are found from there, wherever its compiled form lies. */
const sourceAddresses: Plugin = {
  name: 'source-addresses',
  setup({ onLoad }) {
    onLoad({ filter: NODE_RUNTIME.file }, () => ({ contents: NODE_RUNTIME.contents, loader: 'ts' }));
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const address = JSON.stringify(pathToFileURL(path).href);
      return { contents: text.replaceAll('import.meta.url', address), loader: 'ts' };
    });
  },
};

export interface Compiled {
  readonly folder: string;
  /** The source of a compiled file, relative to the working directory. */
  source(compiled: string): string;
  remove(): void;
}

/**
 * Compiles test files and what they import once for all of them; each would otherwise compile and link several hundred
 * modules in its own process. `docs/decisions/0190-node-tests-are-compiled-once.md`
 *
 * @param files relative to the working directory
 */
export const compileTests = (files: readonly string[]): Promise<Compiled> =>
  compile([...new Set([...files, ...PROGRAMS])]);

/**
 * Compiles programs of the repository into a folder of their own.
 *
 * @param files relative to the working directory
 */
export async function compile(files: readonly string[]): Promise<Compiled> {
  const cache = 'node_modules/.cache';
  mkdirSync(cache, { recursive: true });
  const folder = resolve(mkdtempSync(join(cache, 'node-tests-')));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  await build({
    entryPoints: [...files],
    outbase: '.',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'shared/[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'warning',
    plugins: [packages, sourceAddresses],
  }).catch((cause: unknown) => {
    remove();
    throw cause;
  });
  const sources = new Map(files.map((file) => [compiledIn(folder, file), file]));
  return { folder, source: (compiled) => sources.get(compiled) ?? relative(process.cwd(), compiled), remove };
}
