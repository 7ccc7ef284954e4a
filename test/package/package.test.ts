import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Package } from 'custom-elements-manifest/schema';

const run = promisify(execFile);
const ROOT = process.cwd();
const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name);

interface PackageJson {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | { readonly types?: string; readonly default?: string }>>;
  readonly [field: string]: unknown;
}

/** A project that has installed what `npm publish` would send. */
const project = mkdtempSync(join(tmpdir(), 'consumer-'));
const installed = join(project, 'node_modules/booking-widget');
/** A project that has done so with `--omit=optional`: it carries the widget, and no companion. */
const bare = mkdtempSync(join(tmpdir(), 'bare-'));
let files: string[] = [];
let tarball = '';
let about: PackageJson;

function link(into: string, names: readonly string[]): void {
  for (const name of names) {
    const place = join(into, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), place);
  }
}

const commandOf = ({ bin: commands }: PackageJson): string =>
  (commands as Readonly<Record<string, string>>)['booking-widget'] ?? '';

/** Runs a module of the project in Node; it prints JSON. */
async function inNode(code: string, cwd = project): Promise<unknown> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code], { cwd });
  return JSON.parse(stdout) as unknown;
}

/** What TypeScript says to a file of the project. */
async function typeCheck(cwd: string, name: string, text: string, ...options: string[]): Promise<string> {
  writeFileSync(join(cwd, name), text);
  const words = ['--noEmit', '--strict', '--target', 'es2022', ...options, name];
  try {
    return (await run(bin('tsc'), words, { cwd })).stdout;
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

before(async () => {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project]);
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  assert.ok(packed);
  files = packed.files.map(({ path }) => path);
  tarball = join(project, packed.filename);
  mkdirSync(installed, { recursive: true });
  await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed]);
  about = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as PackageJson;
  const optional = Object.keys(about.optionalDependencies);
  link(project, [...Object.keys(about.dependencies), ...optional, '@types/react', 'csstype']);
  const light = join(bare, 'node_modules/booking-widget');
  mkdirSync(light, { recursive: true });
  await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', light]);
  link(bare, Object.keys(about.dependencies));
  // Types cannot be followed through a link: what React's need lies beside them.
  for (const name of ['@types/react', 'csstype']) {
    const place = join(project, 'node_modules', name);
    rmSync(place);
    cpSync(join(ROOT, 'node_modules', name), place, { recursive: true });
  }
});

after(() => {
  for (const each of [project, bare]) rmSync(each, { recursive: true, force: true });
});

describe('the package', () => {
  it('holds what is published and nothing else', () => {
    const strangers = files.filter(
      (file) => !/^(dist|types|editor)\/|^[^/]+\.(md|json)$|^LICENSE$/.test(file),
    );
    assert.deepEqual(strangers, []);
    for (const needed of [
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'custom-elements.json',
      'dist/booking-widget.js',
    ])
      assert.ok(files.includes(needed), needed);
  });

  it('has every file that its package.json names', () => {
    const named = [
      ...Object.values(about.exports).flatMap((entry) =>
        typeof entry === 'string' ? [entry] : Object.values(entry),
      ),
      ...['main', 'types', 'unpkg', 'jsdelivr', 'customElements', 'web-types'].map((field) => about[field]),
    ].map(String);
    const missing = named.filter((file) => !file.includes('*') && !existsSync(join(installed, file)));
    assert.deepEqual(missing, []);
  });

  it('has the version in its code that it has in its name', async () => {
    const version = await inNode(`import { VERSION } from 'booking-widget/dist/esm/version.js';
      console.log(JSON.stringify(VERSION));`);
    assert.equal(version, about.version);
  });

  it('passes publint without a message', async () => {
    const { messages, pkg } = await publint({ pkgDir: installed, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg, { color: false })),
      [],
    );
  });

  it('has types that every kind of module resolution finds', async () => {
    const typesOnly = Object.entries(about.exports)
      .filter(([, entry]) => typeof entry === 'object' && !entry.default)
      .map(([name]) => name);
    const words = [tarball, '--profile', 'esm-only', '--no-color', '--format', 'ascii'];
    await run(bin('attw'), [...words, '--exclude-entrypoints', ...typesOnly, 'custom-elements.json']);
  });

  it('describes in its manifest what it exports', async () => {
    const { modules } = JSON.parse(readFileSync(join(installed, 'custom-elements.json'), 'utf8')) as Package;
    assert.deepEqual(
      modules.filter(({ path }) => !existsSync(join(installed, path))).map(({ path }) => path),
      [],
    );
    const described = modules.flatMap(({ exports = [] }) => exports.filter(({ kind }) => kind === 'js'));
    const exported = await inNode(
      `import * as all from 'booking-widget'; console.log(JSON.stringify(Object.keys(all)));`,
    );
    assert.deepEqual(described.map(({ name }) => name).sort(), (exported as string[]).sort());
  });
});

describe('importing the package', () => {
  it('does nothing, on a server too', async () => {
    const added = await inNode(`const before = Object.getOwnPropertyNames(globalThis);
      await import('booking-widget');
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
      assert.equal(await inNode(`await import('booking-widget/${entry}'); console.log('true');`), true);
    });
});

describe('the companion in the package', () => {
  it('serves the widget that came with it, so that it can be kept for ever', async () => {
    const served = await inNode(`import { createCompanion } from 'booking-widget/server';
      const companion = await createCompanion({ data: './store', log: 'silent' });
      const get = async (path, headers = {}) => {
        const answer = await companion.fetch(new Request('http://x.test' + path, { headers }));
        const { status } = answer;
        return [status, answer.headers.get('cache-control'), answer.headers.get('content-encoding'), await answer.text()];
      };
      const [name, all, part] = ['/booking-widget.js', '/booking-widget.all.js', '/v${about.version}/element.js'];
      const etag = (await companion.fetch(new Request('http://x.test' + part))).headers.get('etag');
      console.log(JSON.stringify([await get(name + '?x=1'), await get(all), await get(part), await get(part, { 'if-none-match': etag }),
        (await get(part, { 'accept-encoding': 'gzip, br' })).slice(0, 3)]));
      await companion.close();`);
    const text = (file: string): string => readFileSync(join(installed, 'dist', file), 'utf8');
    const forEver = 'public, max-age=31536000, immutable';
    assert.deepEqual(served, [
      [200, 'public, max-age=3600', null, text('booking-widget.js')],
      [200, 'public, max-age=3600', null, text('booking-widget.all.js')],
      [200, forEver, null, text(`v${about.version}/element.js`)],
      [304, forEver, null, ''],
      [200, forEver, 'br'],
    ]);
  });

  it('answers without a socket, from one folder', async () => {
    const healthy = await inNode(`import { createCompanion } from 'booking-widget/server';
      const companion = await createCompanion({ data: './store', log: 'silent' });
      const answer = await companion.fetch(new Request('http://x.test/healthz'));
      console.log(JSON.stringify(await answer.json()));
      await companion.close();`);
    assert.deepEqual(healthy, { healthy: true });
  });

  it('is a command', async () => {
    const cli = join(installed, commandOf(about));
    const { stdout } = await run(process.execPath, [cli, '--help'], { cwd: project });
    assert.match(stdout, /^ {2}serve /m);
  });

  it('is in no file that a browser fetches', () => {
    const seen = files.filter((file) => /^dist\/(v[^/]*\/)?[^/]+\.m?js$/.test(file));
    assert.ok(seen.length > 5);
    for (const file of seen)
      assert.doesNotMatch(readFileSync(join(installed, file), 'utf8'), /kysely|libsql|companion\.db/, file);
  });
});

describe('the package without what only the companion needs', () => {
  it('depends on four packages on a site without the companion', () => {
    // zod is named in types, and in no code that a browser runs.
    assert.deepEqual(Object.keys(about.dependencies).sort(), ['idb-keyval', 'lit', 'web-vitals', 'zod']);
  });

  for (const entry of ['booking-widget', 'booking-widget/define', 'booking-widget/auto'])
    it(`can be imported by \`${entry}\``, async () => {
      assert.equal(await inNode(`await import('${entry}'); console.log('true');`, bare), true);
    });

  it('has types that need none of it', async () => {
    writeFileSync(join(bare, 'package.json'), '{ "type": "module" }');
    const code = `
      import type { BookingWidgetElement } from 'booking-widget';
      import 'booking-widget/define';
      export const element: BookingWidgetElement | null = document.querySelector('booking-widget');`;
    const options = ['--module', 'nodenext', '--moduleResolution', 'nodenext'];
    assert.equal(await typeCheck(bare, 'site.ts', code, ...options), '');
  });

  it('prints what to install when the companion is started without its packages', async () => {
    const cli = join(bare, 'node_modules/booking-widget', commandOf(about));
    const failed: unknown = await run(process.execPath, [cli, 'serve'], { cwd: bare }).then(
      () => undefined,
      (cause: unknown) => cause,
    );
    const { code, stderr } = failed as { code: number; stderr: string };
    assert.equal(code, 1);
    assert.match(stderr, /^booking-widget: the package "[\w@/-]+" is not installed/);
    assert.match(stderr, /npm install --include=optional booking-widget/);
    assert.doesNotMatch(stderr, /\n {4}at /);
  });
});

describe('types of the package', () => {
  const consumer = `
    import type { BookingWidgetElement } from 'booking-widget';
    import type {} from 'booking-widget/react';
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
      writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
      const options = ['--jsx', 'react-jsx', '--module', module, '--moduleResolution', resolution];
      assert.equal(await typeCheck(project, 'consumer.tsx', consumer, ...options), '');
    });
});
