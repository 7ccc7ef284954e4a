import { expect } from '@open-wc/testing';
import { freshness, maxAge } from '../../../src/scheduling/freshness.js';
import { cut, iso, learn, missing, recall } from '../../../src/widget/availability/known-slots.js';
import { dayOf, spanOf } from '../../../src/scheduling/local-days.js';
import { staleWhileRevalidate } from '../../../src/widget/availability/stale-while-revalidate.js';
import { answer, NOW } from './known-answer.js';
import { DAY, HOUR, MINUTE, SECOND } from './times.js';

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
    it(`of ${count} slots that begin ${ahead / DAY} days ahead lasts ${seconds} s`, () => {
      expect(maxAge(count, NOW + ahead, NOW)).to.equal(seconds * SECOND);
    });

  for (const [age, expected, why] of [
    [0, 'fresh', 'just come'],
    [5 * MINUTE - 1, 'fresh', 'the last moment'],
    [5 * MINUTE, 'stale', 'as old as it may be'],
    [DAY - 1, 'stale', 'not yet a day old'],
    [DAY, 'expired', 'a day old'],
    [-2 * SECOND, 'fresh', 'a clock that was set back a little'],
    [-MINUTE, 'stale', 'a clock that was set back: the age is unknown'],
    [-HOUR, 'stale', 'a clock that was set back an hour'],
    [-2 * DAY, 'expired', 'two days ahead of the clock'],
  ] as const)
    it(`is ${expected} at an age of ${age / SECOND} s (${why})`, () => {
      const { at, until } = answer([0, 1], { age });
      expect(freshness({ from: 0, to: 1, at, until }, NOW)).to.equal(expected);
    });
});

describe('cached ranges of slots', () => {
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

  it('lose days that are over, expired ranges, and the oldest when there are too many', () => {
    expect(learn([answer([-3, -1])], [answer([1, 2], { age: 2 * DAY })], NOW)).to.deep.equal([]);
    const many = Array.from({ length: 30 }, (_, day) => answer([day, day + 1], { age: day * SECOND }));
    const kept = learn([], many, NOW);
    expect(kept.map(({ from }) => (from - NOW) / DAY)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('are cut without a change before and after the cut', () => {
    const parts = cut([answer([0, 10], { hours: [1, 30, 31, 72, 73] })], span(1, 3));
    expect(parts.map(({ from, to }) => [(from - NOW) / DAY, (to - NOW) / DAY])).to.deep.equal([
      [0, 1],
      [3, 10],
    ]);
    expect(parts.map(({ slots }) => hoursOf(slots))).to.deep.equal([[1], [72, 73]]);
    expect(cut(parts, span(-5, 40))).to.deep.equal([]);
  });

  it('stay unchanged when a cut only touches them', () => {
    const known = [answer([0, 1])];
    expect(cut(known, span(1, 2))).to.deep.equal(known);
  });
});

describe('the range to request', () => {
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
    it(`is ${expected ? 'only what is missing' : 'empty'} when ${why}`, () => {
      const need = missing(known, span(wanted[0], wanted[1]), NOW);
      expect(need).to.deep.equal(expected && span(expected[0], expected[1]));
    });

  it('is everything older than the moment of a refresh', () => {
    const known = [answer([0, 10], { age: SECOND })];
    expect(missing(known, span(0, 10), NOW, NOW)).to.deep.equal(span(0, 10));
    expect(missing(known, span(0, 10), NOW, NOW - SECOND)).to.equal(null);
  });
});

describe('the slots that can be shown', () => {
  it('end at the first gap, and name that end', () => {
    const known = [answer([0, 3], { hours: [1, 2] }), answer([5, 9], { hours: [130] })];
    const shown = recall(known, span(0, 9), NOW);
    expect(hoursOf(shown?.slots ?? [])).to.deep.equal([1, 2]);
    expect(shown?.to).to.equal(iso(NOW + 3 * DAY));
  });

  it('are null when the beginning of the range is not cached', () => {
    expect(recall([answer([1, 9], { hours: [30] })], span(0, 9), NOW)).to.equal(null);
    expect(recall([], span(0, 9), NOW)).to.equal(null);
  });

  it('are as old as the oldest of their ranges', () => {
    const known = [answer([0, 3], { age: 7 * HOUR }), answer([3, 9], { age: MINUTE })];
    expect(recall(known, span(0, 9), NOW)?.fetchedAt).to.equal(NOW - 7 * HOUR);
  });

  it('never contain a slot that has begun, nor one outside the range', () => {
    const known = [answer([-1, 9], { hours: [-2, 0, 0.001, 23, 24, 25] })];
    expect(hoursOf(recall(known, span(-1, 1), NOW)?.slots ?? [])).to.deep.equal([0.001, 23]);
  });

  it('are null after a day', () => {
    expect(recall([answer([0, 9], { age: DAY })], span(0, 9), NOW)).to.equal(null);
  });

  it('are an empty list for days that are over', () => {
    const shown = recall([], span(-9, -2), NOW);
    expect(shown).to.deep.equal({ v: 1, ...isoSpan(-9, -2), fetchedAt: NOW, slots: [] });
  });

  const isoSpan = (from: number, to: number) => ({ from: iso(NOW + from * DAY), to: iso(NOW + to * DAY) });
});

describe('stale-while-revalidate', () => {
  const wanted = span(-0.4, 31);
  for (const [what, age, shows, asks] of [
    ['fresh slots', MINUTE, true, false],
    ['stale slots', HOUR, true, true],
    ['expired slots', 25 * HOUR, false, true],
    ['slots from the future', -HOUR, true, true],
  ] as const)
    it(`${shows ? 'shows' : 'does not show'} ${what} and ${asks ? 'sends a request' : 'sends no request'}`, () => {
      const { show, request } = staleWhileRevalidate([answer([-1, 33], { age })], [], wanted, NOW);
      expect(!!show).to.equal(shows);
      expect(!!request).to.equal(asks);
    });

  it('does not request what another tab has just fetched, although its slots have not been read yet', () => {
    const noted = answer([-1, 33]);
    expect(staleWhileRevalidate([], [noted], wanted, NOW)).to.deep.equal({ show: null, request: null });
  });

  it('requests a range for which no other zone and no midnight needs a second request', () => {
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

  it('requests for the next month only what the first response left out', () => {
    const first = staleWhileRevalidate([], [], wanted, NOW).request;
    const next = staleWhileRevalidate([{ ...answer([0, 0]), ...first }], [], span(31, 62), NOW).request;
    expect(next?.from).to.equal(first?.to);
  });

  it('requests the same URL all day long', () => {
    const { request } = staleWhileRevalidate([], [], wanted, NOW);
    expect(staleWhileRevalidate([], [], wanted, NOW + 3 * HOUR).request).to.deep.equal(request);
  });
});
