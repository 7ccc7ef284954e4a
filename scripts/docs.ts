// `npm run docs`: the documentation as a static site in docs/.vitepress/dist, from docs/ and the built product. Fails where a link leads
// nowhere, an anchor is missing, or a page would fetch something from another origin. `DOCS_BASE=/path/` is where the host has it.
// `-- --serve` serves the pages while they are written.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, createServer } from 'vitepress';
import { checkLinks } from '../tools/docs/check-links.js';
import { llmsText } from '../tools/docs/llms.js';
import { addProduct, SITE } from '../tools/docs/site.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const { values } = parseArgs({ options: { serve: { type: 'boolean', default: false } } });
const base = process.env['DOCS_BASE'] ?? '/';

if (values.serve) {
  const server = await createServer('docs');
  await server.listen();
  server.printUrls();
} else {
  await build('docs');
  addProduct('dist', SITE);
  writeFileSync(join(SITE, 'llms.txt'), llmsText(base));
  const findings = checkLinks(SITE, base);
  for (const finding of findings) console.error(finding);
  if (findings.length > 0) process.exitCode = 1;
}
