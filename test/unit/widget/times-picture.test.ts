import { expect } from '@open-wc/testing';
import { timesPicture, type PictureOptions, type TimesPicture } from '../../../src/widget/times-picture.js';
import { initialState, type WidgetState } from '../../../src/widget/widget-state.js';

const NOW = Date.parse('2026-11-27T10:00Z');
const slots = (...starts: string[]) => starts.map((start) => ({ start }));

const SOON = slots('2026-11-27T09:00Z', '2026-11-27T12:00Z', '2026-11-30T08:00Z', '2026-12-10T08:00Z');

function picture(
  change: Partial<Pick<WidgetState, 'week' | 'gone'>> & { readonly asking?: WidgetState['times']['asking'] },
  options: Partial<PictureOptions> = {},
  free = SOON,
): TimesPicture | null {
  const { asking = 'idle', ...more } = change;
  const known = {
    v: 1 as const,
    from: '2026-11-27T00:00:00Z',
    to: '2026-12-28T00:00:00Z',
    fetchedAt: NOW,
    slots: free,
  };
  const state: WidgetState = {
    ...initialState,
    ...more,
    times: { ...initialState.times, known, asking },
  };
  return timesPicture(state, {
    count: 6,
    timeZone: 'UTC',
    wish: null,
    now: NOW,
    alternatives: (all) => all.slice(0, 2).map((slot) => ({ slot, reason: 'same-day' })),
    dayName: ({ start }) => start.slice(0, 10),
    ...options,
  });
}

const shown = (found: TimesPicture | null): string[] =>
  found?.days.flatMap(({ slots: free }) => free.map(({ start }) => start)) ?? [];

describe('what is to be seen of the known times', () => {
  it('is nothing while nothing is known', () => {
    expect(timesPicture(initialState, { ...({} as PictureOptions), wish: null })).to.equal(null);
  });

  it('are the soonest ones, without those that have begun', () => {
    const found = picture({});
    expect(shown(found)).to.deep.equal(SOON.slice(1).map(({ start }) => start));
    expect([found?.week, found?.none, found?.wanted, found?.month]).to.deep.equal([
      null,
      null,
      null,
      '2026-11-01',
    ]);
  });

  it('are all of a week that was turned to, and that week’s days', () => {
    const found = picture({ week: '2026-11-29' }, { count: 1 });
    expect(shown(found)).to.deep.equal(['2026-11-30T08:00Z']);
    expect(found?.week).to.deep.equal(['2026-11-29', '2026-12-05']);
  });

  it('begins where the widget begins once the week that was turned to is over', () => {
    expect(picture({ week: '2026-11-20' })?.week).to.equal(null);
  });

  const reasons: readonly [
    why: string,
    change: Parameters<typeof picture>[0],
    none: TimesPicture['none'],
    free?: typeof SOON,
  ][] = [
    ['nothing is free at all', {}, 'noTimes', []],
    ['all has begun', {}, 'noTimes', slots('2026-11-27T09:59Z')],
    ['a week has nothing free', { week: '2026-12-02' }, 'noTimesThen'],
    ['a week is not known yet', { week: '2027-01-05', asking: 'pending' }, 'looking'],
    ['a week could not be had', { week: '2027-01-05', asking: 'failed' }, 'notHad'],
  ];
  for (const [why, change, none, free] of reasons)
    it(`is a sentence where ${why}`, () => {
      const found = picture(change, {}, free);
      expect(found?.none).to.equal(none);
      expect(shown(found)).to.deep.equal([]);
    });

  it('is the way to the next free time where a week has none', () => {
    expect(picture({ week: '2026-12-02' })?.next).to.deep.equal([SOON[3], '2026-12-10']);
    expect(picture({ week: '2026-12-16' })?.next, 'nothing free is known after it').to.equal(null);
  });

  it('are those closest to a time that was taken, whatever was wished for', () => {
    const gone = { start: '2026-11-30T08:00Z' };
    const found = picture({ gone }, { wish: Date.parse('2026-12-10T08:00Z') });
    expect(found?.wanted).to.equal(gone);
    expect(found?.nearest.map(({ slot }) => slot.start)).to.deep.equal([
      '2026-11-27T12:00Z',
      '2026-11-30T08:00Z',
    ]);
  });

  it('are those closest to a wish on the first page only', () => {
    const wish = Date.parse('2026-11-30T09:00Z');
    expect(picture({}, { wish })?.wanted?.start).to.equal('2026-11-30T09:00:00.000Z');
    expect(picture({ week: '2026-12-10' }, { wish })?.wanted).to.equal(null);
  });

  it('says why a wish cannot be met', () => {
    expect(picture({}, { wish: 'past' })?.wish).to.equal('past');
    expect(picture({}, { wish: 'far' })?.wish).to.equal('far');
    expect(picture({ week: '2026-12-10' }, { wish: 'far' })?.wish, 'once').to.equal(null);
  });

  it('begins the next page with the last day that is seen, or a week on where none is', () => {
    expect(picture({})?.turns.later).to.equal('2026-12-10');
    expect(picture({}, {}, [])?.turns.later).to.equal('2026-12-04');
  });

  it('is by the visitor’s clock', () => {
    const late = slots('2026-12-05T23:30Z');
    expect(shown(picture({ week: '2026-11-29' }, { timeZone: 'UTC' }, late))).to.have.length(1);
    expect(shown(picture({ week: '2026-11-29' }, { timeZone: 'Europe/Berlin' }, late))).to.have.length(0);
  });
});
