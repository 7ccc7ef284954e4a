// `npm run wordpress:zip` writes integrations/wordpress/booking-widget.zip: the plugin with the built script in it, the
// same bytes for the same sources. `-- --contributors=ada,grace` names the wordpress.org accounts of its authors.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { zipSync, type Zippable } from 'fflate';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const PLUGIN = 'integrations/wordpress/plugin';
const ZIP = 'integrations/wordpress/booking-widget.zip';

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll('\\', '/'))
    .sort();

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
if (!existsSync(`dist/v${version}`)) throw new Error('dist is not there: run "npm run build" first');

const { values } = parseArgs({ options: { contributors: { type: 'string' } } });
if (values.contributors !== undefined && !/^[\w-]+(, ?[\w-]+)*$/.test(values.contributors))
  throw new Error(
    `--contributors are names of accounts with commas between them, not "${values.contributors}"`,
  );

/** Author in the plugin directory. Empty, because any name could be an account of another person. */
const withContributors = (readme: string): string =>
  readme.replace(/^Contributors: .*\n/m, values.contributors ? `Contributors: ${values.contributors}\n` : '');

/** The placeholder for the version in the sources of the plugin. */
const UNSTAMPED = /\b0\.0\.0\b/g;

const files = new Map<string, string>();
for (const name of filesIn(PLUGIN)) {
  const text = readFileSync(join(PLUGIN, name), 'utf8');
  const stamped = /^(booking-widget\.php|readme\.txt)$/.test(name) ? text.replace(UNSTAMPED, version) : text;
  files.set(name, name === 'readme.txt' ? withContributors(stamped) : stamped);
}
for (const name of filesIn('dist'))
  if (/^(booking-widget(\.all)?|v[\d.]+\/[\w-]+)\.js$/.test(name))
    files.set(`dist/${name}`, readFileSync(join('dist', name), 'utf8'));
// The plugin directory requires readable code.
for (const name of filesIn('src'))
  if (!name.startsWith('server/')) files.set(`source/${name}`, readFileSync(join('src', name), 'utf8'));
files.set('license.txt', readFileSync('LICENSE', 'utf8'));

const encoder = new TextEncoder();
const zip: Zippable = {};
for (const [name, text] of files) zip[`booking-widget/${name}`] = encoder.encode(text);
// A zip knows no time zones: local midnight is written as midnight everywhere.
writeFileSync(ZIP, zipSync(zip, { level: 9, mtime: new Date(1980, 0, 1) }));
console.log(`${ZIP}: ${files.size} files, ${Math.round(statSync(ZIP).size / 1000)} kB`);
