import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runCli } from './cli-run.js';
import { fakeUpstream, json } from './fake-upstream.js';

const folder = mkdtempSync(join(tmpdir(), 'cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('npx booking-widget-companion', () => {
  it('serves with no configuration from one folder, makes a token for its owner, and stops in order', async () => {
    const data = join(folder, 'plain');
    const { child, ended, output } = runCli(['serve', '--port', '0', '--data', data], {
      BOOKING_LOG: 'silent',
    });
    const [, origin = ''] = await output(/answers at (\S+)/);
    assert.equal((await fetch(`${origin}/healthz`)).status, 200);
    await output(/token is in/);
    assert.ok(readFileSync(join(data, 'token'), 'utf8').trim().length >= 32);
    child.kill('SIGTERM');
    assert.equal((await ended).code, 0);
  });

  it('takes an address in brackets, and names the host where the machine has no such address', async () => {
    const { code, said } = await runCli(['serve', '--data', join(folder, 'host'), '--port', '0'], {
      HOST: '[2001:db8::1]', // for documentation: no machine has it (RFC 3849)
      BOOKING_LOG: 'silent',
    }).ended;
    assert.match(said, /`host`: cannot listen on \[2001:db8::1\]:0: listen E/);
    assert.equal(code, 1);
  });

  it('explains itself', async () => {
    const { code, said } = await runCli(['--help']).ended;
    assert.equal(code, 0);
    assert.match(said, /serve .*\n[^]*--database/);
  });

  it('explains each command and its version, and ends well', async () => {
    const [serve, report, version] = await Promise.all([
      runCli(['serve', '--help']).ended,
      runCli(['report', '--help']).ended,
      runCli(['serve', '--version']).ended,
    ]);
    assert.deepEqual([serve.code, report.code, version.code], [0, 0, 0]);
    assert.match(serve.said, /--port [^]*--database/);
    assert.doesNotMatch(serve.said, /--since/);
    assert.match(report.said, /--since/);
    assert.match(version.said, /^\d+\.\d+\.\d+\S*\n$/);
  });

  it('prints the configuration in force, and serves nothing', async () => {
    const { code, said } = await runCli(['serve', '--print-config', '--data', join(folder, 'none')], {
      BOOKING_TOKEN: 'a-token-nobody-may-see',
    }).ended;
    assert.equal(code, 0);
    assert.match(said, /"clientLimit": 600/);
    assert.doesNotMatch(said, /nobody-may-see/);
    assert.equal(existsSync(join(folder, 'none')), false);
  });

  it('finds out with `doctor` what is wrong', async () => {
    const upstream = await fakeUpstream(() => json({}));
    const accounts = JSON.stringify([{ provider: 'cal', api: upstream.origin }]);
    const words = ['doctor', '--data', join(folder, 'doctor')];
    const { code, said } = await runCli(words, { BOOKING_UPSTREAMS: accounts }).ended;
    await upstream.close();
    assert.equal(code, 0);
    assert.match(said, /^ok +The store .* can be written/);
    assert.match(said, /warning +`alerts` is not set/);
  });

  it('keeps its folder and everything in it to its owner', async () => {
    const data = join(folder, 'private');
    const { child, ended, output } = runCli(['serve', '--port', '0', '--data', data]);
    await output(/token is in/);
    const modes = [data, ...readdirSync(data).map((name) => join(data, name))].map(
      (path) => statSync(path).mode & 0o077,
    );
    assert.ok(modes.length >= 3);
    assert.ok(modes.every((mode) => mode === 0));
    child.kill('SIGTERM');
    assert.equal((await ended).code, 0);
  });
});
