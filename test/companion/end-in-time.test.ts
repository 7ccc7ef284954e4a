import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COMMAND_END_MS } from '../../src/server/durations.js';
import { endInTime } from '../../src/server/commands/end-in-time.js';
import { stopAll } from '../../src/server/deadline.js';

describe('a command that was asked to end', () => {
  it(`ends ${COMMAND_END_MS} ms after the signal with its code, whatever hangs`, (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const exits: unknown[] = [];
    t.mock.method(process, 'exit', (code: unknown) => exits.push(code));
    let cut = 0;
    endInTime(0, () => cut++);
    process.emit('SIGTERM');
    t.mock.timers.tick(COMMAND_END_MS - 1);
    assert.deepEqual([exits, cut], [[], 0]);
    t.mock.timers.tick(1);
    assert.deepEqual([exits, cut], [[0], 1]);
  });
});

describe('parts that are stopped one after another', () => {
  it('do not keep each other from it when one hangs and one fails', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const [stopped, warned]: [string[], string[]] = [[], []];
    const stopping = stopAll(
      [
        { name: 'hangs', stop: () => new Promise(() => undefined) },
        { name: 'fails', stop: () => Promise.reject(new Error('no use')) },
        { name: 'works', stop: () => void stopped.push('works') },
      ],
      {
        each: 1000,
        all: 1500,
        warn: (name) => void warned.push(name),
      },
    );
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(warned, []);
    t.mock.timers.tick(1000);
    await stopping;
    assert.deepEqual([stopped, warned], [['works'], ['hangs', 'fails']]);
  });
});
