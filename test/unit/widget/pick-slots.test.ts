import { expect } from '@open-wc/testing';
import { pickSlots } from '../../../src/widget/views/pick-slots.js';

const slots = (...starts: string[]) => starts.map((start) => ({ start }));
const dayOf = ({ start }: { start: string }): string => start.slice(0, 10);

describe('choice of slots', () => {
  const busy = slots(
    '2026-11-23T08:00Z',
    '2026-11-23T09:00Z',
    '2026-11-23T10:00Z',
    '2026-11-23T11:00Z',
    '2026-11-24T08:00Z',
    '2026-11-24T09:00Z',
    '2026-11-25T08:00Z',
  );

  it('the shown slots are the soonest of at least two days', () => {
    const days = pickSlots(busy, 6, 0, dayOf);
    expect(days.map(({ day, slots: ofDay }) => [day, ofDay.length])).to.deep.equal([
      ['2026-11-23', 3],
      ['2026-11-24', 2],
      ['2026-11-25', 1],
    ]);
  });

  it('the shown slots never exceed the limit and are never past', () => {
    expect(pickSlots(busy, 2, 0, dayOf).flatMap((day) => day.slots)).to.have.length(2);
    const late = pickSlots(busy, 6, Date.parse('2026-11-24T08:00Z'), dayOf);
    expect(late.map(({ day }) => day)).to.deep.equal(['2026-11-24', '2026-11-25']);
    expect(late[0]?.slots).to.deep.equal(slots('2026-11-24T09:00Z'));
  });

  it('no slots are shown when there are none', () => {
    expect(pickSlots([], 6, 0, dayOf)).to.deep.equal([]);
  });
});
