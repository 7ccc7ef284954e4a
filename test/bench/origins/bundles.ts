import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What an app's own script is: named by the contender that has it. */
const ENTRIES: Readonly<Record<string, string>> = {
  'react-calendly': fileURLToPath(new URL('./react-calendly-app.ts', import.meta.url)),
  module: fileURLToPath(new URL('../../../dist/esm/entries/lazy.js', import.meta.url)),
};

/** Bundles the apps of the contenders that have one, as a site's own build does: file name → content. */
export async function bundledApps(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const [name, entry] of Object.entries(ENTRIES)) {
    const built = await build({
      root: ROOT,
      configFile: false,
      logLevel: 'error',
      mode: 'production',
      base: '/app/',
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        write: false,
        target: 'es2022',
        modulePreload: false,
        cssCodeSplit: false,
        rolldownOptions: {
          input: entry,
          output: {
            entryFileNames: `${name}.js`,
            chunkFileNames: `${name}-[name].js`,
            assetFileNames: `${name}.[ext]`,
          },
        },
      },
    });
    for (const { output } of [built].flat() as Rolldown.RolldownOutput[])
      for (const file of output)
        files.set(file.fileName, file.type === 'chunk' ? file.code : String(file.source));
  }
  return files;
}
