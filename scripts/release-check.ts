// `npm run release:check` asks the npm registry whether both packages can be published: a name is free, or the package with
// it is ours and lacks this version. Exits with 1 otherwise. `-- --registry=URL` asks another registry.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { COMPANION, ELEMENT } from '../tools/release/addresses.js';
import { nameStatus } from '../tools/release/name-status.js';

const { values } = parseArgs({
  options: { registry: { type: 'string', default: 'https://registry.npmjs.org' } },
});
const file = fileURLToPath(new URL('../package.json', import.meta.url));
const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };

for (const name of [ELEMENT, COMPANION]) {
  const { isOpen, why } = await nameStatus(values.registry, name, version);
  console.log(`${isOpen ? '✓' : '✗'} ${name}@${version}: ${why}`);
  if (!isOpen) process.exitCode = 1;
}
