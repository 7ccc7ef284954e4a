import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Package } from 'custom-elements-manifest/schema';
import { REPOSITORY } from '../../tools/release/addresses.js';
import {
  bin,
  importedPackages,
  installInto,
  makeRelease,
  ROOT,
  run,
  tarballOf,
  type Consumer,
} from './packed.js';

const NAME = 'booking-widget-element';

/** A project that has installed what would be published. */
const project = mkdtempSync(join(tmpdir(), 'consumer-'));
let release = '';
let tarball = '';
let files: string[] = [];
let consumer: Consumer;

/** What TypeScript says to a file of the project. */
async function typeCheck(name: string, text: string, ...options: string[]): Promise<string> {
  writeFileSync(join(project, name), text);
  const words = ['--noEmit', '--strict', '--target', 'es2022', ...options, name];
  try {
    return (await run(bin('tsc'), words, { cwd: project })).stdout;
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

before(async () => {
  release = await makeRelease();
  tarball = tarballOf(release, NAME);
  consumer = await installInto(project, tarball, NAME);
  files = readdirSync(consumer.installed, { recursive: true, encoding: 'utf8' });
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
});

after(() => {
  for (const each of [project, release]) rmSync(each, { recursive: true, force: true });
});

describe('the package of the widget', () => {
  it('holds what a site needs, and nothing of the companion', () => {
    const top = new Set(files.map((file) => file.split('/', 1)[0]));
    assert.deepEqual([...top].sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'custom-elements.json',
      'dist',
      'editor',
      'package.json',
      'types',
    ]);
    assert.deepEqual(
      files.filter((file) => /esm\/server|-schema\./.test(file)),
      [],
    );
    assert.ok(files.includes('dist/booking-widget.js'));
  });

  it('depends on three packages, and its code and types import no other', () => {
    const { dependencies } = consumer.about;
    assert.deepEqual(Object.keys(dependencies).sort(), ['idb-keyval', 'lit', 'web-vitals']);
    for (const field of ['optionalDependencies', 'devDependencies', 'scripts', 'private'])
      assert.equal(consumer.about[field], undefined, field);
    // Only the React component imports React, which its users have.
    assert.deepEqual(consumer.about['peerDependenciesMeta'], { react: { optional: true } });
    assert.deepEqual(importedPackages(consumer.installed), [...Object.keys(dependencies), 'react'].sort());
  });

  it('has every file that its package.json names', () => {
    const { about, installed } = consumer;
    const named = [
      ...Object.values(about.exports).flatMap((entry) =>
        typeof entry === 'string' ? [entry] : Object.values(entry),
      ),
      ...['main', 'types', 'unpkg', 'jsdelivr', 'customElements', 'web-types'].map((field) => about[field]),
    ].map(String);
    const missing = named.filter((file) => !file.includes('*') && !existsSync(join(installed, file)));
    assert.deepEqual(missing, []);
  });

  it('says where it comes from', () => {
    const { homepage, bugs, repository, keywords } = consumer.about;
    assert.equal(homepage, `${REPOSITORY}#readme`);
    assert.deepEqual(bugs, { url: `${REPOSITORY}/issues` });
    assert.deepEqual(repository, { type: 'git', url: `git+${REPOSITORY}.git` });
    assert.ok((keywords as string[]).includes('scheduling'));
  });

  it('has the version in its code that it has in its name', async () => {
    const version = await consumer.inNode(`import { VERSION } from '${NAME}/dist/esm/version.js';
      console.log(JSON.stringify(VERSION));`);
    assert.equal(version, consumer.about.version);
  });

  it('passes publint without a message', async () => {
    const { messages, pkg } = await publint({ pkgDir: consumer.installed, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg, { color: false })),
      [],
    );
  });

  it('has types that every kind of module resolution finds', async () => {
    const typesOnly = Object.entries(consumer.about.exports)
      .filter(([, entry]) => typeof entry === 'object' && !entry.default)
      .map(([name]) => name);
    const words = [tarball, '--profile', 'esm-only', '--no-color', '--format', 'ascii'];
    await run(bin('attw'), [...words, '--exclude-entrypoints', ...typesOnly, 'custom-elements.json']);
  });

  it('describes in its manifest what it exports', async () => {
    const { installed, inNode } = consumer;
    const { modules } = JSON.parse(readFileSync(join(installed, 'custom-elements.json'), 'utf8')) as Package;
    assert.deepEqual(
      modules.filter(({ path }) => !existsSync(join(installed, path))).map(({ path }) => path),
      [],
    );
    const described = modules.flatMap(({ exports = [] }) => exports.filter(({ kind }) => kind === 'js'));
    const exported = await inNode(
      `import * as all from '${NAME}'; console.log(JSON.stringify(Object.keys(all)));`,
    );
    assert.deepEqual(described.map(({ name }) => name).sort(), (exported as string[]).sort());
  });
});

describe('importing the package of the widget', () => {
  it('does nothing, on a server too', async () => {
    const added = await consumer.inNode(`const before = Object.getOwnPropertyNames(globalThis);
      await import('${NAME}');
      const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
      console.log(JSON.stringify(added));`);
    // On a server Lit stands in for what it extends, and notes its versions, in names of its own.
    const ours = (added as string[]).filter(
      (name) => !/^(lit|reactiveElementVersions$|customElements$)/.test(name),
    );
    assert.deepEqual(ours, []);
  });

  for (const entry of ['define', 'auto'])
    it(`by \`${entry}\` is harmless on a server`, async () => {
      assert.equal(await consumer.inNode(`await import('${NAME}/${entry}'); console.log('true');`), true);
    });
});

describe('types of the package', () => {
  it('need no package that a site does not have, library checks included', async () => {
    const code = `
      import type { BookingWidgetElement } from '${NAME}';
      import '${NAME}/define';
      export const element: BookingWidgetElement | null = document.querySelector('booking-widget');`;
    assert.equal(
      await typeCheck('site.ts', code, '--module', 'nodenext', '--moduleResolution', 'nodenext'),
      '',
    );
  });

  const code = `
    import type { BookingWidgetElement } from '${NAME}';
    import type {} from '${NAME}/react';
    const found = document.querySelector('booking-widget');
    found?.addEventListener('booking-booked', (event) => event.bookingId.trim());
    export const element: BookingWidgetElement | null = found;
    export const accepted = <booking-widget mode="popup" onbooking-error={(event) => event.preventDefault()} />;
    // @ts-expect-error -- no such mode
    export const refused = <booking-widget mode="modal" />;`;

  for (const [module, resolution] of [
    ['esnext', 'bundler'],
    ['nodenext', 'nodenext'],
  ] as const)
    it(`are understood under "moduleResolution": "${resolution}", library checks included`, async () => {
      // Types cannot be followed through a link: what React's need lies beside them.
      for (const name of ['@types/react', 'csstype'])
        cpSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name), { recursive: true });
      const options = ['--jsx', 'react-jsx', '--module', module, '--moduleResolution', resolution];
      assert.equal(await typeCheck('consumer.tsx', code, ...options), '');
    });
});

describe('the development manifest', () => {
  it('can be packed and is never published', async () => {
    const root = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
    assert.equal(root['private'], true);
    const { stdout } = await run('npm', ['pack', '--json', '--dry-run', '--ignore-scripts']);
    const [packed] = JSON.parse(stdout) as { name: string; files: { path: string }[] }[];
    assert.equal(packed?.name, NAME);
    const paths = packed.files.map(({ path }) => path);
    for (const file of ['dist/booking-widget.js', 'dist/esm/server/index.js', 'dist/esm/entries/index.js'])
      assert.ok(paths.includes(file), file);
  });
});
