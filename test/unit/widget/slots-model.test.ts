import { expect } from '@open-wc/testing';
import type { Options } from '../../../src/widget/options.js';
import { initialState } from '../../../src/widget/state/initial-state.js';
import type { WidgetState } from '../../../src/widget/state/state.js';
import { slotsModel, type SlotsModel } from '../../../src/widget/views/slots-model.js';

const NOW = Date.parse('2026-11-27T10:00Z');
const slots = (...starts: string[]) => starts.map((start) => ({ start }));

const SOON = slots('2026-11-27T09:00Z', '2026-11-27T12:00Z', '2026-11-30T08:00Z', '2026-12-10T08:00Z');

interface Change extends Partial<Pick<WidgetState, 'week' | 'gone' | 'timeZone'>> {
  readonly request?: WidgetState['slots']['request'];
}

function model(
  { request = 'idle', ...change }: Change,
  options: Partial<Pick<Options, 'slots' | 'preferred'>> = {},
  free = SOON,
): SlotsModel | null {
  const known = {
    v: 1 as const,
    from: '2026-11-27T00:00:00Z',
    to: '2026-12-28T00:00:00Z',
    fetchedAt: NOW,
    slots: free,
  };
  return slotsModel(
    {
      ...initialState,
      ...change,
      options: { ...initialState.options, ...options },
      slots: { ...initialState.slots, known, request },
    },
    NOW,
  );
}

const shown = (found: SlotsModel | null): string[] =>
  found?.days.flatMap((day) => day.shown.map(({ start }) => start)) ?? [];

describe('view model of the slots', () => {
  it('there is no view model while no slots are known', () => {
    expect(slotsModel(initialState, NOW)).to.equal(null);
  });

  it('the view model has the soonest slots that have not begun', () => {
    const found = model({});
    expect(shown(found)).to.deep.equal(['2026-11-27T12:00Z', '2026-11-30T08:00Z']);
    expect([found?.week, found?.none, found?.wanted, found?.month, found?.day]).to.deep.equal([
      ['2026-11-27', '2026-12-03'],
      null,
      null,
      '2026-11-01',
      null,
    ]);
    expect(found?.next, 'a page with few slots leads to the next one').to.deep.equal([SOON[3], '2026-12-10']);
  });

  it('the view model begins with the page of the soonest slot, however far ahead', () => {
    const found = model({}, {}, slots('2026-12-20T08:00Z'));
    expect(found?.week).to.deep.equal(['2026-12-18', '2026-12-24']);
    expect(shown(found)).to.deep.equal(['2026-12-20T08:00Z']);
    expect(found?.turns.earlier).to.equal('2026-12-11');
  });

  it('the first page shows as many slots as the option says and counts the others', () => {
    const busy = Array.from({ length: 8 }, (_, index) => ({ start: `2026-11-27T1${String(index + 1)}:00Z` }));
    const found = model({}, { slots: 2 }, [...busy, ...slots('2026-11-28T08:00Z')]);
    expect(shown(found)).to.have.length(2);
    expect(found?.days.map((day) => day.slots.length)).to.deep.equal([8, 1, 0, 0, 0, 0, 0]);
    expect(found?.next).to.equal(null);
  });

  it('the view model of a week has all its slots and days', () => {
    const found = model({ week: '2026-11-29' }, { slots: 1 });
    expect(shown(found)).to.deep.equal(['2026-11-27T12:00Z', '2026-11-30T08:00Z']);
    expect(found?.week).to.deep.equal(['2026-11-27', '2026-12-03']);
    expect(found?.day, 'the next day with slots, where the day itself has none').to.equal('2026-11-30');
  });

  it('the day of the view model is the one that the visitor turned to', () => {
    const free = slots('2026-11-29T08:00Z', '2026-11-30T08:00Z');
    expect(model({ week: '2026-11-30' }, {}, free)?.day).to.equal('2026-11-30');
  });

  it('a week that is over gives way to the first page', () => {
    expect(model({ week: '2026-11-20' })?.week[0]).to.equal('2026-11-27');
    expect(model({ week: '2026-11-20' })?.day).to.equal(null);
  });

  const reasons: readonly [
    why: string,
    change: Parameters<typeof model>[0],
    none: SlotsModel['none'],
    free?: typeof SOON,
  ][] = [
    ['nothing is free at all', {}, 'noSlots', []],
    ['all has begun', {}, 'noSlots', slots('2026-11-27T09:59Z')],
    ['a week has nothing free', { week: '2026-12-05' }, 'noSlotsThen', slots('2026-12-12T08:00Z')],
    ['an empty range is followed by a request', { request: 'pending' }, 'loadingSlots', []],
    ['a week is not known yet', { week: '2027-01-05', request: 'pending' }, 'loadingSlots'],
    ['a week could not be loaded', { week: '2027-01-05', request: 'failed' }, 'slotsFailed'],
  ];
  for (const [why, change, none, free] of reasons)
    it(`the view model is a sentence where ${why}`, () => {
      const found = model(change, {}, free);
      expect(found?.none).to.equal(none);
      expect(shown(found)).to.deep.equal([]);
    });

  it('an empty week leads to the next slot', () => {
    const [far] = slots('2026-12-12T08:00Z');
    expect(model({ week: '2026-12-05' }, {}, far && [far])?.next).to.deep.equal([far, '2026-12-12']);
    expect(model({ week: '2026-12-16' })?.next, 'nothing free is known after it').to.equal(null);
  });

  it('the slots closest to a taken slot come first, whatever time is preferred', () => {
    const gone = { start: '2026-11-30T08:00Z' };
    const found = model({ gone }, { preferred: '2026-12-10T08:00Z' });
    expect(found?.wanted).to.equal(gone);
    expect(found?.nearest[0]?.slot.start).to.equal('2026-11-30T08:00Z');
  });

  it('the slots closest to a preferred time are on the first page only', () => {
    const preferred = '2026-11-30T09:00Z';
    const first = model({}, { preferred });
    expect(first?.wanted?.start).to.equal('2026-11-30T09:00:00.000Z');
    expect(first?.nearest[0]?.slot.start).to.equal('2026-11-30T08:00Z');
    const turned = model({ week: '2026-12-10' }, { preferred });
    expect([turned?.wanted, turned?.nearest]).to.deep.equal([null, []]);
  });

  it('the view model says why a preferred time cannot be offered', () => {
    expect(model({}, { preferred: '2026-11-27T09:00Z' })?.missed).to.equal('slotPassed');
    expect(model({}, { preferred: '2028-01-01' })?.missed).to.equal('slotTooFar');
    expect(model({ week: '2026-12-10' }, { preferred: '2028-01-01' })?.missed, 'once').to.equal(null);
  });

  it('the next page begins a week later', () => {
    expect(model({})?.turns.later).to.equal('2026-12-04');
    expect(model({}, {}, [])?.turns.later).to.equal('2026-12-04');
  });

  it('the days of the view model are those of the visitor’s time zone', () => {
    const late = slots('2026-12-05T23:30Z');
    expect(shown(model({ week: '2026-12-04', timeZone: 'UTC' }, {}, late))).to.have.length(1);
    const berlin = model({ week: '2026-12-04', timeZone: 'Europe/Berlin' }, {}, late);
    expect(berlin?.days.map(({ slots: free }) => free.length)).to.deep.equal([0, 0, 1, 0, 0, 0, 0]);
  });
});
