import { expect } from '@open-wc/testing';
import { availabilitySchema } from '../../../src/protocol/availability.js';
import { alternatives } from '../../../src/scheduling/alternatives.js';
import {
  afterFailure,
  afterSuccess,
  circuitState,
  onTrial,
  type Circuit,
} from '../../../src/scheduling/circuit-breaker.js';
import { freshness, maxAge } from '../../../src/scheduling/freshness.js';
import {
  cut,
  iso,
  learn,
  missing,
  recall,
  type KnownSlots,
} from '../../../src/widget/availability/known-slots.js';
import { addDays, dayOf, spanOf, startOfDay } from '../../../src/scheduling/local-days.js';
import { readAvailability, readKnownSlots } from '../../../src/widget/availability/read-availability.js';
import { budgetFreeAt, isRecent } from '../../../src/widget/availability/request-budget.js';
import { staleWhileRevalidate } from '../../../src/widget/availability/stale-while-revalidate.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-21T10:00:00Z');

/** An answer about some days from `NOW` on, with a time at every given hour after `NOW`. */
const answer = (
  [from, to]: readonly [fromDay: number, toDay: number],
  { age = 0, fresh = 5 * MINUTE, hours = [] as readonly number[] } = {},
): KnownSlots => ({
  from: NOW + from * DAY,
  to: NOW + to * DAY,
  at: NOW - age,
  until: NOW - age + fresh,
  slots: hours.map((hour) => ({ start: iso(NOW + hour * HOUR) })),
});
const span = (from: number, to: number) => ({ from: NOW + from * DAY, to: NOW + to * DAY });
const hoursOf = (slots: readonly { start: string }[]) =>
  slots.map(({ start }) => (Date.parse(start) - NOW) / HOUR);

describe('freshness', () => {
  for (const [count, ahead, seconds] of [
    [0, 0, 60],
    [0, 8 * DAY, 60],
    [1, 0, 180],
    [4, 0, 180],
    [4, 8 * DAY, 180],
    [5, 0, 300],
    [500, 0, 300],
    [5, 7 * DAY, 300],
    [5, 7 * DAY + 1, 600],
    [500, 60 * DAY, 600],
  ] as const)
    it(`of ${count} times that begin ${ahead / DAY} days ahead lasts ${seconds} s`, () => {
      expect(maxAge(count, NOW + ahead, NOW)).to.equal(seconds * SECOND);
    });

  for (const [age, expected, why] of [
    [0, 'fresh', 'just come'],
    [5 * MINUTE - 1, 'fresh', 'the last moment'],
    [5 * MINUTE, 'stale', 'as old as it may be'],
    [DAY - 1, 'stale', 'not yet a day old'],
    [DAY, 'expired', 'a day old'],
    [-2 * SECOND, 'fresh', 'a clock that was set back a little'],
    [-MINUTE, 'stale', 'a clock that was set back: nobody knows how old it is'],
    [-HOUR, 'stale', 'a clock that was set back an hour'],
    [-2 * DAY, 'expired', 'from a future that never was'],
  ] as const)
    it(`is ${expected} at an age of ${age / SECOND} s (${why})`, () => {
      const { at, until } = answer([0, 1], { age });
      expect(freshness({ from: 0, to: 1, at, until }, NOW)).to.equal(expected);
    });
});

describe('known slots', () => {
  it('are replaced by newer ones where they overlap, and only there', () => {
    const known = learn(
      [answer([0, 10], { age: MINUTE, hours: [1, 49, 200] })],
      [answer([2, 4], { hours: [50, 51] })],
      NOW,
    );
    expect(known.map(({ from, to }) => [(from - NOW) / DAY, (to - NOW) / DAY])).to.deep.equal([
      [0, 2],
      [2, 4],
      [4, 10],
    ]);
    expect(hoursOf(known.flatMap(({ slots }) => slots))).to.deep.equal([1, 50, 51, 200]);
  });

  it('are not replaced by older ones, in whatever order they come', () => {
    const [old, young] = [answer([0, 4], { age: HOUR, hours: [1] }), answer([0, 4], { hours: [2] })];
    for (const known of [learn([young], [old], NOW), learn([old], [young], NOW)])
      expect(hoursOf(known.flatMap(({ slots }) => slots))).to.deep.equal([2]);
  });

  it('lose what is over, what has expired, and the oldest when there are too many', () => {
    expect(learn([answer([-3, -1])], [answer([1, 2], { age: 2 * DAY })], NOW)).to.deep.equal([]);
    const many = Array.from({ length: 30 }, (_, day) => answer([day, day + 1], { age: day * SECOND }));
    const kept = learn([], many, NOW);
    expect(kept.map(({ from }) => (from - NOW) / DAY)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('are cut without touching what lies before and after', () => {
    const parts = cut([answer([0, 10], { hours: [1, 30, 31, 72, 73] })], span(1, 3));
    expect(parts.map(({ from, to }) => [(from - NOW) / DAY, (to - NOW) / DAY])).to.deep.equal([
      [0, 1],
      [3, 10],
    ]);
    expect(parts.map(({ slots }) => hoursOf(slots))).to.deep.equal([[1], [72, 73]]);
    expect(cut(parts, span(-5, 40))).to.deep.equal([]);
  });

  it('are left alone by a cut that only touches them', () => {
    const known = [answer([0, 1])];
    expect(cut(known, span(1, 2))).to.deep.equal(known);
  });
});

describe('what has to be asked', () => {
  const hour = { age: HOUR };
  for (const [why, known, wanted, expected] of [
    ['nothing is known', [], [0, 10], [0, 10]],
    ['all is fresh', [answer([0, 10])], [0, 10], null],
    ['more than wanted is fresh', [answer([-1, 12])], [0, 10], null],
    ['all is stale', [answer([0, 10], hour)], [0, 10], [0, 10]],
    ['the beginning is fresh', [answer([0, 4])], [0, 10], [4, 10]],
    ['the end is fresh', [answer([6, 12])], [0, 10], [0, 6]],
    ['both ends are fresh', [answer([0, 4]), answer([6, 12])], [0, 10], [4, 6]],
    ['the middle is fresh', [answer([4, 6])], [0, 10], [0, 10]],
    ['fresh pieces touch', [answer([0, 4]), answer([4, 10])], [0, 10], null],
    ['what is fresh lies elsewhere', [answer([20, 30])], [0, 10], [0, 10]],
    ['the range began yesterday', [], [-1, 10], [-1, 10]],
    ['the range began yesterday and today is known', [answer([-0.5, 2])], [-1, 10], [2, 10]],
    ['only yesterday is missing', [answer([-0.1, 10])], [-1, 10], null],
    ['the range is over', [], [-9, -1], null],
    ['it claims to be from the future', [answer([0, 10], { age: -HOUR, fresh: 2 * HOUR })], [0, 10], [0, 10]],
  ] as const)
    it(`when ${why}`, () => {
      const need = missing(known, span(wanted[0], wanted[1]), NOW);
      expect(need).to.deep.equal(expected && span(expected[0], expected[1]));
    });

  it('is everything older than the moment the visitor asked for news', () => {
    const known = [answer([0, 10], { age: SECOND })];
    expect(missing(known, span(0, 10), NOW, NOW)).to.deep.equal(span(0, 10));
    expect(missing(known, span(0, 10), NOW, NOW - SECOND)).to.equal(null);
  });
});

describe('what can be shown', () => {
  it('ends at the first gap, and says so', () => {
    const known = [answer([0, 3], { hours: [1, 2] }), answer([5, 9], { hours: [130] })];
    const shown = recall(known, span(0, 9), NOW);
    expect(hoursOf(shown?.slots ?? [])).to.deep.equal([1, 2]);
    expect(shown?.to).to.equal(iso(NOW + 3 * DAY));
  });

  it('is nothing when the beginning is not known', () => {
    expect(recall([answer([1, 9], { hours: [30] })], span(0, 9), NOW)).to.equal(null);
    expect(recall([], span(0, 9), NOW)).to.equal(null);
  });

  it('is as old as the oldest part of it', () => {
    const known = [answer([0, 3], { age: 7 * HOUR }), answer([3, 9], { age: MINUTE })];
    expect(recall(known, span(0, 9), NOW)?.fetchedAt).to.equal(NOW - 7 * HOUR);
  });

  it('never holds a time that has begun, nor one outside the range', () => {
    const known = [answer([-1, 9], { hours: [-2, 0, 0.001, 23, 24, 25] })];
    expect(hoursOf(recall(known, span(-1, 1), NOW)?.slots ?? [])).to.deep.equal([0.001, 23]);
  });

  it('is nothing after a day', () => {
    expect(recall([answer([0, 9], { age: DAY })], span(0, 9), NOW)).to.equal(null);
  });

  it('is an empty list for days that are over', () => {
    const shown = recall([], span(-9, -2), NOW);
    expect(shown).to.deep.equal({ v: 1, ...isoSpan(-9, -2), fetchedAt: NOW, slots: [] });
  });

  const isoSpan = (from: number, to: number) => ({ from: iso(NOW + from * DAY), to: iso(NOW + to * DAY) });
});

describe('stale-while-revalidate', () => {
  const wanted = span(-0.4, 31);
  for (const [what, age, shows, asks] of [
    ['fresh times', MINUTE, true, false],
    ['stale times', HOUR, true, true],
    ['expired times', 25 * HOUR, false, true],
    ['times from the future', -HOUR, true, true],
  ] as const)
    it(`${shows ? 'shows' : 'does not show'} ${what} and ${asks ? 'asks' : 'does not ask'}`, () => {
      const { show, request } = staleWhileRevalidate([answer([-1, 33], { age })], [], wanted, NOW);
      expect(!!show).to.equal(shows);
      expect(!!request).to.equal(asks);
    });

  it('does not ask what another tab has just fetched, though the times are still to be read', () => {
    const noted = answer([-1, 33]);
    expect(staleWhileRevalidate([], [noted], wanted, NOW)).to.deep.equal({ show: null, request: null });
  });

  it('asks for enough that no other zone and no midnight needs a second request', () => {
    const { request } = staleWhileRevalidate([], [], wanted, NOW);
    const known = [{ ...answer([0, 0]), ...request }];
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'Europe/Berlin']) {
      const here = spanOf({ first: dayOf(NOW, 'Europe/Berlin'), days: 31 }, 'Europe/Berlin');
      const there = spanOf({ first: dayOf(NOW, 'Europe/Berlin'), days: 31 }, timeZone);
      expect(Math.abs(here.to - there.to)).to.be.below(26 * HOUR);
      expect(missing(known, { from: NOW, to: there.to }, NOW), timeZone).to.equal(null);
    }
    const tomorrow = { from: wanted.from + DAY, to: wanted.to + DAY };
    expect(missing(known, tomorrow, NOW)).to.equal(null);
  });

  it('asks a month further only for what the first answer left out', () => {
    const first = staleWhileRevalidate([], [], wanted, NOW).request;
    const next = staleWhileRevalidate([{ ...answer([0, 0]), ...first }], [], span(31, 62), NOW).request;
    expect(next?.from).to.equal(first?.to);
  });

  it('asks the same address all day long', () => {
    const { request } = staleWhileRevalidate([], [], wanted, NOW);
    expect(staleWhileRevalidate([], [], wanted, NOW + 3 * HOUR).request).to.deep.equal(request);
  });
});

describe('the request budget', () => {
  const seconds = (...ago: number[]) => ago.map((s) => NOW - s * SECOND);
  const oneTo = (count: number) => Array.from({ length: count }, (_, n) => count - n);

  it('lets 20 requests a minute pass', () => {
    expect(budgetFreeAt([])).to.equal(0);
    expect(budgetFreeAt(seconds(...oneTo(19)))).to.equal(0);
    expect(budgetFreeAt(seconds(...oneTo(20)))).to.equal(NOW - 20 * SECOND + MINUTE);
  });

  it('is free again when the oldest request that matters is a minute old', () => {
    expect(budgetFreeAt(seconds(...oneTo(23)))).to.equal(NOW - 20 * SECOND + MINUTE);
  });

  it('does not count what is a minute old, nor what a wrong clock wrote', () => {
    const counted = seconds(-3600, -1, 0, 59, 60, 61).filter((at) => isRecent(at, NOW));
    expect(counted).to.deep.equal(seconds(0, 59));
  });
});

describe('the circuit breaker', () => {
  const well: Circuit = { failures: 0, until: 0 };
  const fail = (circuit: Circuit, now: number) => afterFailure(circuit, now, 5 * SECOND);
  const broken = [1, 2, 3, 4, 5].reduce((circuit) => fail(circuit, NOW), well);

  it('stays closed for four failures, and waits after each', () => {
    let circuit = well;
    for (let count = 1; count < 5; count++) {
      circuit = fail(circuit, NOW);
      expect(circuitState(circuit, NOW)).to.equal('closed');
      expect(circuit.until).to.equal(NOW + 5 * SECOND);
    }
  });

  it('opens for 60 s with the fifth failure, then is half-open', () => {
    expect(circuitState(broken, NOW)).to.equal('open');
    expect(circuitState(broken, NOW + MINUTE - 1)).to.equal('open');
    expect(circuitState(broken, NOW + MINUTE)).to.equal('half-open');
  });

  it('starts from nothing after a success in between', () => {
    const circuit = afterSuccess(
      [1, 2, 3, 4].reduce((sum) => fail(sum, NOW), well),
      NOW,
    );
    expect(
      circuitState(
        [1, 2, 3, 4].reduce((sum) => fail(sum, NOW), circuit),
        NOW,
      ),
    ).to.equal('closed');
  });

  it('closes with the second success in a row', () => {
    const once = afterSuccess(broken, NOW + MINUTE);
    expect(circuitState(once, NOW + MINUTE)).to.equal('half-open');
    expect(circuitState(afterSuccess(once, NOW + MINUTE), NOW + MINUTE)).to.equal('closed');
  });

  it('opens again with one failure while it is half-open, and needs two successes again', () => {
    const once = afterSuccess(broken, NOW + MINUTE);
    const again = fail(once, NOW + 2 * MINUTE);
    expect(circuitState(again, NOW + 3 * MINUTE - 1)).to.equal('open');
    expect(circuitState(afterSuccess(again, NOW + 3 * MINUTE), NOW + 3 * MINUTE)).to.equal('half-open');
  });

  it('lets one request at a time through while it is half-open', () => {
    const trying = onTrial(broken, NOW + MINUTE);
    expect(circuitState(trying, NOW + MINUTE)).to.equal('open');
    expect(circuitState(trying, NOW + MINUTE + 15 * SECOND)).to.equal('half-open');
    expect(onTrial(well, NOW)).to.deep.equal(well);
  });

  it('stays away for as long as the API asks', () => {
    expect(afterFailure(well, NOW, 10 * MINUTE).until).to.equal(NOW + 10 * MINUTE);
    expect(afterFailure(broken, NOW, 10 * MINUTE).until).to.equal(NOW + 10 * MINUTE);
  });
});

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

  it('begin with the preferred time itself where it is free', () => {
    expect(offered(at('2026-10-23T08:00:00Z'))).to.deep.equal(['preferred 2026-10-23T08:00:00Z']);
  });

  it('end with the next free time when nothing is near', () => {
    expect(offered(at('2026-10-22T10:00:00+02:00', '2026-12-01T10:00:00+01:00'))).to.deep.equal([
      'next-free 2026-12-01T10:00:00+01:00',
    ]);
  });

  it('keep a time of each kind when there is room for few', () => {
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

  it('never hold a time that has begun', () => {
    expect(offered(at('2026-10-23T09:30:00+02:00'), { now: preferred })).to.deep.equal([]);
  });

  it('know other weekends', () => {
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

describe('answers are read', () => {
  const good = {
    v: 1,
    from: '2026-11-21T00:00:00Z',
    to: '2026-12-22T00:00:00Z',
    fetchedAt: NOW,
    slots: [
      { start: '2026-11-21T10:00:00+01:00', end: '2026-11-21T10:30:00+01:00', url: 'https://a.example/' },
    ],
  };
  const start = '2026-11-21T10:00:00Z';
  const junk: readonly unknown[] = [
    good,
    { ...good, more: 1 },
    { ...good, slots: [] },
    { ...good, slots: [{ start, more: [] }] },
    { ...good, fetchedAt: 0 },
    null,
    undefined,
    0,
    '',
    'text',
    [],
    [good],
    {},
    { ...good, v: 2 },
    { ...good, v: '1' },
    { ...good, from: undefined },
    { ...good, from: 'soon' },
    { ...good, from: `2026-11-21T00:00:00Z${' '.repeat(40)}` },
    { ...good, to: NOW },
    { ...good, to: null },
    { ...good, fetchedAt: -1 },
    { ...good, fetchedAt: NaN },
    { ...good, fetchedAt: Infinity },
    { ...good, fetchedAt: `${NOW}` },
    { ...good, fetchedAt: null },
    { ...good, slots: null },
    { ...good, slots: {} },
    { ...good, slots: { length: 0 } },
    { ...good, slots: ['2026-11-21T10:00:00Z'] },
    { ...good, slots: [null] },
    { ...good, slots: [[]] },
    { ...good, slots: [{}] },
    { ...good, slots: [{ start: 'never' }] },
    { ...good, slots: [{ start, end: 'never' }] },
    { ...good, slots: [{ start, end: null }] },
    { ...good, slots: [{ start, url: 7 }] },
    { ...good, slots: [{ start, url: 'x'.repeat(2048) }] },
    { ...good, slots: [{ start, url: 'x'.repeat(2049) }] },
    { ...good, slots: [{ start }, { start: 3 }] },
  ];

  it('from a companion exactly as the schema reads them', () => {
    for (const body of junk) {
      const { success, data } = availabilitySchema.safeParse(body);
      expect(readAvailability(body), JSON.stringify(body)).to.deep.equal(success ? data : null);
    }
    expect(readAvailability(good)).to.deep.equal(good);
  });

  it('from the cache as they were written, and nothing else', () => {
    const known = [answer([0, 3], { hours: [1, 2] }), answer([4, 5])];
    expect(readKnownSlots(JSON.parse(JSON.stringify(known)))).to.deep.equal(known);
    for (const body of [
      ...junk,
      [{ ...known[0], from: 'x' }],
      [{ ...known[0], to: null }],
      [{ ...known[0], slots: 1 }],
    ])
      if (!Array.isArray(body) || body.length)
        expect(readKnownSlots(body), JSON.stringify(body)).to.equal(null);
  });

  it('from the cache without believing that anything stays fresh for ever', () => {
    const [read] = readKnownSlots([{ ...answer([0, 3]), until: NOW + 400 * DAY }]) ?? [];
    expect(read?.until).to.equal(NOW + 10 * MINUTE);
  });
});
