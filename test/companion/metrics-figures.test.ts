import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Distribution } from '../../src/server/metrics/distribution.js';
import { Intake, IntakeFull } from '../../src/server/metrics/intake.js';
import { stepsOf, waitsOf } from '../../src/server/metrics/measures.js';
import { aReport } from './reports.js';
import { numbers, percentile, near } from './true-percentiles.js';

describe('a distribution', () => {
  it('knows every percentile of any values to within 1 %, also weighed and put together from parts', () => {
    const next = numbers(7);
    for (const size of [1, 2, 10, 1000, 20_000]) {
      const values = Array.from(
        { length: size },
        () => [next() ** 4 * 60_000 + next(), next() < 0.3 ? 10 : 1] as const,
      );
      const parts = [new Distribution(), new Distribution(), new Distribution()];
      values.forEach(([value, weight], i) => parts[i % 3]?.add(value, weight));
      const whole = new Distribution();
      for (const part of parts)
        whole.merge(Distribution.read(JSON.parse(JSON.stringify(part.write())) as number[]));
      const shares = [0, 0.01, 0.5, 0.75, 0.95, 0.99, 1];
      whole.percentiles(shares).forEach((found, i) => {
        near(found, percentile(values, shares[i] ?? 0), `p${(shares[i] ?? 0) * 100} of ${size}`);
      });
      assert.equal(whole.min, Math.min(...values.map(([value]) => value)));
      assert.equal(whole.max, Math.max(...values.map(([value]) => value)));
    }
  });

  it('has no percentiles without values, and 0 is a value', () => {
    const none = new Distribution();
    assert.deepEqual(none.percentiles([0.5]), [NaN]);
    none.add(0);
    none.add(0);
    none.add(1000);
    assert.equal(none.percentiles([0.5])[0], 0);
    assert.deepEqual(
      Distribution.read(JSON.parse(JSON.stringify(none.write())) as number[]).percentiles([0.5]),
      [0],
    );
  });
});

describe('what a visitor waited', () => {
  for (const [about, mode, marks, waits] of [
    [
      'in the page',
      'inline',
      { visible: 200, 'times-fresh': 450, 'frame-start': 100, ready: 1500 },
      { 'times-wait': 250, 'calendar-wait': 1300 },
    ],
    [
      'for cached times',
      'inline',
      { visible: 200, 'times-cached': 210, 'times-fresh': 450 },
      { 'times-wait': 10 },
    ],
    [
      'for what was there before it was seen',
      'inline',
      { visible: 5000, 'times-fresh': 450, ready: 1500 },
      { 'times-wait': 0, 'calendar-wait': 0 },
    ],
    [
      'for a calendar that was started when a time was chosen',
      'inline',
      { visible: 200, opened: 9000, 'frame-start': 9010, ready: 9900 },
      { 'calendar-wait': 890 },
    ],
    [
      'in a dialog that was prepared',
      'popup',
      { visible: 10, 'times-fresh': 300, 'frame-start': 400, ready: 1400, opened: 3000 },
      { 'times-wait': 0, 'calendar-wait': 0 },
    ],
    ['in a dialog nobody opened', 'popup', { visible: 10, 'times-fresh': 300 }, {}],
  ] as const)
    it(`is counted ${about}`, () => assert.deepEqual(waitsOf({ mode, marks }), waits));

  it('is part of a funnel in which each step has all of the steps after it', () => {
    assert.deepEqual(stepsOf({ outcome: 'unseen', marks: {} }), []);
    assert.deepEqual(stepsOf({ outcome: 'pending', marks: {} }), ['seen']);
    assert.deepEqual(stepsOf({ outcome: 'ready', marks: { booked: 1 } }), [
      'seen',
      'opened',
      'chosen',
      'booked',
    ]);
  });
});

describe('an intake', () => {
  it('writes many together, and of two reports of a view only the later', async () => {
    const writes: string[][] = [];
    const intake = new Intake({
      write: (reports) => Promise.resolve(void writes.push(reports.map(({ id, seq }) => `${id}/${seq}`))),
    });
    const taken = [2, 1, 3].map((seq) => intake.take(aReport({ id: 'a', seq })));
    taken.push(intake.take(aReport({ id: 'b' })));
    await Promise.all(taken);
    assert.deepEqual(writes, [['a/3', 'b/1']]);
  });

  it('loses none of those that come with one that cannot be stored', async () => {
    const stored: string[] = [];
    const intake = new Intake({
      write: (reports) => {
        if (reports.some(({ id }) => id === 'bad')) return Promise.reject(new Error('cannot be stored'));
        stored.push(...reports.map(({ id }) => id));
        return Promise.resolve();
      },
    });
    const results = await Promise.allSettled(
      ['a', 'b', 'bad', 'c', 'd'].map((id) => intake.take(aReport({ id }))),
    );
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
    );
    assert.deepEqual(stored.sort(), ['a', 'b', 'c', 'd']);
  });

  it('refuses what it has no room for, and takes more when it has', async () => {
    const intake = new Intake({ write: () => Promise.resolve(), most: 2 });
    const taken = [intake.take(aReport()), intake.take(aReport())];
    await assert.rejects(intake.take(aReport()), IntakeFull);
    await Promise.all(taken);
    await intake.take(aReport());
  });
});
