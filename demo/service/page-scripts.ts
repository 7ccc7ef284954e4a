import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { BrowserFile } from './browser-files.js';
import { PAGE_DIR } from './page-shell.js';

/** Entries of the page's scripts, without their ending. */
const ENTRIES = ['booker', 'noise-page'];

async function bundle(): Promise<ReadonlyMap<string, BrowserFile>> {
  // Loaded lazily, because only pages need the build tool: a client of the API does not wait for it.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: ENTRIES.map((name) => join(PAGE_DIR, `${name}.ts`)),
    outdir: PAGE_DIR,
    write: false,
    bundle: true,
    format: 'esm',
    target: 'es2022',
  });
  return new Map(
    outputFiles.map(({ path, text }) => [
      basename(path),
      {
        body: text,
        type: 'text/javascript; charset=utf-8',
        etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 20)}"`,
      },
    ]),
  );
}

let scripts: ReturnType<typeof bundle> | undefined;

/**
 * A script of the scheduling page with all that it imports, as hosted pages serve theirs; null where there is none of
 * this name. Bundled once for each process.
 */
export const pageScript = async (name: string): Promise<BrowserFile | null> =>
  ENTRIES.includes(name.replace(/\.js$/, '')) ? ((await (scripts ??= bundle())).get(name) ?? null) : null;
