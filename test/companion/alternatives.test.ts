import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alternatives } from '../../src/scheduling/alternatives.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const WANTED = Date.parse('2026-03-04T10:00:00Z');

const choose = (starts: readonly string[], timeZone = 'UTC', preferred = WANTED): Record<string, string> =>
  Object.fromEntries(
    alternatives(
      starts.map((start) => ({ start })),
      preferred,
      { now: NOW, timeZone },
    ).map(({ slot, reason }) => [reason, slot.start]),
  );

describe('alternatives', () => {
  it('at the same time next week are up to two hours away by the clock on the wall, the nearest first', () => {
    assert.equal(
      choose(['2026-03-11T08:00:00Z', '2026-03-11T11:30:00Z', '2026-03-11T12:00:00Z'])['same-time-next-week'],
      '2026-03-11T11:30:00Z',
    );
    assert.equal(choose(['2026-03-11T12:00:00Z'])['same-time-next-week'], '2026-03-11T12:00:00Z');
    for (const far of ['2026-03-11T12:00:01Z', '2026-03-11T07:59:59Z'])
      assert.equal(choose([far])['same-time-next-week'], undefined, far);
  });

  it('at the same time next week follow the clock over its change', () => {
    // New York: 10:00 is 15:00Z before 8 March and 14:00Z after it.
    const preferred = Date.parse('2026-03-04T15:00:00Z');
    const found = choose(
      ['2026-03-11T12:30:00Z', '2026-03-11T14:00:00Z', '2026-03-11T15:00:00Z'],
      'America/New_York',
      preferred,
    );
    assert.equal(found['same-time-next-week'], '2026-03-11T14:00:00Z');
  });

  it('on the same day are up to two hours away', () => {
    assert.equal(choose(['2026-03-04T12:00:00Z'])['same-day'], '2026-03-04T12:00:00Z');
    assert.equal(choose(['2026-03-04T12:00:01Z'])['same-day'], undefined);
  });
});
