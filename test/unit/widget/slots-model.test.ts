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
  found?.days.flatMap(({ slots: free }) => free.map(({ start }) => start)) ?? [];

describe('view model of the slots', () => {
  it('there is no view model while no slots are known', () => {
    expect(slotsModel(initialState, NOW)).to.equal(null);
  });

  it('the view model has the soonest slots that have not begun', () => {
    const found = model({});
    expect(shown(found)).to.deep.equal(SOON.slice(1).map(({ start }) => start));
    expect([found?.week, found?.none, found?.wanted, found?.month]).to.deep.equal([
      null,
      null,
      null,
      '2026-11-01',
    ]);
  });

  it('the view model of a week has all its slots and days', () => {
    const found = model({ week: '2026-11-29' }, { slots: 1 });
    expect(shown(found)).to.deep.equal(['2026-11-30T08:00Z']);
    expect(found?.week).to.deep.equal(['2026-11-29', '2026-12-05']);
  });

  it('a week that is over gives way to the first page', () => {
    expect(model({ week: '2026-11-20' })?.week).to.equal(null);
  });

  const reasons: readonly [
    why: string,
    change: Parameters<typeof model>[0],
    none: SlotsModel['none'],
    free?: typeof SOON,
  ][] = [
    ['nothing is free at all', {}, 'noSlots', []],
    ['all has begun', {}, 'noSlots', slots('2026-11-27T09:59Z')],
    ['a week has nothing free', { week: '2026-12-02' }, 'noSlotsThen'],
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
    expect(model({ week: '2026-12-02' })?.next).to.deep.equal([SOON[3], '2026-12-10']);
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

  it('the next page begins with the last shown day or a week later where no day is shown', () => {
    expect(model({})?.turns.later).to.equal('2026-12-10');
    expect(model({}, {}, [])?.turns.later).to.equal('2026-12-04');
  });

  it('the days of the view model are those of the visitor’s time zone', () => {
    const late = slots('2026-12-05T23:30Z');
    expect(shown(model({ week: '2026-11-29', timeZone: 'UTC' }, {}, late))).to.have.length(1);
    expect(shown(model({ week: '2026-11-29', timeZone: 'Europe/Berlin' }, {}, late))).to.have.length(0);
  });
});
