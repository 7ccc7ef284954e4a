import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WallClock } from './clock.js';

describe('the clock of the link', () => {
  it('actions come in the order of their times, never before them', async () => {
    const clock = new WallClock();
    const start = clock.now();
    const seen: number[] = [];
    const early: number[] = [];
    const after = [3.9, 1.7, 1.2, 3.1, 0, 2.4, 1.2];
    await new Promise<void>((resolve) => {
      for (const ms of after)
        clock.at(start + ms, () => {
          seen.push(ms);
          if (clock.now() < start + ms) early.push(ms);
          if (seen.length === after.length) resolve();
        });
    });
    assert.deepEqual(
      seen,
      after.toSorted((a, b) => a - b),
    );
    assert.deepEqual(early, []);
  });
});
