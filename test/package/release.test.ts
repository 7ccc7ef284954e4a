import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { changelogSection } from '../../tools/release/changelog-section.js';
import { makeRelease, run } from './packed.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };

interface Integrity {
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
  readonly archives: Readonly<Record<string, string>>;
}

let release = '';
const read = (name: string): Buffer => readFileSync(join(release, name));
const integrity = (): Integrity => JSON.parse(read('integrity.json').toString()) as Integrity;
const hash = (bytes: Uint8Array): string => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

before(async () => {
  release = await makeRelease();
});

after(() => rmSync(release, { recursive: true, force: true }));

describe('npm run release', () => {
  it('writes what is uploaded and published, and nothing else', () => {
    assert.deepEqual(readdirSync(release).sort(), [
      'CHANGELOG.md',
      `booking-widget-companion-${version}.tgz`,
      `booking-widget-element-${version}.tgz`,
      `booking-widget-web-${version}.zip`,
      `booking-widget-wordpress-${version}.zip`,
      'integrity.json',
    ]);
  });

  it('puts the loader, its folder of chunks, the one-file build and the notices into the web zip', () => {
    const names = Object.keys(unzipSync(read(`booking-widget-web-${version}.zip`)));
    const chunks = readdirSync(join('dist', `v${version}`)).filter((name) => name.endsWith('.js'));
    assert.deepEqual(
      names.sort(),
      [
        'THIRD-PARTY-LICENSES.txt',
        'booking-widget.all.js',
        'booking-widget.js',
        ...chunks.map((name) => `v${version}/${name}`),
      ].sort(),
    );
  });

  it('puts the same script into the WordPress zip, under the version of the release', () => {
    const web = unzipSync(read(`booking-widget-web-${version}.zip`));
    const plugin = unzipSync(read(`booking-widget-wordpress-${version}.zip`));
    for (const [name, bytes] of Object.entries(web))
      if (name.endsWith('.js'))
        assert.deepEqual(plugin[['booking-widget', 'dist', name].join('/')], bytes, name);
    const main = Buffer.from(plugin['booking-widget/booking-widget.php'] ?? []).toString();
    assert.match(main, new RegExp(`Version:\\s+${version.replaceAll('.', '\\.')}`));
  });

  it('states the SRI value of every script that a page can load, and of every archive', () => {
    const { files, archives, version: stated } = integrity();
    assert.equal(stated, version);
    for (const [name, bytes] of Object.entries(unzipSync(read(`booking-widget-web-${version}.zip`))))
      if (name.endsWith('.js')) assert.equal(files[name], hash(bytes), name);
    for (const [name, value] of Object.entries(files))
      assert.equal(value, hash(readFileSync(join('dist', name))), name);
    assert.ok(files['booking-widget.mjs']);
    assert.deepEqual(
      Object.keys(archives).sort(),
      readdirSync(release)
        .filter((name) => /\.(zip|tgz)$/.test(name))
        .sort(),
    );
    for (const [name, value] of Object.entries(archives)) assert.equal(value, hash(read(name)), name);
  });

  it('writes script tags with the address of the version and its SRI value, and what has changed', () => {
    const text = read('CHANGELOG.md').toString();
    for (const file of ['booking-widget.js', 'booking-widget.all.js'])
      assert.ok(
        text.includes(
          `<script async src="https://cdn.jsdelivr.net/npm/booking-widget-element@${version}/dist/${file}" integrity="${integrity().files[file] ?? ''}" crossorigin="anonymous"></script>`,
        ),
        file,
      );
    assert.ok(text.includes(`/releases/download/v${version}/booking-widget-web-${version}.zip`));
    assert.ok(text.includes(changelogSection(readFileSync('CHANGELOG.md', 'utf8'), version)));
  });

  it('makes the same bytes of another build of the same sources', async () => {
    const dist = mkdtempSync(join(tmpdir(), 'dist-'));
    await run(process.execPath, ['--import', 'tsx', 'scripts/build.ts', `--out=${dist}`]);
    const again = await makeRelease(dist);
    try {
      for (const name of readdirSync(release))
        assert.equal(hash(readFileSync(join(again, name))), hash(read(name)), name);
    } finally {
      for (const each of [dist, again]) rmSync(each, { recursive: true, force: true });
    }
  });
});

describe('the changes of a release', () => {
  const changelog =
    '# Changelog\n\n## Unreleased\n\n- new\n\n## 0.2.0 (2026-12-01)\n\n- second\n\n## 0.1.0\n\n- first\n';

  it('are those under the heading of its version', () => {
    assert.equal(changelogSection(changelog, '0.2.0'), '- second');
    assert.equal(changelogSection(changelog, '0.1.0'), '- first');
  });

  it('are those that are not released yet before there is such a heading', () => {
    assert.equal(changelogSection(changelog, '0.3.0'), '- new');
  });

  it('are asked for when there are none', () => {
    assert.throws(() => changelogSection('# Changelog\n', '0.2.0'), /no section for 0\.2\.0/);
  });
});
