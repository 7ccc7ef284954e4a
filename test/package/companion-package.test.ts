import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { bin, importedPackages, installInto, makeRelease, run, tarballOf, type Consumer } from './packed.js';

const NAME = 'booking-widget-companion';

const project = mkdtempSync(join(tmpdir(), 'consumer-'));
let release = '';
let consumer: Consumer;

before(async () => {
  release = await makeRelease();
  consumer = await installInto(project, tarballOf(release, NAME), NAME);
});

after(() => {
  for (const each of [project, release]) rmSync(each, { recursive: true, force: true });
});

describe('the package of the companion', () => {
  it('depends on every package that it imports, and on no other', () => {
    assert.deepEqual(importedPackages(consumer.installed), Object.keys(consumer.about.dependencies).sort());
  });

  it('passes publint without a message', async () => {
    const { messages, pkg } = await publint({ pkgDir: consumer.installed, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg, { color: false })),
      [],
    );
  });

  it('has types that every kind of module resolution finds', async () => {
    const words = [tarballOf(release, NAME), '--profile', 'esm-only', '--no-color', '--format', 'ascii'];
    await run(bin('attw'), words);
  });

  it('is the command that `npx booking-widget-companion` runs', async () => {
    const { [NAME]: command = '' } = consumer.about['bin'] as Readonly<Record<string, string>>;
    const words = [join(consumer.installed, command), '--help'];
    const { stdout } = await run(process.execPath, words, { cwd: project });
    assert.match(stdout, /^npx booking-widget-companion <command>/);
    assert.match(stdout, /^ {2}serve /m);
  });

  it('prints what to install when a package is missing', async () => {
    const bare = mkdtempSync(join(tmpdir(), 'bare-'));
    try {
      await run('tar', ['-xzf', tarballOf(release, NAME), '--strip-components=1', '-C', bare]);
      const { [NAME]: command = '' } = consumer.about['bin'] as Readonly<Record<string, string>>;
      const failed: unknown = await run(process.execPath, [join(bare, command), 'serve'], { cwd: bare }).then(
        () => undefined,
        (cause: unknown) => cause,
      );
      const { code, stderr } = failed as { code: number; stderr: string };
      assert.equal(code, 1);
      assert.match(stderr, /^booking-widget: the package "[\w@/-]+" is not installed/);
      assert.match(stderr, /npm install booking-widget-companion/);
      assert.doesNotMatch(stderr, /\n {4}at /);
    } finally {
      rmSync(bare, { recursive: true, force: true });
    }
  });

  it('serves the widget of its own version, so that it can be kept for ever', async () => {
    const { about, installed } = consumer;
    const served = await consumer.inNode(`import { createCompanion } from '${NAME}';
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

  it('answers over HTTP without another service, from one folder', async () => {
    const healthy = await consumer.inNode(`import { createCompanion } from '${NAME}';
      import { serve } from '${NAME}/node';
      const companion = await createCompanion({ data: './store', log: 'silent' });
      const answer = await companion.fetch(new Request('http://x.test/healthz'));
      console.log(JSON.stringify([typeof serve, await answer.json()]));
      await companion.close();`);
    assert.deepEqual(healthy, ['function', { healthy: true }]);
  });

  it('is in no file that a browser fetches', () => {
    const seen = readdirSync(consumer.installed, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /^dist\/(v[^/]*\/)?[^/]+\.m?js$/.test(file),
    );
    assert.ok(seen.length > 5);
    for (const file of seen)
      assert.doesNotMatch(
        readFileSync(join(consumer.installed, file), 'utf8'),
        /kysely|libsql|companion\.db/,
        file,
      );
  });
});
