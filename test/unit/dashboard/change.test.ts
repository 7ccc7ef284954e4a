import { expect } from '@open-wc/testing';
import { countChange, durationChange, isComparable, shareChange } from '../../../src/dashboard/change.js';
import { createFormat } from '../../../src/dashboard/format.js';
import { aStep } from './summaries.js';

const format = createFormat(['en-US'], 'UTC');

describe('the change against the period before', () => {
  it('is a percentage for counts, and more is better', () => {
    expect(countChange(12, 10, format)).to.deep.equal({ text: '20%', direction: 'up', verdict: 'better' });
    expect(countChange(5, 10, format)).to.deep.equal({ text: '50%', direction: 'down', verdict: 'worse' });
  });

  it('is no change where a count stays, or where the difference rounds to nothing', () => {
    expect(countChange(0, 0, format)?.text).to.equal('no change');
    expect(countChange(1001, 1000, format)).to.deep.equal({
      text: 'no change',
      direction: 'same',
      verdict: 'same',
    });
  });

  it('has no percentage where there was nothing before', () => {
    expect(countChange(3, 0, format)).to.equal(undefined);
  });

  it('is in percentage points for shares, and fewer failures are better', () => {
    expect(shareChange(0.02, 0.035, format, 'less')).to.deep.equal({
      text: '1.5 points',
      direction: 'down',
      verdict: 'better',
    });
    expect(shareChange(0.05, 0.04, format)?.text).to.equal('1 point');
    expect(shareChange(null, 0.04, format)).to.equal(undefined);
  });

  it('is faster or slower for durations', () => {
    expect(durationChange(1100, 1400, format)?.text.replace(/\s/g, ' ')).to.equal('300 ms faster');
    expect(durationChange(1400, 1100, format)?.verdict).to.equal('worse');
    expect(durationChange(1105, 1100, format)?.direction).to.equal('same');
    expect(durationChange(1100, undefined, format)).to.equal(undefined);
  });

  it('is only known where loads were counted from the beginning of the period before', () => {
    const series = (...counts: number[]) => counts.map((count, i) => aStep(i, { count }));
    expect(isComparable({ series: series(0, 2, 0, 0, 0, 0, 0, 0) })).to.equal(true);
    expect(isComparable({ series: series(0, 0, 4, 5, 6, 7, 8, 9) })).to.equal(false);
    expect(isComparable({ series: [] })).to.equal(false);
  });
});
