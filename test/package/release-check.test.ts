import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { REPOSITORY } from '../../tools/release/addresses.js';
import { run } from './packed.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };

/** A stand-in for the npm registry: what it says about each package, or a status. */
let known: Readonly<Record<string, object | number>> = {};
let server: Server;
let registry = '';

before(async () => {
  server = createServer(({ url = '' }, response) => {
    const found = known[url.slice(1)] ?? 404;
    response.statusCode = typeof found === 'number' ? found : 200;
    response.end(JSON.stringify(typeof found === 'number' ? {} : found));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(() => server.close());

async function check(packages: typeof known): Promise<{ code: number; lines: string[] }> {
  known = packages;
  const words = ['--import', 'tsx', 'scripts/release-check.ts', `--registry=${registry}`];
  const { code, stdout } = await run(process.execPath, words).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: unknown) => error as { code: number; stdout: string },
  );
  return { code, lines: stdout.trim().split('\n') };
}

const ours = { repository: { url: `git+${REPOSITORY}.git` } };

describe('npm run release:check', () => {
  it('passes while both names are free', async () => {
    assert.deepEqual(await check({}), {
      code: 0,
      lines: [
        `✓ booking-widget-element@${version}: the name is free`,
        `✓ booking-widget-companion@${version}: the name is free`,
      ],
    });
  });

  it('passes for packages of ours that lack this version', async () => {
    const { code, lines } = await check({
      'booking-widget-element': { ...ours, versions: { '0.0.1': {} } },
      'booking-widget-companion': ours,
    });
    assert.equal(code, 0);
    assert.match(lines[0] ?? '', /is ours and lacks this version/);
  });

  it('fails for a name that somebody else has', async () => {
    const { code, lines } = await check({
      'booking-widget-companion': { repository: 'https://github.com/stranger/demo' },
    });
    assert.equal(code, 1);
    assert.match(lines[1] ?? '', /^✗ .* belongs to somebody else \(https:\/\/github\.com\/stranger\/demo\)/);
  });

  it('fails for a version that is published already', async () => {
    const { code, lines } = await check({
      'booking-widget-element': { ...ours, versions: { [version]: {} } },
    });
    assert.equal(code, 1);
    assert.match(lines[0] ?? '', /published already/);
  });

  it('fails while the registry does not answer clearly', async () => {
    const { code, lines } = await check({ 'booking-widget-element': 503 });
    assert.equal(code, 1);
    assert.match(lines[0] ?? '', /the registry answered 503/);
  });
});
