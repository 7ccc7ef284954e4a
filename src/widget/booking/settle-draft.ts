import type { Slot } from '../../protocol/availability.js';
import type { WidgetEvent } from '../state/events.js';
import type { BookingOutcome } from './booking-outcome.js';
import type { Draft } from './form-draft.js';
import type { FieldProblem, FormField } from './form-fields.js';

/** Which control gets the focus: by its field's place in the form; `detail`: what a place to meet needs. */
export interface FieldFocus {
  readonly index: number;
  readonly detail: boolean;
}

/** What follows from the outcome of a request. `focus`: a selector, or the field whose answer is wrong. */
export interface Settled {
  readonly draft: Draft;
  readonly events: readonly WidgetEvent[];
  readonly focus: string | FieldFocus;
}

/** The control of the first answer that is wrong. */
export function fieldToFocus(problems: readonly FieldProblem[], form: readonly FormField[]): FieldFocus {
  const index = form.findIndex(({ slug }) => slug === problems[0]?.slug);
  // What a place needs has a control of its own beside the choice of the place.
  return index >= 0
    ? { index, detail: false }
    : { index: form.findIndex(({ target }) => target === 'location'), detail: true };
}

const RESULT = '[part="form-result"]';
const CONFIRMATION = '[part="confirmation"]';

/** The slug of the field that a refusal is about, where the form has it. */
function refusedField(
  { reason, field }: Extract<BookingOutcome, { type: 'refused' }>,
  form: readonly FormField[],
): string {
  const slug = field ?? (reason === 'phone-missing' ? form.find(({ kind }) => kind === 'phone')?.slug : '');
  return form.some((each) => each.slug === slug) ? (slug ?? '') : '';
}

/** Pure: what the outcome of the request for `slot` means for the form and for the widget. */
export function settleDraft(
  draft: Draft,
  outcome: BookingOutcome,
  slot: Slot,
  form: readonly FormField[],
): Settled {
  const { moving } = draft;
  switch (outcome.type) {
    case 'booked':
    case 'pending': {
      const { id, location, links } = outcome;
      const start = outcome.start || slot.start;
      const end = outcome.end || slot.end || '';
      const change = moving ? 'moved' : 'created';
      return {
        draft: {
          ...draft,
          step: moving ? 'moved' : outcome.type,
          booking: { id, start, end, location, ...(links && { links }) },
          moving: false,
        },
        events: [{ type: 'booked', booking: { id, change, start, ...(end && { end }) }, via: 'form' }],
        focus: CONFIRMATION,
      };
    }
    case 'taken':
      if (outcome.maybeOwn)
        return { draft: { ...draft, step: 'unknown', note: 'maybe-own' }, events: [], focus: RESULT };
      return {
        draft: { ...draft, step: 'fill' },
        events: [{ type: 'form-ready' }, { type: 'slot-taken', start: slot.start }],
        focus: '.stage',
      };
    case 'unknown':
      return { draft: { ...draft, step: 'unknown', doubted: true }, events: [], focus: RESULT };
    case 'offline':
    case 'rate-limited':
      return {
        draft: { ...draft, step: 'fill', note: outcome.type },
        events: [{ type: 'form-ready' }],
        focus: '[part="confirm"]',
      };
    case 'refused': {
      const filling: Draft = { ...draft, step: 'fill' };
      const slug = moving ? '' : refusedField(outcome, form);
      if (!slug)
        return {
          draft: filling,
          events: [{ type: 'form-declined', detail: `refused ${outcome.reason}` }],
          focus: '.stage',
        };
      const problems: readonly FieldProblem[] = [{ slug, error: outcome.error ?? 'required' }];
      return {
        draft: { ...filling, problems },
        events: [{ type: 'form-ready' }],
        focus: fieldToFocus(problems, form),
      };
    }
  }
}
