import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files below a folder, by their path in it (with `/`), sorted, so that what is made of them is the same everywhere. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll('\\', '/'))
    .sort();

/** What a site needs of `dist`: the loader, the folder of its chunks, the one-file build and the notices of what is in them. */
const WEB = /^(booking-widget(\.all)?\.js|v[^/]+\/[\w-]+\.js|THIRD-PARTY-LICENSES\.txt)$/;

/** What `booking-widget-element` leaves out of `dist`: the companion, and the parsers that only servers and tests use. */
const SERVER_ONLY = /^esm\/(server\/|protocol\/[\w-]+-schema\.)/;

/** What `booking-widget-companion` takes from `dist`: its modules, and the files of the widget that it serves. */
const COMPANION =
  /^(booking-widget(\.all)?\.js|v[^/]+\/[\w-]+\.js|THIRD-PARTY-LICENSES\.txt|esm\/(server|protocol|scheduling)\/.*|esm\/version\..*)$/;

const contents = (dist: string, isWanted: (name: string) => boolean): Map<string, Buffer> =>
  new Map(
    filesIn(dist)
      .filter(isWanted)
      .map((name) => [name, readFileSync(join(dist, name))]),
  );

/** By their path in the package or archive. */
export type Files = ReadonlyMap<string, Buffer>;

export const webFiles = (dist: string): Map<string, Buffer> => contents(dist, (name) => WEB.test(name));

const below = (folder: string, files: Files): [string, Buffer][] =>
  [...files].map(([name, bytes]) => [`${folder}/${name}`, bytes]);

const fromRoot = (...names: readonly string[]): [string, Buffer][] =>
  names.map((name) => [name, readFileSync(name)]);

export const elementFiles = (dist: string): Files =>
  new Map([
    ...fromRoot('README.md', 'CHANGELOG.md', 'LICENSE', 'custom-elements.json'),
    ...['types', 'editor'].flatMap((folder) =>
      below(
        folder,
        contents(folder, () => true),
      ),
    ),
    ...below(
      'dist',
      contents(dist, (name) => !SERVER_ONLY.test(name)),
    ),
  ]);

export const companionFiles = (dist: string, readme: string): Files =>
  new Map([
    ...fromRoot('CHANGELOG.md', 'LICENSE'),
    ['README.md', Buffer.from(readme)],
    ...below(
      'dist',
      contents(dist, (name) => COMPANION.test(name)),
    ),
  ]);
