import assert from 'node:assert/strict';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { program } from '../../../tools/program.js';
import { call, temporaryFolder } from './running-service.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const COMMAND = program(new URL('../../../demo/service/main.ts', import.meta.url));

type Child = ChildProcessByStdio<null, Readable, Readable>;
const children: Child[] = [];
after(() => children.forEach((child) => child.kill('SIGKILL')));

interface Started {
  readonly child: Child;
  readonly addresses: {
    readonly cal: string;
    readonly calendly: string;
    readonly plain: string;
    readonly control: string;
  };
  /** Everything it has printed. */
  readonly printed: () => string;
}

const start = async (...args: string[]): Promise<Started> => {
  const child = spawn(process.execPath, [...COMMAND.options, COMMAND.file, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let text = '';
  while (!text.includes('\n')) {
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    text += chunk.toString();
  }
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, addresses: JSON.parse(text) as Started['addresses'], printed: () => text };
};

const book = async ({ addresses }: Started, start: string): Promise<number> => {
  const body = {
    start,
    eventTypeSlug: 'always',
    username: 'test-main',
    attendee: { name: 'Ada', email: 'ada@example.com', timeZone: 'UTC' },
  };
  return (await call(`${addresses.cal}/v2/bookings`, { version: '2024-08-13', method: 'POST', body })).status;
};

describe('the command', () => {
  it('prints one line of JSON, keeps bookings when it is killed, and refuses them after a restart', async () => {
    const dir = await temporaryFolder();
    const noon = `${new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)}T12:00:00.000Z`;
    const first = await start('--data', dir);
    assert.equal(await book(first, noon), 201);
    assert.equal((await fetch(`${first.addresses.plain}/book/30min`)).status, 200);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    assert.equal(first.printed().trimEnd().split('\n').length, 1);

    const second = await start('--data', dir);
    assert.equal(await book(second, noon), 400);
    second.child.kill('SIGTERM');
    const [code] = (await once(second.child, 'exit')) as [number | null];
    assert.equal(code, 0, 'it ends by itself when it is asked to');
    await rm(dir, { recursive: true, force: true });
  });

  it('says what is wrong with its arguments', async () => {
    const child = spawn(process.execPath, [...COMMAND.options, COMMAND.file, '--port', 'many'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    const [text] = (await once(child.stderr, 'data')) as [Buffer];
    assert.match(text.toString(), /--port must be a number/);
    const [code] = child.exitCode === null ? ((await once(child, 'exit')) as [number]) : [child.exitCode];
    assert.equal(code, 2);
  });
});
