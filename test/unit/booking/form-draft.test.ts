import { expect } from '@open-wc/testing';
import {
  canSend,
  chooseSlot,
  emptyDraft,
  leaveField,
  writeAnswer,
  type Draft,
} from '../../../src/widget/booking/form-draft.js';
import type { FormField } from '../../../src/widget/booking/form-fields.js';
import { knownDetails } from '../../helpers/widget-state.js';

const NINE = { start: '2026-12-01T09:00:00Z' };
const NINE_ELSEWHERE = { start: '2026-12-01T10:00:00+01:00' };
const TEN = { start: '2026-12-01T10:00:00Z' };
const form = knownDetails().form ?? [];
const field = (slug: string): FormField => {
  const found = form.find((each) => each.slug === slug);
  if (!found) throw new Error(`no field ${slug}`);
  return found;
};
const typed = (changes: Partial<Draft> = {}): Draft => ({
  ...emptyDraft,
  slot: NINE,
  answers: { name: 'Ada' },
  ...changes,
});

describe('draft of a booking form', () => {
  it('what was typed is kept when another slot is chosen', () => {
    expect(chooseSlot(typed(), TEN)).to.deep.include({ step: 'fill', slot: TEN, answers: { name: 'Ada' } });
  });

  it('a request with an unknown outcome cannot be sent again for the same instant', () => {
    const unknown = typed({ step: 'unknown', doubted: true });
    const again = chooseSlot(unknown, NINE_ELSEWHERE);
    expect(again).to.equal(unknown);
    expect(canSend(again)).to.equal(false);
    expect(canSend(chooseSlot(unknown, TEN))).to.equal(true);
    expect(chooseSlot(unknown, TEN).doubted).to.equal(true);
  });

  it('nothing is sent while a request is under way', () => {
    for (const step of ['sending', 'cancelling', 'booked', 'pending', 'moved', 'cancelled'] as const)
      expect(canSend(typed({ step }))).to.equal(false);
    expect(chooseSlot(typed({ step: 'sending' }), TEN).slot).to.equal(NINE);
  });

  it('a booking that is moved is kept, and one that stands is left alone by the next', () => {
    const booking = { id: 'a', start: NINE.start, end: '', location: '' };
    expect(chooseSlot(typed({ step: 'booked', booking, moving: true }), TEN).booking).to.equal(booking);
    expect(chooseSlot(typed({ step: 'booked', booking }), TEN).booking).to.equal(null);
  });

  it('an answer that is wrong is named when its field is left, and one that is missing is not', () => {
    const wrong = writeAnswer(typed(), form, 'email', 'ada@');
    expect(leaveField(wrong, field('email')).problems).to.deep.equal([{ slug: 'email', error: 'email' }]);
    expect(leaveField(typed(), field('email')).problems).to.deep.equal([]);
  });

  it('a problem goes when its answer is right, and the others stay', () => {
    const problems = [
      { slug: 'name', error: 'required' },
      { slug: 'email', error: 'required' },
    ] as const;
    const draft = { ...emptyDraft, problems };
    expect(writeAnswer(draft, form, 'email', 'ada@example.org').problems).to.deep.equal([problems[0]]);
    expect(writeAnswer(draft, form, 'email', 'ada').problems).to.deep.equal(problems);
  });
});
