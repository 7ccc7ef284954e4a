import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runCli } from './cli-run.js';

const folder = mkdtempSync(join(tmpdir(), 'cli-mistakes-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('npx booking-widget-companion with a mistake', () => {
  for (const [about, words, env, message] of [
    ['a command', ['servce'], {}, /There is no command "servce"/],
    ['a flag', ['serve', '--prot', '1'], {}, /--prot/],
    ['a flag of another command', ['serve', '--since', '1h'], {}, /--since/],
    ['a variable of a command', ['report', '--data', '/dev/null'], { BOOKING_SINCE: 'long' }, /`since`/],
    ['a port', ['serve', '--port', '99999'], {}, /`port`: .*not "99999"/],
    ['a number of connections', ['serve', '--connections', 'many'], {}, /`connections`: .*not "many"/],
    ['a variable', ['serve'], { BOOKING_PROXIES: 'many' }, /`proxies`: .*not "many"/],
    ['a number of days', ['warm', '--once', '--days', 'many'], {}, /`warm.days`: .*not "many"/],
    ['the place of a backup', ['backup', '--to', '/nowhere/a.db'], {}, /`to`: .* folder \/nowhere: ENOENT/],
    ['what is to be forgotten', ['purge'], {}, /one of --src .*, --host and --all/],
    [
      'two things to be forgotten',
      ['purge', '--all', '--host', 'acme'],
      {},
      /one of --src .*, --host and --all/,
    ],
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
});
