// `npm run build`: everything in dist/. The script-tag files and their chunks with Vite, the modules for npm with tsc.
// `-- --out=FOLDER` builds into another folder.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { MODES } from '../vite.config.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** Writes only what differs, so that a build does not look like a change. */
function writeVersion(): void {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  const text = `/** The version in package.json; \`npm run build\` writes it here, and a test holds the two equal. */
export const VERSION = '${version}';
`;
  if (readFileSync('src/version.ts', 'utf8') !== text) writeFileSync('src/version.ts', text);
}

/** Types of the bundled entries at the top of the modules: those of the unbundled ones. */
function writeEntryTypes(modules: string): void {
  for (const name of ['index', 'define', 'auto', 'lazy']) {
    // `define` and `lazy` export nothing.
    const text = `${/^(define|lazy)$/.test(name) ? 'import' : 'export * from'} './entries/${name}.js';\n`;
    writeFileSync(join(modules, `${name}.d.ts`), text);
  }
}

/** The notices of the packages that browsers fetch as part of our files; no comment in a file repeats them. */
const BUNDLED = ['lit', '@lit/reactive-element', 'idb-keyval', 'web-vitals'];

function writeLicenses(folder: string): void {
  const notices = BUNDLED.map((name) => {
    const file = ['LICENSE', 'LICENCE'].find((each) => existsSync(`node_modules/${name}/${each}`));
    if (!file) throw new Error(`${name} has no licence file`);
    return `${name}\n\n${readFileSync(`node_modules/${name}/${file}`, 'utf8').trim()}\n`;
  });
  writeFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));
}

const { values } = parseArgs({ options: { out: { type: 'string' } } });

writeVersion();
// Built in another folder and moved when it is complete: a build that fails, or is under way, removes no file.
const outDir = `node_modules/.dist-${process.pid}`;
try {
  for (const mode of MODES) await build({ mode, build: { outDir } });
  const tsc = [
    'node_modules/typescript/bin/tsc',
    '-p',
    'tsconfig.build.json',
    '--outDir',
    join(outDir, 'esm'),
  ];
  execFileSync(process.execPath, tsc, { stdio: 'inherit' });
  writeEntryTypes(join(outDir, 'esm'));
  writeLicenses(outDir);
  if (values.out === undefined) {
    rmSync('dist', { recursive: true, force: true });
    renameSync(outDir, 'dist');
  } else cpSync(outDir, values.out, { recursive: true });
} finally {
  rmSync(outDir, { recursive: true, force: true });
}
