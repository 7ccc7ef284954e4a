// `npm run size`: what visitors download, against its limits and against the sizes recorded in scripts/sizes.json. Builds
// first when the sources are newer. `-- --write` records today's sizes. zlib is what servers compress with, and a limit
// here is a sum over chunks, which size-limit cannot express.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';

/** Bytes after brotli (quality 11); 1 kB is 1000 bytes. A name with `*` means the largest matching file. */
const LIMITS: readonly {
  readonly what: string;
  readonly files: readonly string[];
  readonly limit: number;
  /** The limit does not hold yet: it is shown as missed, and until it holds the recorded sizes are the gate. */
  readonly isMissed?: true;
}[] = [
  { what: 'the loader, on every page', files: ['booking-widget.js'], limit: 2200 },
  // Beside the loader; the failure view is in the element.
  {
    what: 'until the calendar is ready',
    files: ['element.js', 'provider-*.js'],
    limit: 18_000,
    isMissed: true,
  },
  // The picker is fetched while the slots are being requested.
  { what: 'slots and picker add', files: ['slots.js', 'picker.js'], limit: 10_000, isMissed: true },
  // Beside the element, where the browser can request slots before it is there.
  { what: 'early slots add', files: ['early.js'], limit: 2900 },
  { what: 'the booking form adds', files: ['form.js'], limit: 9000 },
  { what: 'the dialog adds', files: ['dialog.js'], limit: 2500 },
  { what: 'metrics add', files: ['metrics.js', 'page-vitals.js'], limit: 4000 },
  { what: 'everything in one file', files: ['booking-widget.all.js'], limit: 38_000, isMissed: true },
];

/** A file may grow by this share, or by these few bytes where that is more, before the record has to be changed. */
const GROWTH = 0.02;
const GROWTH_BYTES = 20;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const RECORD = 'scripts/sizes.json';

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));

const changedAt = (file: string): number => statSync(file).mtimeMs;

const built = 'dist/booking-widget.mjs'; // the last one that Vite writes
const sources = [
  ...filesIn('src'),
  ...filesIn('tools'),
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];
if (!existsSync(built) || sources.some((file) => changedAt(file) > changedAt(built)))
  execFileSync('npm', ['run', 'build', '--silent'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });

const compressed = (file: string): number =>
  brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/** Every file a browser fetches: those at the top, and the chunks, whose folder is named after the version. */
function measureAll(): Map<string, number> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  const sizes = new Map<string, number>();
  for (const folder of ['dist', join('dist', `v${version}`)])
    for (const name of readdirSync(folder).sort())
      if (/\.m?js$/.test(name)) sizes.set(name, compressed(join(folder, name)));
  return sizes;
}

const sizes = measureAll();
const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
if (values.write) writeFileSync(RECORD, `${JSON.stringify(Object.fromEntries(sizes), null, 2)}\n`);

/** Size of the largest file that a name matches; NaN where none was built, which fails every limit. */
function largest(pattern: string): readonly [name: string, bytes: number] {
  const [start = '', end] = pattern.split('*');
  const matching = [...sizes].filter(([name]) =>
    end === undefined ? name === pattern : name.startsWith(start) && name.endsWith(end),
  );
  return matching.sort(([, a], [, b]) => b - a)[0] ?? [`${pattern} is missing`, NaN];
}

const kB = (bytes: number): string => (bytes / 1000).toFixed(2).padStart(6);

let overLimit = 0;
for (const { what, files, limit, isMissed } of LIMITS) {
  const measured = files.map(largest);
  const bytes = measured.reduce((sum, [, size]) => sum + size, 0);
  const holds = bytes <= limit;
  if (!holds && !isMissed) overLimit++;
  const sum = measured.map(([name, size]) => (measured.length > 1 ? `${name} ${kB(size).trim()}` : name));
  console.log(
    `${holds ? '✓' : '✗'} ${what.padEnd(28)}${kB(bytes)} of ${kB(limit)} kB   ${sum.join(' + ')}${!holds && isMissed ? '   (missed, docs/decisions/0131)' : ''}`,
  );
}
if (overLimit > 0)
  console.log(`
Above the limit. See what is in a chunk with:  npx vite build --mode modules --logLevel info
Move what is not needed at once behind import(), or write it shorter. If visitors gain more than the bytes cost them, raise
the limit in scripts/size.ts in the same commit, and say in CHANGELOG.md what they gain.`);

const recorded = new Map(
  Object.entries(JSON.parse(readFileSync(RECORD, 'utf8')) as Readonly<Record<string, number>>),
);
const percent = (now: number, before: number): string => `${(((now - before) / before) * 100).toFixed(1)} %`;
const changes: string[] = [];
for (const [name, now] of sizes) {
  const before = recorded.get(name);
  if (before === undefined) changes.push(`${name} is new: ${now} bytes`);
  else if (now - before > Math.max(before * GROWTH, GROWTH_BYTES))
    changes.push(`${name} grew by ${percent(now, before)}: ${before} → ${now} bytes`);
}
for (const name of recorded.keys()) if (!sizes.has(name)) changes.push(`${name} is recorded, but not built`);
if (changes.length > 0)
  console.log(`
${changes.map((change) => `✗ ${change}`).join('\n')}
The sizes in ${RECORD} no longer hold. If the change is meant, record it with  npm run size -- --write  and commit the
record together with what caused it.`);
else console.log(`✓ no file grew by more than ${GROWTH * 100} % (${RECORD})`);
process.exitCode = overLimit + changes.length > 0 ? 1 : 0;
