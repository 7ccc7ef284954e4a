import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runCli } from './cli-run.js';

const folder = mkdtempSync(join(tmpdir(), 'cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('npx booking-widget', () => {
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

  for (const [about, words, env, message] of [
    ['a command', ['servce'], {}, /There is no command "servce"/],
    ['a flag', ['serve', '--prot', '1'], {}, /--prot/],
    ['a flag of another command', ['serve', '--since', '1h'], {}, /--since/],
    ['a variable of a command', ['report', '--data', '/dev/null'], { BOOKING_SINCE: 'long' }, /`since`/],
    ['a port', ['serve', '--port', '99999'], {}, /`port`: .*not "99999"/],
    ['a number of connections', ['serve', '--connections', 'many'], {}, /`connections`: .*not "many"/],
    ['a variable', ['serve'], { BOOKING_PROXIES: 'many' }, /`proxies`: .*not "many"/],
    [
      'a file',
      ['serve', '--config', '/nowhere/at-all.json'],
      {},
      /`config`: \/nowhere\/at-all.json cannot be read/,
    ],
  ] as const)
    it(`says what is wrong with ${about}, gives the exit code of a mistake, and leaves nothing behind`, async () => {
      const { code, said } = await runCli(words, env).ended;
      assert.match(said, message);
      assert.doesNotMatch(said, /\n {4}at /, 'no stack trace');
      assert.equal(code, 2);
      assert.equal(existsSync('booking-data'), false);
    });

  it('lets flags win over the environment, and that over the file', async () => {
    const config = join(folder, 'companion.json');
    writeFileSync(config, JSON.stringify({ clientLimit: 0, proxies: 77, log: 'silent' }));
    const { said } = await runCli(['serve', '--config', config, '--proxies=-1'], { BOOKING_PROXIES: '88' })
      .ended;
    assert.match(said, /`proxies`: .*not -1/);
    assert.match(said, /`clientLimit`: .*not 0/);
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
    const { code, said } = await runCli(['doctor', '--data', join(folder, 'doctor')]).ended;
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
