// `npm run wordpress:zip` writes integrations/wordpress/booking-widget.zip: the plugin with the built script in it, the
// same bytes for the same sources. `-- --contributors=ada,grace` names the wordpress.org accounts of its authors.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { zipOf } from '../tools/release/archives.js';
import { wordpressFiles } from '../tools/release/wordpress-plugin.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const ZIP = 'integrations/wordpress/booking-widget.zip';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
if (!existsSync(`dist/v${version}`)) throw new Error('dist is not there: run "npm run build" first');

const { values } = parseArgs({ options: { contributors: { type: 'string' } } });
if (values.contributors !== undefined && !/^[\w-]+(, ?[\w-]+)*$/.test(values.contributors))
  throw new Error(
    `--contributors are names of accounts with commas between them, not "${values.contributors}"`,
  );

const files = wordpressFiles('dist', version, values.contributors);
const zip = zipOf(files);
writeFileSync(ZIP, zip);
console.log(`${ZIP}: ${files.size} files, ${Math.round(zip.length / 1000)} kB`);
