import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Results } from '../results.js';
import { chartSvg } from './chart.js';
import { judge } from './rows.js';

function resultsOf(frame: readonly number[], ours: readonly number[]): Results {
  const results = new Results();
  for (const value of frame) results.add('in view', 'frame-lazy', { 'first visit, time': value });
  for (const value of ours) results.add('in view', 'ours-script', { 'first visit, time': value });
  return results;
}

describe('the levels of the benchmark', () => {
  it('a ratio is of the two values of the same pass', () => {
    const [judged] = judge(resultsOf([1000, 2000, 4000], [100, 400, 1200]));
    assert.deepEqual(judged?.measured, { median: 0.2, least: 0.1, most: 0.3 });
    assert.equal(judged.holds, true);
  });

  it('a level does not hold where the median is above it, or nothing was seen', () => {
    assert.equal(judge(resultsOf([1000], [400]))[0]?.holds, false);
    assert.equal(judge(resultsOf([1000], [NaN]))[0]?.holds, false);
  });

  it('rows without figures are left out', () => {
    assert.deepEqual(judge(new Results()), []);
  });
});

describe('the charts of the benchmark', () => {
  it('bars are as long as their medians, and words are text', () => {
    const bar = (label: string, median: number) => ({
      label,
      ours: false,
      value: { median, least: median, most: median },
    });
    const svg = chartSvg(
      { title: 'A <title>', unit: 'ms', groups: [{ title: 'first', bars: [bar('a', 100), bar('b', 50)] }] },
      ({ median }) => String(median),
    );
    const [long = 0, half = 0] = [...svg.matchAll(/width="([\d.]+)"[^>]*class="bar"/g)].map(([, width]) =>
      Number(width),
    );
    assert.equal(long, half * 2);
    assert.ok(!svg.includes('<title>'));
  });
});
