import { expect } from '@open-wc/testing';
import { createFormat } from '../../../src/dashboard/format.js';
import { keyFigureChart, keyFigures } from '../../../src/dashboard/key-figures-model.js';
import { loadTimeChart } from '../../../src/dashboard/load-time-model.js';
import { aMeasure, aStep, aSummary, someFigures } from './summaries.js';

const DAY = 86_400_000;
const format = createFormat(['en-US'], 'Asia/Tokyo');
const utc = createFormat(['en-US'], 'UTC');

const busy = aSummary({
  count: 200,
  errors: 4,
  seen: 180,
  booked: 9,
  measures: { 'calendar-wait': aMeasure(600, 1100, 3200) },
  series: [
    aStep(0, { count: 100, seen: 90, booked: 4 }),
    aStep(1),
    aStep(2, {
      count: 100,
      errors: 4,
      seen: 90,
      booked: 5,
      measures: { 'calendar-wait': aMeasure(600, 1100, 3200) },
    }),
    aStep(3),
  ],
});
const quiet = aSummary({
  count: 100,
  errors: 4,
  seen: 100,
  booked: 6,
  series: [
    aStep(0, { count: 50, booked: 6, seen: 50 }),
    aStep(1),
    aStep(2),
    aStep(3, { count: 50, seen: 50 }),
  ],
});

describe('the key figures', () => {
  it('begin with the bookings and say how they have changed', () => {
    const [first, ...others] = keyFigures(someFigures(busy, quiet), format);
    expect(first).to.deep.equal({
      id: 'bookings',
      name: 'Bookings',
      value: '9',
      change: { text: '50%', direction: 'up', verdict: 'better' },
      before: '6 in the 7 days before',
    });
    expect(others.map(({ name, value }) => `${name} ${value}`.replace(/\s/g, ' '))).to.deep.equal([
      'Widget views 180',
      'Booking rate 5%',
      'Failed loads 2%',
      'Load time 1.1 s',
    ]);
  });

  it('compare nothing where the period before was not counted as a whole', () => {
    for (const { change, before } of keyFigures(someFigures(busy), format)) {
      expect(change).to.equal(undefined);
      expect(before).to.equal('nothing to compare with yet');
    }
  });

  it('are shown over time beside the period before', () => {
    const chart = keyFigureChart(someFigures(busy, quiet), 'bookings', format, utc);
    expect(chart.scale).to.equal('count');
    expect(chart.sentence).to.equal('9 in the last 7 days; 6 in the 7 days before.');
    expect(chart.series.map(({ name, values }) => [name, values])).to.deep.equal([
      ['Last 7 days', [4, 0, 5, 0]],
      ['The 7 days before', [6, 0, 0, 0]],
    ]);
    expect(keyFigureChart(someFigures(busy), 'bookings', format, utc).series).to.have.length(1);
  });

  it('have no rate and no share in a step in which nobody came', () => {
    const chart = keyFigureChart(someFigures(busy, quiet), 'failed', format, utc);
    expect(chart.series[0]?.values).to.deep.equal([0, null, 0.04, null]);
  });
});

describe('the load time', () => {
  it('says in words how many visitors waited how long, and leaves steps without loads open', () => {
    const chart = loadTimeChart(busy, 'calendar-wait', format, utc);
    expect(chart.sentence.replace(/\u00a0/g, ' ')).to.equal(
      '50% within 600 ms · 75% within 1.1 s · 95% within 3.2 s',
    );
    expect(chart.series.map(({ name, values }) => [name, values])).to.deep.equal([
      ['50% within', [null, null, 600, null]],
      ['75% within', [null, null, 1100, null]],
      ['95% within', [null, null, 3200, null]],
    ]);
  });
});

describe('the days of a chart', () => {
  const at = ['2026-11-22T15:00:00.000Z', '2026-11-23T15:00:00.000Z'];
  const series = at.map((from) => ({ ...aStep(0, { count: 1 }), at: from }));

  it('are named in the zone of the owner where the companion counts the days of that zone', () => {
    const summary = aSummary({ step: DAY, timeZone: 'Asia/Tokyo', series });
    expect(keyFigureChart(someFigures(summary), 'views', format, utc).labels).to.deep.equal([
      'Nov 23',
      'Nov 24',
    ]);
  });

  it('are named in UTC where the companion counts the days of UTC', () => {
    const summary = aSummary({ step: DAY, series });
    expect(keyFigureChart(someFigures(summary), 'views', format, utc).labels).to.deep.equal([
      'Nov 22',
      'Nov 23',
    ]);
  });
});
