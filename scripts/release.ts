// `npm run release` writes release/: what is uploaded and published for one version. The same sources give the same bytes.
// `-- --dist=FOLDER --out=FOLDER` takes another build and writes elsewhere.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { npmTarball, zipOf } from '../tools/release/archives.js';
import { changelogSection } from '../tools/release/changelog-section.js';
import { companionReadme } from '../tools/release/companion-readme.js';
import { companionFiles, elementFiles, webFiles } from '../tools/release/files.js';
import { integrityOf } from '../tools/release/integrity.js';
import { companionManifest, elementManifest, type DevelopmentManifest } from '../tools/release/manifests.js';
import { releaseNotes } from '../tools/release/notes.js';
import { wordpressFiles } from '../tools/release/wordpress-plugin.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const { values } = parseArgs({
  options: { dist: { type: 'string', default: 'dist' }, out: { type: 'string', default: 'release' } },
});
const { dist, out } = values;
const root = JSON.parse(readFileSync('package.json', 'utf8')) as DevelopmentManifest;
const { version } = root;

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const web = webFiles(dist);
const archives = [
  ['booking-widget-web', web],
  ['booking-widget-wordpress', wordpressFiles(dist, version)],
] as const;
const names = archives.map(([name, files]) => {
  const file = `${name}-${version}.zip`;
  writeFileSync(join(out, file), zipOf(files));
  return file;
});
names.push(
  npmTarball(elementManifest(root), elementFiles(dist), out),
  npmTarball(companionManifest(root), companionFiles(dist, companionReadme(version)), out),
);

const integrity = {
  version,
  // A host page may also import the modules of the npm package by address.
  files: integrityOf(
    new Map(
      [...elementFiles(dist)].flatMap(([name, bytes]) => fileOfDist(name).map((file) => [file, bytes])),
    ),
  ),
  archives: integrityOf(new Map(names.map((name) => [name, readFileSync(join(out, name))]))),
};
writeFileSync(join(out, 'integrity.json'), `${JSON.stringify(integrity, null, 2)}\n`);
const changes = changelogSection(readFileSync('CHANGELOG.md', 'utf8'), version);
writeFileSync(join(out, 'CHANGELOG.md'), releaseNotes(version, changes, integrity));

/** The path in `dist` of a script in the package; nothing for other files. */
function fileOfDist(name: string): string[] {
  const [, file] = /^dist\/(.*\.m?js)$/.exec(name) ?? [];
  return file === undefined ? [] : [file];
}

for (const name of [...names, 'integrity.json', 'CHANGELOG.md'])
  console.log(`${join(out, name)}  ${Math.ceil(readFileSync(join(out, name)).length / 1000)} kB`);
