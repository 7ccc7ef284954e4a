// `npm run size`: what visitors download, against what they may have to. Builds first when the sources are newer.
// zlib is what servers compress with, and a budget here is a sum over parts, which size-limit cannot explain as well.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

/** Bytes after brotli (quality 11); 1 kB is 1000 bytes. A part that ends in `*` stands for its largest file. */
const BUDGETS: readonly {
  readonly what: string;
  readonly parts: readonly string[];
  readonly limit: number;
}[] = [
  { what: 'before a widget is near', parts: ['booking-widget.js'], limit: 2000 },
  // Beside the line above: the element, one provider and the failure view.
  { what: 'until the calendar is ready', parts: ['element', 'provider-*'], limit: 12_000 },
  { what: 'native times add', parts: ['times'], limit: 8000 },
  { what: 'live times add', parts: ['live-times'], limit: 1000 },
  { what: 'the owner’s view adds', parts: ['owner-view'], limit: 2500 },
  { what: 'metrics add', parts: ['metrics'], limit: 4000 },
  { what: 'the dialog adds', parts: ['dialog'], limit: 2000 },
  { what: 'links and boxes add', parts: ['links'], limit: 1500 },
  { what: 'another language adds', parts: ['locale-*'], limit: 1000 },
  { what: 'everything in one file', parts: ['booking-widget.all.js'], limit: 26_000 },
];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));

const changedAt = (file: string): number => statSync(file).mtimeMs;

const built = 'dist/booking-widget.mjs'; // the last one that Vite writes
const sources = [...filesIn('src'), 'vite.config.ts', 'package.json', 'package-lock.json'];
if (!existsSync(built) || sources.some((file) => changedAt(file) > changedAt(built)))
  execFileSync('npm', ['run', 'build', '--silent'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
const folder = join('dist', `v${version}`);
const names = readdirSync(folder).filter((name) => name.endsWith('.js'));

const compressed = (file: string): number =>
  brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

interface Part {
  readonly name: string;
  readonly bytes: number;
}

/** The file a part stands for; no bytes where it was not built, which no budget allows. */
function measure(part: string): Part {
  if (part.endsWith('.js')) return { name: part, bytes: compressed(join('dist', part)) };
  const [start = '', wild] = part.split('*');
  const matching = names.filter((name) =>
    wild === undefined ? name === `${part}.js` : name.startsWith(start),
  );
  const files = matching.map((name) => ({ name, bytes: compressed(join(folder, name)) }));
  return files.sort((a, b) => b.bytes - a.bytes)[0] ?? { name: `${part}.js is missing`, bytes: NaN };
}

const kB = (bytes: number): string => (bytes / 1000).toFixed(2).padStart(6);

let broken = 0;
for (const { what, parts, limit } of BUDGETS) {
  const measured = parts.map(measure);
  const bytes = measured.reduce((sum, part) => sum + part.bytes, 0);
  const holds = bytes <= limit;
  if (!holds) broken++;
  const sum = measured.map((part) =>
    measured.length > 1 ? `${part.name} ${kB(part.bytes).trim()}` : part.name,
  );
  console.log(`${holds ? '✓' : '✗'} ${what.padEnd(28)}${kB(bytes)} of ${kB(limit)} kB   ${sum.join(' + ')}`);
}
if (broken > 0) {
  process.exitCode = 1;
  console.log(`
Too much to download. See what grew with:  npx vite build --mode modules --logLevel info
Make it smaller: move what is not needed at once behind import(), or write it shorter. If visitors gain more than the
bytes cost them, raise the limit in scripts/size.ts in the same commit, and say in the changelog what they gain.`);
}
