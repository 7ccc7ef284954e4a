import { expect } from '@open-wc/testing';
import type { BookingOutcome } from '../../../src/widget/booking/booking-outcome.js';
import { emptyDraft, type Draft } from '../../../src/widget/booking/form-draft.js';
import { fieldToFocus, settleDraft } from '../../../src/widget/booking/settle-draft.js';
import type { WidgetEvent } from '../../../src/widget/state/events.js';
import { knownDetails } from '../../helpers/widget-state.js';

const SLOT = { start: '2026-12-01T09:00:00Z', end: '2026-12-01T09:30:00Z' };
const form = knownDetails().form ?? [];
const sending: Draft = { ...emptyDraft, step: 'sending', slot: SLOT, answers: { name: 'Ada' } };
const moving: Draft = {
  ...sending,
  moving: true,
  booking: { id: 'a', start: SLOT.start, end: SLOT.end, location: '' },
};

interface Row {
  readonly outcome: BookingOutcome;
  readonly draft?: Draft;
  /** Part of the draft after the outcome. */
  readonly after: Partial<Draft>;
  readonly events: readonly WidgetEvent[];
}

const booked = { type: 'booked', id: 'b', start: '', end: '', location: '' } as const;
const READY: WidgetEvent = { type: 'form-ready' };

const ROWS: Readonly<Record<string, Row>> = {
  'a booking whose answer lacks the times has those of the slot': {
    outcome: booked,
    after: { step: 'booked', booking: { id: 'b', start: SLOT.start, end: SLOT.end, location: '' } },
    events: [
      {
        type: 'booked',
        booking: { id: 'b', change: 'created', start: SLOT.start, end: SLOT.end },
        via: 'form',
      },
    ],
  },
  'a booking that awaits the host is announced as well': {
    outcome: { ...booked, type: 'pending' },
    after: { step: 'pending' },
    events: [
      {
        type: 'booked',
        booking: { id: 'b', change: 'created', start: SLOT.start, end: SLOT.end },
        via: 'form',
      },
    ],
  },
  'a moved booking has a new id and is announced as moved': {
    outcome: booked,
    draft: moving,
    after: { step: 'moved', moving: false },
    events: [
      {
        type: 'booked',
        booking: { id: 'b', change: 'moved', start: SLOT.start, end: SLOT.end },
        via: 'form',
      },
    ],
  },
  'a slot that another visitor took leads back to the slots, and the answers stay': {
    outcome: { type: 'taken', maybeOwn: false },
    after: { step: 'fill', answers: { name: 'Ada' } },
    events: [READY, { type: 'slot-taken', start: SLOT.start }],
  },
  'a slot that an earlier request may hold is not called taken': {
    outcome: { type: 'taken', maybeOwn: true },
    after: { step: 'unknown', note: 'maybe-own' },
    events: [],
  },
  'an unknown outcome keeps the form from being sent again': {
    outcome: { type: 'unknown' },
    after: { step: 'unknown', doubted: true },
    events: [],
  },
  'too many requests leave the form as it is': {
    outcome: { type: 'rate-limited' },
    after: { step: 'fill', note: 'rate-limited', answers: { name: 'Ada' } },
    events: [READY],
  },
  'a request that could not leave the device leaves the form as it is': {
    outcome: { type: 'offline' },
    after: { step: 'fill', note: 'offline', answers: { name: 'Ada' } },
    events: [READY],
  },
  'a refused answer is marked beside its field': {
    outcome: { type: 'refused', reason: 'field', field: 'email', error: 'email' },
    after: { step: 'fill', problems: [{ slug: 'email', error: 'email' }] },
    events: [READY],
  },
  'a refusal about a field that the form does not have leads to the page': {
    outcome: { type: 'refused', reason: 'field', field: 'secret' },
    after: { step: 'fill' },
    events: [{ type: 'form-declined', detail: 'refused field' }],
  },
  'any other refusal leads to the page': {
    outcome: { type: 'refused', reason: 'email' },
    after: { step: 'fill' },
    events: [{ type: 'form-declined', detail: 'refused email' }],
  },
  'a refused move leads to the page': {
    outcome: { type: 'refused', reason: 'field', field: 'email' },
    draft: moving,
    after: { step: 'fill' },
    events: [{ type: 'form-declined', detail: 'refused field' }],
  },
};

describe('what follows from the outcome of a booking', () => {
  for (const [title, { outcome, draft = sending, after, events }] of Object.entries(ROWS))
    it(title, () => {
      const settled = settleDraft(draft, outcome, SLOT, form);
      expect(settled.draft).to.deep.include(after);
      expect(settled.events).to.deep.equal(events);
    });

  it('the first field with a problem gets the focus, or what its place needs', () => {
    const email = form.findIndex(({ slug }) => slug === 'email');
    expect(fieldToFocus([{ slug: 'email', error: 'required' }], form)).to.deep.equal({
      index: email,
      detail: false,
    });
    expect(fieldToFocus([{ slug: 'location:detail', error: 'required' }], form).detail).to.equal(true);
  });
});
