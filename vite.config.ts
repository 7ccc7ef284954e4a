import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import MagicString from 'magic-string';
import {
  defineConfig,
  type BuildEnvironmentOptions,
  type LibraryOptions,
  type Plugin,
  type UserConfig,
} from 'vite';
import { inlineBundlerHelper } from './tools/inline-bundler-helper.js';
import { retryableImports } from './tools/retryable-imports.js';

/** What Vite's bundler lets a plug-in ask about a build. */
type PluginContext = ThisParameterType<Extract<Plugin['buildEnd'], (...words: never[]) => unknown>>;

type OutputOptions = Extract<
  NonNullable<NonNullable<BuildEnvironmentOptions['rolldownOptions']>['output']>,
  { readonly format?: unknown }
>;

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

/** Chunks are in a folder that is named after the version, and never change. */
const folder = `v${version}`;

/**
 * File names of chunks; a module that no pattern matches gives its own name. The loader requests some of them by name, so
 * no name has a hash.
 */
const FILES: readonly (readonly [module: RegExp, file: string])[] = [
  [/.*\/providers\/((\w+)[\w-]*)\/\1\.ts$/, 'provider-$2'],
  [/.*\/providers\/(\w+)[\w-]*\/(\w+)\.ts$/, '$1-$2'],
  [/.*\/providers\/(\w+)(-com|-frame)?\.ts$/, 'provider-$1'],
  [/.*\/locales\/languages\/([\w-]+)\.ts$/, 'locale-$1'],
  [/.*\/slots-chunk\.ts$/, 'slots'],
  [/.*\/picker-chunk\.ts$/, 'picker'],
  [/.*\/dialog-chunk\.ts$/, 'dialog'],
  [/.*\/form-chunk\.ts$/, 'form'],
  [/.*\/details-chunk\.ts$/, 'details'],
  [/.*\/metrics\/reporting\.ts$/, 'metrics'],
  [/.*\/observers-chunk\.ts$/, 'observers'],
];

const fileOf = (module: string | null, name: string): string => {
  const rule = FILES.find(([pattern]) => pattern.test(module ?? ''));
  return rule && module ? module.replace(rule[0], rule[1]) : name;
};

/** What the loader imports by name, beside the chunks that the element imports lazily. */
const LOADER_CHUNKS: Readonly<Record<string, string>> = {
  '/src/loader/chunks/element.ts': 'element',
  '/src/loader/chunks/links.ts': 'links',
};

const loaderChunk = (module: string): string | undefined =>
  Object.entries(LOADER_CHUNKS).find(([end]) => module.endsWith(end))?.[1];

/** The files that would each need a copy of a module, if files could not share. */
function filesWith(
  module: string,
  build: Pick<PluginContext, 'getModuleInfo'>,
  seen = new Set<string>(),
): string[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const info = build.getModuleInfo(module);
  if (info?.isEntry) return ['links']; // `auto` imports that file, too
  const own = loaderChunk(module) ?? (info?.dynamicImporters.length ? module : undefined);
  return own ? [own] : (info?.importers ?? []).flatMap((importer) => filesWith(importer, build, seen));
}

/** The same without files that only another one of them imports lazily: they can take the module from that one. */
function ownersOf(module: string, build: Pick<PluginContext, 'getModuleInfo'>): readonly string[] {
  const files = [...new Set(filesWith(module, build))];
  return files.filter((file) => {
    const parents = (build.getModuleInfo(file)?.dynamicImporters ?? []).flatMap((importer) =>
      filesWith(importer, build),
    );
    return !parents.length || !parents.every((parent) => parent !== file && files.includes(parent));
  });
}

/** Chunks that share modules with chunks that only they import: both together would be one more file. */
const SHARING_CHUNKS = /\/(observers|slots)-chunk\.ts$/;

/**
 * What several files need is in the element's file, never in a file of its own: then every chunk needs nothing but the
 * element, and all of them can be fetched at the same time.
 */
const groups: OutputOptions['codeSplitting'] = {
  groups: [
    {
      debugName: 'element and links',
      name: (module, build) => {
        const files = ownersOf(module, build);
        if (files.length > 1) return 'element';
        // What one file shares with those that it imports is part of that file.
        const [only] = files;
        return (
          loaderChunk(module) ??
          // What it shares with the chunks it imports would be one more chunk that has to be fetched after it.
          SHARING_CHUNKS.exec(module)?.[1] ??
          (only && new Set(filesWith(module, build)).size > 1 ? fileOf(only, 'element') : null)
        );
      },
    },
  ],
};

const library = (lib: LibraryOptions, output: OutputOptions, plugins: Plugin[] = []): UserConfig => ({
  publicDir: false,
  logLevel: 'warn',
  plugins,
  build: {
    lib,
    target: 'es2020',
    outDir: 'dist',
    emptyOutDir: false,
    sourcemap: 'hidden', // the line that names the map would add more than a per cent to the loader
    reportCompressedSize: false,
    rolldownOptions: {
      optimization: { inlineConst: { mode: 'all', pass: 2 } },
      output: { minify: true, comments: false, ...output },
      // A library's class fields become plain assignments instead of calls of a helper.
      transform: { target: 'es2020', assumptions: { setPublicClassFields: true } },
    },
  },
});

/**
 * What few pages need stays beside the one file: what loads the other languages, the words for `debug`, the page's vitals
 * in reports, holding a slot, live updates, the picker's keys and its search, the rarer providers; and the booking form,
 * without which the provider's page is booked on. Modules that are imported lazily, by their path below
 * `src/widget`.
 */
const BESIDE: readonly RegExp[] = [
  /^locales\/load-strings\.ts$/,
  /^observers\/(debug-log|slot-hold|live-updates)\.ts$/,
  /^providers\/cal-com\/(hold|booking)\.ts$/,
  /^form-chunk\.ts$/,
  /^booking\/companion-booking\.ts$/,
  /^metrics\/page-vitals\.ts$/,
  /^views\/picker-tools\.ts$/,
  /^providers\/recognize-others\.ts$/,
];

/**
 * Puts every other lazily imported module into the one file as if it were imported at once. The bundler would wrap each of
 * them, and all that only they import, in a function that runs it at the first `import()`.
 */
const leaveBeside = (): Plugin => {
  const unused = new Set(BESIDE);
  return {
    name: 'leave-beside',
    enforce: 'post',
    async transform(code, id) {
      if (!/\/src\/.*\.ts$/.test(id)) return null;
      const result = new MagicString(code);
      for (const { 0: call, 1: source = '', index } of code.matchAll(/\bimport\(["'`](\.[^"'`]+)["'`]\)/g)) {
        const module = await this.resolve(source, id);
        const path = module?.id.replace(/.*\/src\/widget\//, '') ?? '';
        const pattern = BESIDE.find((each) => each.test(path));
        if (pattern) {
          unused.delete(pattern);
          const file = `./${folder}/${fileOf(module?.id ?? null, basename(path, '.ts'))}.js`;
          result.overwrite(index, index + call.length, `import("${file}")`);
        } else {
          const name = `chunk${index}`;
          result.prepend(`import * as ${name} from "${source}";`);
          result.overwrite(index, index + call.length, `Promise.resolve(${name})`);
        }
      }
      return result.hasChanged()
        ? { code: result.toString(), map: result.generateMap({ hires: true }) }
        : null;
    },
    resolveId: (source) => (source.startsWith(`./${folder}/`) ? { id: source, external: true } : null),
    buildEnd() {
      if (unused.size > 0) this.error(`no lazily imported module matches ${[...unused].join(' and ')}`);
    },
  };
};

/** The folder of a classic script: one from another origin may not import by a relative address. */
const SCRIPT_FOLDER = 'globalThis[Symbol.for("booking-widget")].base';

const classic = (entry: string, file: string, ...plugins: Plugin[]): UserConfig =>
  library(
    { entry, formats: ['iife'], name: 'unused', fileName: () => file },
    { codeSplitting: false },
    plugins,
  );

/** Folder of the dashboard's files below `dist`. */
const CLIENT = 'esm/server/dashboard/client';

/** The companion's dashboard, beside the module that serves it. Only the owner fetches it: no limit in bytes. */
const dashboard: UserConfig = {
  publicDir: false,
  logLevel: 'warn',
  build: {
    lib: {
      entry: 'src/dashboard/main.ts',
      formats: ['es'],
      fileName: () => 'dashboard.js',
      cssFileName: 'dashboard',
    },
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        minify: true,
        assetFileNames: `${CLIENT}/[name][extname]`,
        entryFileNames: `${CLIENT}/dashboard.js`,
      },
    },
  },
};

const configs = {
  dashboard,
  loader: classic('src/entries/script-tag.ts', 'booking-widget.js'),
  all: classic(
    'src/entries/script-tag-all.ts',
    'booking-widget.all.js',
    leaveBeside(),
    retryableImports(SCRIPT_FOLDER),
  ),
  modules: library(
    { entry: 'src/entries/auto.ts', formats: ['es'] },
    {
      entryFileNames: 'booking-widget.mjs',
      chunkFileNames({ facadeModuleId, moduleIds, name }) {
        // A chunk that others import from as well has no facade, but is made of one module all the same.
        const [only = null, ...more] = moduleIds.filter((module) => module.endsWith('.ts'));
        return `${folder}/${fileOf(facadeModuleId ?? (more.length ? null : only), name)}.js`;
      },
      codeSplitting: groups,
    },
    [inlineBundlerHelper(), retryableImports()],
  ),
  // Sent for before the element, and with its own copy of what both need: a file shared with the element would have to be
  // waited for.
  early: library(
    { entry: 'src/loader/chunks/early.ts', formats: ['es'] },
    { entryFileNames: `${folder}/early.js`, codeSplitting: false },
  ),
  // The package's entries for pages that import them by path, without a bundler or an import map: with what they need of
  // other packages. Bundlers take the unbundled ones in `esm/entries`.
  entries: library(
    {
      entry: {
        index: 'src/entries/index.ts',
        define: 'src/entries/define.ts',
        auto: 'src/entries/auto.ts',
        lazy: 'src/entries/lazy.ts',
      },
      formats: ['es'],
    },
    { entryFileNames: 'esm/[name].js', chunkFileNames: 'esm/bundled/[name]-[hash].js' },
  ),
};

/** `vite build --mode …` makes one of these; `npm run build` makes them all. */
export const MODES = Object.keys(configs);

export default defineConfig(({ mode }) => (configs as Readonly<Record<string, UserConfig>>)[mode] ?? {});
