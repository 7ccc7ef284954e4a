import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  defineConfig,
  type BuildEnvironmentOptions,
  type LibraryOptions,
  type Plugin,
  type UserConfig,
} from 'vite';
import { compactTemplates } from './tools/compact-templates.js';
import { minifyFurther } from './tools/minify-further.js';
import { inlineLazyParts } from './tools/inline-lazy-parts.js';
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

/** Files that are fetched when they are needed lie in a folder that is named after the version, and never change. */
const folder = `v${version}`;

/**
 * What they are called; a module that is named nowhere here gives its own name. The script tag's door asks for some of
 * them, so no name carries a hash.
 */
const FILES: readonly (readonly [module: RegExp, file: string])[] = [
  [/.*\/providers\/(\w+)(-com|-frame)?\.ts$/, 'provider-$1'],
  [/.*\/locales\/(\w+)\.ts$/, 'locale-$1'],
  [/.*\/native-times\.ts$/, 'times'],
  [/.*\/popup\.ts$/, 'dialog'],
  [/.*\/metrics\/reporting\.ts$/, 'metrics'],
];

const fileOf = (module: string | null, name: string): string => {
  const rule = FILES.find(([pattern]) => pattern.test(module ?? ''));
  return rule && module ? module.replace(rule[0], rule[1]) : name;
};

/** What the script tag's door imports by name, next to the parts that the element imports lazily. */
const doorParts: Readonly<Record<string, string>> = {
  '/src/loader/chunks/element.ts': 'element',
  '/src/loader/chunks/links.ts': 'links',
};

const doorPart = (module: string): string | undefined =>
  Object.entries(doorParts).find(([end]) => module.endsWith(end))?.[1];

/** The files that would each need a copy of a module, if files could not share. */
function filesWith(
  module: string,
  build: Pick<PluginContext, 'getModuleInfo'>,
  seen = new Set<string>(),
): string[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const info = build.getModuleInfo(module);
  if (info?.isEntry) return ['links']; // the module's door, which imports that file too
  const own = doorPart(module) ?? (info?.dynamicImporters.length ? module : undefined);
  return own ? [own] : (info?.importers ?? []).flatMap((importer) => filesWith(importer, build, seen));
}

/**
 * What several files need comes with the element, never in a file of its own: then every part needs nothing but the
 * element, and all of them can be fetched at the same time.
 */
const groups: OutputOptions['codeSplitting'] = {
  groups: [
    {
      debugName: 'element and links',
      name: (module, build) => {
        const files = new Set(filesWith(module, build));
        return files.size > 1 ? 'element' : (doorPart(module) ?? null);
      },
    },
  ],
};

const library = (lib: LibraryOptions, output: OutputOptions, ...plugins: Plugin[]): UserConfig => ({
  publicDir: false,
  logLevel: 'warn',
  plugins: [compactTemplates(), retryableImports(), ...plugins, minifyFurther()],
  build: {
    lib,
    target: 'es2020',
    outDir: 'dist',
    emptyOutDir: false,
    sourcemap: 'hidden', // the line that names the map would cost the door more than a per cent
    reportCompressedSize: false,
    rolldownOptions: {
      output: { minify: true, ...output },
      // Minifying further takes most of a build's time, and every build would say so.
      checks: { bundlerTimings: false },
      // A library's class fields become plain assignments instead of calls of a helper.
      transform: { target: 'es2020', assumptions: { setPublicClassFields: true } },
    },
  },
});

/**
 * The one file leaves beside it what few ask for: other languages, the words for `debug`, the page's vitals in reports,
 * holding times, keeping them live, the rarer providers. Without them it is whole, and a fifth smaller.
 */
const BESIDE =
  /^(\.\.?\/)+(\w+\/)*((?!en\.)[a-z]{2}|explain|slot-hold|live-times|page-vitals|recognize-others)\.js$/;

const leaveBeside = (): Plugin => ({
  name: 'leave-beside',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (!importer || !BESIDE.test(source)) return null;
    const module = await this.resolve(source, importer, { skipSelf: true });
    const name = basename(source, '.js');
    return module && { id: `./${folder}/${fileOf(module.id, name)}.js`, external: true };
  },
  // A classic script from another origin may not import from where it is without saying where that is.
  renderChunk: (code) => ({
    code: code.replace(
      /\bimport\((["'`])\.\/([^"'`]+)\1\)/g,
      'import(globalThis[Symbol.for("booking-widget")].base+"$2")',
    ),
    map: null,
  }),
});

const classic = (entry: string, file: string, ...plugins: Plugin[]): UserConfig =>
  library(
    { entry, formats: ['iife'], name: 'unused', fileName: () => file },
    { codeSplitting: false },
    ...plugins,
  );

/** Where the dashboard's files lie below `dist`. */
const CLIENT = 'esm/server/dashboard/client';

/** The companion's dashboard, beside the module that serves it. It is fetched by the owner alone: no budget of bytes. */
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
    inlineLazyParts((source) => BESIDE.test(source)),
  ),
  modules: library(
    { entry: 'src/entries/auto.ts', formats: ['es'] },
    {
      entryFileNames: 'booking-widget.mjs',
      chunkFileNames({ facadeModuleId, moduleIds, name }) {
        // A part that others import from as well has no facade, but is made of one module all the same.
        const [only = null, ...more] = moduleIds.filter((module) => module.endsWith('.ts'));
        return `${folder}/${fileOf(facadeModuleId ?? (more.length ? null : only), name)}.js`;
      },
      codeSplitting: groups,
    },
  ),
};

/** `vite build --mode …` makes one of these; `npm run build` makes them all. */
export const MODES = Object.keys(configs);

export default defineConfig(({ mode }) => (configs as Readonly<Record<string, UserConfig>>)[mode] ?? {});
