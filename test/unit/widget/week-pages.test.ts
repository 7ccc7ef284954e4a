import { expect } from '@open-wc/testing';
import {
  homePage,
  furtherWindow,
  openingPage,
  pageStart,
  readPreferred,
  turnsFrom,
  windowOf,
} from '../../../src/widget/availability/week-pages.js';

const NOW = Date.parse('2026-11-27T10:00Z');
const TODAY = '2026-11-27';

describe('a preferred time', () => {
  const cases: readonly [written: string, preferred: unknown][] = [
    ['2026-12-01T09:00Z', Date.parse('2026-12-01T09:00Z')],
    ['2026-12-01T09:00+05:45', Date.parse('2026-12-01T03:15Z')],
    ['2027-11-27T10:00Z', Date.parse('2027-11-27T10:00Z')],
    ['2026-11-27T10:00Z', 'past'],
    ['1999-01-01', 'past'],
    ['2027-11-27T10:01Z', 'far'],
    ['next Tuesday', null],
    ['', null],
  ];
  for (const [written, preferred] of cases)
    it(`written as "${written}" is ${String(preferred)}`, () => {
      expect(readPreferred(written, NOW)).to.equal(preferred);
    });
});

describe('the first page', () => {
  const pages: readonly [preferred: string, zone: string, page: string | null][] = [
    // Within the 31 days that are asked for anyway, with its whole week and a day more: the soonest times.
    ['2026-12-19T12:00Z', 'UTC', null],
    ['2026-12-20T12:00Z', 'UTC', null],
    ['2026-12-21T12:00Z', 'UTC', '2026-12-21'],
    // Both days are the visitor's: it is the 28th already, and still the 26th.
    ['2026-12-20T12:00Z', 'Pacific/Kiritimati', null],
    ['2026-12-21T10:30Z', 'Pacific/Pago_Pago', '2026-12-20'],
    ['2027-03-28T00:30Z', 'Europe/Berlin', '2027-03-28'],
  ];
  for (const [preferred, zone, page] of pages)
    it(`of a preferred time ${preferred} in ${zone} is ${page ?? 'that of the soonest times'}`, () => {
      expect(homePage(Date.parse(preferred), NOW, zone)).to.equal(page);
    });

  it('is that of the soonest times where there is no preferred time that can be shown', () => {
    for (const preferred of [null, 'past', 'far'] as const)
      expect(homePage(preferred, NOW, 'UTC')).to.equal(null);
  });
});

describe('the days that a page needs', () => {
  const windows: readonly [first: string | null, day: string, days: number][] = [
    [null, TODAY, 31],
    ['2026-12-20', TODAY, 31],
    // From the last page of the first window on by months, today at the earliest.
    ['2026-12-21', '2026-12-01', 31],
    // A week that reaches into the next month needs that one too.
    ['2026-12-27', '2026-12-01', 62],
    ['2027-01-10', '2027-01-01', 31],
    ['2027-02-20', '2027-02-01', 28],
    ['2028-02-20', '2028-02-01', 29],
    ['2027-03-26', '2027-03-01', 61],
  ];
  for (const [first, day, days] of windows)
    it(`that begins with ${first ?? 'the soonest times'} are ${days} from ${day} on`, () => {
      expect(windowOf(first, TODAY)).to.deep.equal({ first: day, days });
    });
});

describe('the page of a day', () => {
  for (const [day, start] of [
    [TODAY, TODAY],
    ['2026-12-03', TODAY],
    ['2026-12-04', '2026-12-04'],
    ['2027-03-28', '2027-03-26'],
    ['2026-11-26', '2026-11-20'],
  ] as const)
    it(`${day} lies on the page that begins with ${start}`, () => {
      expect(pageStart(day, TODAY)).to.equal(start);
    });
});

describe('turning pages', () => {
  const turns: readonly [first: string, earlier: string | undefined, later: string | undefined][] = [
    // There is nothing to book before today.
    [TODAY, undefined, '2026-12-04'],
    ['2026-12-04', TODAY, '2026-12-11'],
    // A year ahead is the end.
    ['2027-11-19', '2027-11-12', '2027-11-26'],
    ['2027-11-26', '2027-11-19', undefined],
  ];
  for (const [first, earlier, later] of turns)
    it(`from ${first} leads to ${String(earlier)} and ${String(later)}`, () => {
      const found = turnsFrom(first, TODAY);
      expect([found.earlier, found.later]).to.deep.equal([earlier, later]);
    });

  it('offers this month and the twelve after it', () => {
    const { months } = turnsFrom('2026-12-31', '2026-12-31');
    expect(months).to.have.length(13);
    expect(months[0]).to.equal('2026-12-01');
    expect(months[2]).to.equal('2027-02-01');
    expect(months[12]).to.equal('2027-12-01');
  });
});

describe('the days to look through after an empty range', () => {
  it('are all that visitors can look at, or a hundred where a companion is asked', () => {
    expect(furtherWindow('2026-12-28', TODAY, false)).to.deep.equal({ first: '2026-12-28', days: 334 });
    expect(furtherWindow('2026-12-28', TODAY, true)).to.deep.equal({ first: '2026-12-28', days: 100 });
  });

  it('end where visitors cannot look further', () => {
    expect(furtherWindow('2027-11-27', TODAY, false)).to.equal(null);
    expect(furtherWindow('2028-01-01', TODAY, true)).to.equal(null);
  });
});

describe('the first page of a scheduling page whose address opens at a day', () => {
  for (const [what, day, page] of [
    ['a day ahead', '2026-12-20', '2026-12-20'],
    ['a day next year', '2027-02-01', '2027-02-01'],
    ['today', '2026-11-21', null],
    ['a day that has passed', '2026-11-01', null],
    ['a day beyond what visitors can look at', '2028-01-01', null],
    ['no day', null, null],
  ] as const)
    it(`begins with ${page ?? 'the soonest slots'} for ${what}`, () => {
      expect(openingPage(day, '2026-11-21')).to.equal(page);
    });
});
