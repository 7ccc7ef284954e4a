import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, it, mock } from 'node:test';
import { openTurns, type Turns } from '../../src/server/store/turns.js';

const folder = mkdtempSync(join(tmpdir(), 'turns-'));
after(() => rmSync(folder, { recursive: true }));

/** Two processes at one file, and the time of both. */
function twoAtOneFile(name: string): { one: Turns; other: Turns; pass: (ms: number) => void } {
  let now = 0;
  mock.method(performance, 'now', () => now);
  mock.timers.enable({ apis: ['Date'] });
  const file = join(folder, name);
  const pass = (ms: number): void => {
    now += ms;
    mock.timers.tick(ms);
  };
  return { one: openTurns(file), other: openTurns(file), pass };
}

describe('turns at the embedded store', () => {
  afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
  });

  it('are left by every writer of a process, not only by the one that saw the request', () => {
    const { one, other, pass } = twoAtOneFile('writers');
    assert.equal(one.due(), 0);
    other.request(25);
    const turn = one.due();
    assert.ok(turn > 0, 'the first writer pauses');
    assert.equal(one.due(), turn, 'and so does the next one, as long');
    pass(turn - 1);
    assert.equal(one.due(), 1, 'until the turn is over');
    pass(1);
    assert.equal(one.due(), 0, 'then they write again');
  });

  it('get longer as long as the other process keeps asking, and short again when it does not', () => {
    const { one, other, pass } = twoAtOneFile('longer');
    const turns: number[] = [];
    for (let i = 0; i < 7; i++) {
      pass((turns.at(-1) ?? 0) + 100);
      other.request(100);
      turns.push(one.due());
    }
    assert.deepEqual(turns, [25, 50, 100, 200, 400, 400, 400]);
    pass(500);
    assert.equal(one.due(), 0);
    pass(100);
    other.request(100);
    assert.equal(one.due(), 25);
  });
});
