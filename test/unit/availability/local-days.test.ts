import { expect } from '@open-wc/testing';
import { alternatives } from '../../../src/scheduling/alternatives.js';
import { iso } from '../../../src/widget/availability/known-slots.js';
import { addDays, dayOf, spanOf, startOfDay } from '../../../src/scheduling/local-days.js';
import { HOUR, MINUTE } from './times.js';

describe('local days', () => {
  for (const [zone, day, starts, hours] of [
    ['UTC', '2026-11-21', '2026-11-21T00:00:00Z', 24],
    ['Pacific/Kiritimati', '2026-11-21', '2026-11-20T10:00:00Z', 24],
    ['Pacific/Pago_Pago', '2026-11-21', '2026-11-21T11:00:00Z', 24],
    ['Asia/Kolkata', '2026-11-21', '2026-11-20T18:30:00Z', 24],
    ['Asia/Kathmandu', '2026-11-21', '2026-11-20T18:15:00Z', 24],
    ['Pacific/Chatham', '2026-11-21', '2026-11-20T10:15:00Z', 24],
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z', 23],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z', 25],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00Z', 23],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00:00Z', 25],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00Z', 24.5],
    ['Pacific/Chatham', '2026-09-27', '2026-09-26T11:15:00Z', 23],
    // Of the past where it is odd: engines do not agree on what governments have decided lately.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z', 23], // there is no midnight
    ['Asia/Beirut', '2022-03-27', '2022-03-26T22:00:00Z', 23], // nor here
    ['America/Havana', '2022-11-06', '2022-11-06T04:00:00Z', 25], // midnight comes twice
    ['America/Santiago', '2023-04-01', '2023-04-01T03:00:00Z', 25], // 23:00 comes twice
    ['America/Santiago', '2023-04-02', '2023-04-02T04:00:00Z', 24],
    ['America/Santiago', '2023-09-03', '2023-09-03T04:00:00Z', 23],
  ] as const)
    it(`of ${zone}: ${day} starts at ${starts} and has ${hours} hours`, () => {
      const { from, to } = spanOf({ first: day, days: 1 }, zone);
      expect(iso(from)).to.equal(iso(Date.parse(starts)));
      expect((to - from) / HOUR).to.equal(hours);
    });

  it('hold in every zone and on every day of two years: the day begins there and not a second earlier', function () {
    this.timeout(60_000);
    const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
    // Every zone on a day of its own each time, and the ones with odd clocks on all days.
    const odd = [
      'Europe/Berlin',
      'America/Havana',
      'Africa/Cairo',
      'America/Santiago',
      'Australia/Lord_Howe',
    ];
    const check = (zone: string, day: string) => {
      const start = startOfDay(day, zone);
      expect(dayOf(start, zone), `${zone} ${day}`).to.equal(day);
      expect(dayOf(start - 1000, zone) < day, `${zone} ${day}`).to.equal(true);
    };
    for (let day = 0; day < 730; day++)
      for (const zone of [zones[day % zones.length], ...odd])
        if (zone) check(zone, addDays('2026-01-01', day));
  });

  it('of a month begin and end at local midnight, though the clocks change in between', () => {
    const { from, to } = spanOf({ first: '2026-10-10', days: 31 }, 'Europe/Berlin');
    expect([iso(from), iso(to)]).to.deep.equal(['2026-10-09T22:00:00.000Z', '2026-11-09T23:00:00.000Z']);
  });

  it('are counted over the ends of months and years', () => {
    expect(addDays('2027-12-31', 1)).to.equal('2028-01-01');
    expect(addDays('2028-03-01', -1)).to.equal('2028-02-29');
  });
});

describe('alternatives', () => {
  const timeZone = 'Europe/Berlin';
  const now = Date.parse('2026-10-20T00:00:00+02:00');
  // A Friday; the Sunday after it the clocks are put back.
  const preferred = Date.parse('2026-10-23T10:00:00+02:00');
  const at = (...starts: string[]) => starts.map((start) => ({ start }));
  const offered = (slots: readonly { start: string }[], options = {}) =>
    alternatives(slots, preferred, {
      now,
      timeZone,
      ...options,
    }).map(({ slot, reason }) => `${reason} ${slot.start}`);

  it('are the nearest of each kind, nearest first', () => {
    const slots = at(
      '2026-10-23T07:30:00+02:00',
      '2026-10-23T08:00:00+02:00',
      '2026-10-23T11:00:00+02:00',
      '2026-10-23T13:00:00+02:00',
      '2026-10-24T10:00:00+02:00',
      '2026-10-26T09:00:00+01:00',
      '2026-10-26T10:30:00+01:00',
      '2026-10-26T16:00:00+01:00',
      '2026-10-30T10:00:00+01:00',
    );
    expect(offered(slots)).to.deep.equal([
      'same-day 2026-10-23T11:00:00+02:00',
      'same-day 2026-10-23T08:00:00+02:00',
      'next-working-day 2026-10-26T10:30:00+01:00',
      'same-time-next-week 2026-10-30T10:00:00+01:00',
    ]);
  });

  it('begin with the preferred slot itself where it is free', () => {
    expect(offered(at('2026-10-23T08:00:00Z'))).to.deep.equal(['preferred 2026-10-23T08:00:00Z']);
  });

  it('end with the next free slot when nothing is near', () => {
    expect(offered(at('2026-10-22T10:00:00+02:00', '2026-12-01T10:00:00+01:00'))).to.deep.equal([
      'next-free 2026-12-01T10:00:00+01:00',
    ]);
  });

  it('keep a slot of each kind when only a few are wanted', () => {
    const many = Array.from({ length: 16 }, (_, n) => ({
      start: iso(preferred - 2 * HOUR + (n + 0.5) * 15 * MINUTE),
    }));
    const slots = [...many, ...at('2026-10-26T10:00:00+01:00', '2026-10-30T10:00:00+01:00')];
    const reasons = alternatives(slots, preferred, {
      now,
      timeZone,
      limit: 4,
    }).map(({ reason }) => reason);
    expect(reasons).to.have.lengthOf(4);
    expect(reasons).to.include.members(['same-day', 'next-working-day', 'same-time-next-week', 'next-free']);
  });

  it('never contain a slot that has begun', () => {
    expect(offered(at('2026-10-23T09:30:00+02:00'), { now: preferred })).to.deep.equal([]);
  });

  it('respect weekends on other days', () => {
    const slots = at('2026-10-24T10:00:00+02:00', '2026-10-25T10:00:00+01:00');
    expect(offered(slots, { weekend: [5, 6] })).to.deep.equal([
      'next-free 2026-10-24T10:00:00+02:00',
      'next-working-day 2026-10-25T10:00:00+01:00',
    ]);
  });

  it('are none where nothing is free', () => {
    expect(offered([])).to.deep.equal([]);
  });
});
