import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn, webFiles, type Files } from './files.js';

const PLUGIN = 'integrations/wordpress/plugin';

/** The placeholder for the version in the sources of the plugin. */
const UNSTAMPED = /\b0\.0\.0\b/g;

/**
 * The files of the WordPress plugin with the built script in it. `contributors`: accounts on wordpress.org of its authors,
 * with commas between them; none by default, because any name could be an account of another person.
 */
export function wordpressFiles(dist: string, version: string, contributors = ''): Files {
  const files = new Map<string, Buffer>();
  for (const name of filesIn(PLUGIN)) {
    const text = readFileSync(join(PLUGIN, name), 'utf8');
    const stamped = /^(booking-widget\.php|readme\.txt)$/.test(name)
      ? text.replace(UNSTAMPED, version)
      : text;
    const written =
      name === 'readme.txt'
        ? stamped.replace(/^Contributors: .*\n/m, contributors && `Contributors: ${contributors}\n`)
        : stamped;
    files.set(name, Buffer.from(written));
  }
  for (const [name, bytes] of webFiles(dist)) if (name.endsWith('.js')) files.set(`dist/${name}`, bytes);
  // The plugin directory requires readable code.
  for (const name of filesIn('src'))
    if (!name.startsWith('server/')) files.set(`source/${name}`, readFileSync(join('src', name)));
  files.set('license.txt', readFileSync('LICENSE'));
  return new Map([...files].map(([name, bytes]) => [`booking-widget/${name}`, bytes]));
}
