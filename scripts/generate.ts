// `npm run generate` writes everything that is made from the sources: the custom elements manifest, editor data, types for
// template languages, the WordPress plugin's vocabulary, the event reference, the companion's OpenAPI document, the modules with minified style sheets, and the tables and quoted files in the guides.
// `-- --check` writes nothing and fails where a file is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { attributeTypes } from '../tools/generated/attribute-types.js';
import { vsCodeData, webTypes } from '../tools/generated/editor-data.js';
import { eventReference } from '../tools/generated/event-reference.js';
import { fileAddresses } from '../tools/generated/file-addresses.js';
import { callingCodesModule } from '../tools/generated/calling-codes.js';
import { createManifest } from '../tools/generated/manifest.js';
import { withQuotes } from '../tools/generated/quotes.js';
import { moduleOf, STYLE_SHEETS, styleModule } from '../tools/generated/style-sheets.js';
import { openApiDocument } from '../src/server/openapi/document.js';
import { routesTable } from '../tools/generated/routes-table.js';
import { providerPages } from '../tools/generated/provider-pages.js';
import { allProviders, tablesOf, withTables } from '../tools/generated/tables.js';
import { schedulingPagesPhp, vocabularyPhp } from '../tools/generated/wordpress.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const guides = [
  'README.md',
  ...(existsSync('docs') ? readdirSync('docs', { recursive: true, encoding: 'utf8' }) : [])
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
].filter((file) => existsSync(file));

const { element, manifest } = await createManifest();
const about = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };
const tables = { ...(await tablesOf(element)), ...fileAddresses(about.version), routes: routesTable() };

const files: Record<string, string> = {
  'custom-elements.json': JSON.stringify(manifest),
  'editor/vscode.html-custom-data.json': JSON.stringify(vsCodeData(element)),
  'editor/web-types.json': JSON.stringify(webTypes(element, about)),
  'docs/openapi.json': JSON.stringify(openApiDocument()),
  'types/attributes.d.ts': attributeTypes(element),
  'integrations/wordpress/plugin/includes/scheduling-pages.php': schedulingPagesPhp(),
  'integrations/wordpress/plugin/includes/vocabulary.php': vocabularyPhp(element),
};
for (const guide of guides) files[guide] = withQuotes(withTables(readFileSync(guide, 'utf8'), tables));
files['docs/events.md'] = eventReference();
files['src/widget/booking/calling-codes.ts'] = callingCodesModule();
Object.assign(files, providerPages(await allProviders()));
for (const [file, name] of Object.entries(STYLE_SHEETS))
  files[moduleOf(file)] = styleModule(file, readFileSync(file, 'utf8'), name);

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
for (const [file, text] of Object.entries(files)) {
  // Prettier knows no PHP.
  const wanted = file.endsWith('.php')
    ? text
    : await format(text, { ...(await resolveConfig(file)), filepath: file });
  if (existsSync(file) && readFileSync(file, 'utf8') === wanted) continue;
  if (values.check) {
    console.error(`${file} does not say what the sources say: run "npm run generate" and commit it.`);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, wanted);
    console.log(`wrote ${file}`);
  }
}
