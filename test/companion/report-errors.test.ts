import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ErrorContext } from '../../src/server/index.js';
import { onEachEngine } from './places.js';

onEachEngine('an error tracker', (open) => {
  it('gets what the log has as an error, and cannot disturb an answer', async () => {
    const seen: [error: unknown, context: ErrorContext][] = [];
    const broken = new Error('the clock has stopped');
    let isBroken = false;
    const companion = await (
      await open()
    ).companion({
      token: 'a-token-for-the-tracker',
      now() {
        if (isBroken) throw broken;
        return Date.now();
      },
      onError(error, context) {
        seen.push([error, context]);
        throw new Error('the tracker is out');
      },
    });
    isBroken = true;
    const { status } = await companion.fetch(
      new Request('http://companion.test/v1/metrics/summary', {
        headers: { authorization: 'Bearer a-token-for-the-tracker' },
      }),
    );
    isBroken = false;
    assert.equal(status, 500);
    const mine = seen.filter(([error]) => error === broken);
    assert.deepEqual(mine[0]?.[1], { message: 'a request failed' });
  });
});
