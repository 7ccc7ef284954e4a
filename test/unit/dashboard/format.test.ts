import { expect } from '@open-wc/testing';
import { createFormat } from '../../../src/dashboard/format.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('figures on the dashboard', () => {
  const german = createFormat(['de-DE'], 'Europe/Berlin');
  const american = createFormat(['en-US'], 'America/New_York');

  it('are written as the language of the browser writes numbers', () => {
    expect(german.count(12_345.4)).to.equal('12.345');
    expect(american.count(12_345.4)).to.equal('12,345');
    expect(plain(german.percent(0.0123))).to.equal('1,2 %');
    expect(american.percent(0.0123)).to.equal('1.2%');
  });

  it('have one digit after the point only for shares below ten per cent, and a dash for an unknown share', () => {
    expect(american.percent(0.0949)).to.equal('9.5%');
    expect(american.percent(0.0996)).to.equal('10%');
    expect(american.percent(0.7349)).to.equal('73%');
    expect(american.percent(null)).to.equal('–');
  });

  it('give durations below a second in milliseconds, others in seconds, and a dash for none', () => {
    expect(plain(american.duration(870))).to.equal('870 ms');
    expect(plain(american.duration(1149))).to.equal('1.1 s');
    expect(american.duration(undefined)).to.equal('–');
  });

  it('give times of day in the zone and by the clock that the browser has', () => {
    const at = '2026-11-23T14:05:00Z';
    expect(german.clock(at)).to.equal('15:05');
    expect(plain(american.clock(at))).to.equal('9:05 AM');
  });

  it('name the zone and its distance from UTC', () => {
    const at = Date.UTC(2026, 10, 23);
    expect(american.zoneName(at)).to.equal('America/New York (GMT-5)');
    expect(createFormat(['en-US'], 'UTC').zoneName(at)).to.equal('UTC');
  });

  it('mark hours of an axis by the hour and days by their date', () => {
    const starts = ['2026-11-23T23:00:00Z', '2026-11-24T00:00:00Z'];
    expect(german.ticks(starts, HOUR)).to.deep.equal(['00:00', '01:00']);
    expect(american.ticks(['2026-11-23T05:00:00Z', '2026-11-24T05:00:00Z'], DAY)).to.deep.equal([
      'Nov 23',
      'Nov 24',
    ]);
  });

  it('mark steps of some hours only where a new day begins in the zone of the browser', () => {
    const starts = [0, 6, 12, 18, 24].map((hour) => new Date(Date.UTC(2026, 10, 23, hour)).toISOString());
    expect(american.ticks(starts, 6 * HOUR)).to.deep.equal(['', 'Mon', '', '', '']);
    expect(german.ticks(starts, 6 * HOUR)).to.deep.equal(['Mo', '', '', '', 'Di']);
  });

  it('name a whole step with its day and both ends', () => {
    expect(plain(german.step('2026-11-23T23:00:00Z', HOUR))).to.match(/^Di.*24\. Nov.*00:00 – 01:00$/);
    expect(american.step('2026-11-23T05:00:00Z', DAY)).to.equal('Mon, Nov 23');
    expect(american.step('2026-11-23T05:00:00Z', 7 * DAY)).to.equal('Mon, Nov 23 – Sun, Nov 29');
  });

  it('say how long ago something was', () => {
    const now = Date.UTC(2026, 10, 23);
    const ago = (ms: number): string => american.ago(now - ms, now);
    expect([ago(20_000), ago(5 * 60_000), ago(3 * HOUR), ago(3 * DAY)]).to.deep.equal([
      'just now',
      '5 min ago',
      '3 h ago',
      '3 days ago',
    ]);
  });
});
