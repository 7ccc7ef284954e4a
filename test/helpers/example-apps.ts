import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { bin, makeRelease, run, tarballOf } from '../package/packed.js';

const PACKAGE = 'booking-widget-element';

/** Below node_modules, so that what the examples use besides the packed widget is the repository's own. */
const CACHE = 'node_modules/.cache';

export interface Example {
  /** Folder of a copy of the example, with the packed widget installed. */
  readonly folder: string;
  /** Runs the example's own build; with `ssr` a module for a server, which it returns. */
  build(ssr?: string): Promise<Record<string, unknown>>;
  /** A file of the built site. */
  read(path: string): Uint8Array | undefined;
  remove(): void;
}

/** Copies an example and installs the packed widget in it. `src` and `page` replace its scheduling page and `<html lang="en">`. */
export async function openExample(name: string, src: string, html: string): Promise<Example> {
  mkdirSync(CACHE, { recursive: true });
  const folder = join(process.cwd(), mkdtempSync(join(CACHE, `example-${name}-`)));
  cpSync(join('examples', name), folder, { recursive: true });
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, file);
    if (!statSync(path).isFile()) continue;
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replaceAll('https://cal.com/acme/30min', src).replace('<html lang="en">', html));
  }
  const installed = join(folder, 'node_modules', PACKAGE);
  mkdirSync(installed, { recursive: true });
  const release = await makeRelease();
  await run('tar', ['-xzf', tarballOf(release, PACKAGE), '--strip-components=1', '-C', installed]);
  rmSync(release, { recursive: true });

  const has = (file: string): boolean => existsSync(join(folder, file));
  const site = has('vite.config.js')
    ? join(folder, 'dist/client')
    : has('astro.config.js')
      ? join(folder, 'dist')
      : folder;
  return {
    folder,
    async build(ssr) {
      if (has('astro.config.js')) {
        await run(bin('astro'), ['build', '--silent'], {
          cwd: folder,
          env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
        });
        return {};
      }
      const outDir = join(folder, ssr === undefined ? 'dist/client' : 'dist/server');
      const options = { outDir, emptyOutDir: true, ...(ssr !== undefined && { ssr }) };
      await build({
        root: folder,
        configFile: join(folder, 'vite.config.js'),
        logLevel: 'error',
        build: options,
      });
      const [, stem = ''] = /([\w-]+)\.\w+$/.exec(ssr ?? '') ?? [];
      if (ssr === undefined) return {};
      return (await import(pathToFileURL(join(outDir, `${stem}.js`)).href)) as Record<string, unknown>;
    },
    read(path) {
      const file = join(site, path);
      return existsSync(file) ? readFileSync(file) : undefined;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
