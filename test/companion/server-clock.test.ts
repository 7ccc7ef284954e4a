import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serverClock } from '../../src/server/store/server-clock.js';

const SERVER = Date.parse('2026-03-02T08:00:00Z');

describe('the clock of a database server', () => {
  let steady = 0;
  /** A server that reads its clock after `there` milliseconds and whose answer takes `back`. */
  const trips =
    (list: readonly (readonly [there: number, back: number])[], ahead = SERVER) =>
    (): Promise<number> => {
      const [there, back] = list[trip++ % list.length] ?? [0, 0];
      steady += there;
      const at = ahead + steady;
      steady += back;
      return Promise.resolve(at);
    };
  let trip = 0;
  const open = (): ReturnType<typeof serverClock> => serverClock(() => steady, 0);

  it('is the server’s, whatever this machine’s says, and goes on with the monotonic clock', async () => {
    const clock = open();
    await clock.compare(trips([[2, 2]]));
    assert.equal(clock.now(), SERVER + steady);
    steady += 60_000;
    assert.equal(clock.now(), SERVER + steady);
  });

  it('is read from the shortest round trip, so that a process that stalls during another is not wrong by it', async () => {
    const clock = open();
    await clock.compare(
      trips([
        [0, 3000],
        [1, 1],
        [2500, 0],
      ]),
    );
    assert.equal(clock.now(), SERVER + steady);
  });

  it('is not moved by a longer round trip that proves nothing against it', async () => {
    const clock = open();
    await clock.compare(trips([[1, 1]]));
    await clock.compare(trips([[0, 3000]]));
    assert.equal(clock.now(), SERVER + steady);
  });

  it('follows a server whose clock was set', async () => {
    const clock = open();
    await clock.compare(trips([[1, 1]]));
    await clock.compare(trips([[1, 1]], SERVER + 90_000));
    assert.equal(clock.now(), SERVER + 90_000 + steady);
  });
});
