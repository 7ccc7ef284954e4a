import type { Slot } from '../../protocol/availability.js';
import { MINUTE_MS } from '../durations.js';
import { fieldProblem, type Answer, type Answers, type FieldProblem, type FormField } from './form-fields.js';

/** A booking that was made, as far as the provider's answer says. */
export interface MadeBooking {
  /** A secret: a person who knows it may cancel. Empty where the answer could not be read. */
  readonly id: string;
  /** ISO 8601 instants; `end` may be empty. */
  readonly start: string;
  readonly end: string;
  /** Where it takes place, as text or URL; may be empty. */
  readonly location: string;
  /** The provider's own pages for changes; empty where there is none. */
  readonly links?: { readonly reschedule: string; readonly cancel: string } | undefined;
}

/**
 * `fill` the visitor fills in the form · `sending` a request is under way · `booked`, `pending` (the host has to
 * confirm), `moved`, `cancelled` what came of it · `unknown` it may or may not have made a booking, so that it must not
 * be sent again · `cancelling` a cancellation is under way.
 */
export type Step =
  'fill' | 'sending' | 'booked' | 'pending' | 'moved' | 'unknown' | 'cancelling' | 'cancelled';

/** What the visitor types and what came of it. In memory only, as long as the widget shows one scheduling page. */
export interface Draft {
  readonly step: Step;
  /** The slot that the form is for, or that was booked; null before the first. */
  readonly slot: Slot | null;
  readonly answers: Answers;
  /** What is wrong with answers, as far as the visitor has been shown. */
  readonly problems: readonly FieldProblem[];
  readonly booking: MadeBooking | null;
  /** Whether the next slot is for `booking`, instead of for another one. */
  readonly moving: boolean;
  /**
   * `rate-limited`: the provider asks for a minute. `offline`: the request did not leave the device. `maybe-own`: an earlier request may hold the slot. `cancel-asked`: the
   * visitor has pressed "Cancel booking" once. `not-changed`: a cancellation failed.
   */
  readonly note: 'rate-limited' | 'offline' | 'maybe-own' | 'cancel-asked' | 'not-changed' | null;
  /** Whether an earlier request had an unknown outcome. */
  readonly doubted: boolean;
}

export const emptyDraft: Draft = {
  step: 'fill',
  slot: null,
  answers: {},
  problems: [],
  booking: null,
  moving: false,
  note: null,
  doubted: false,
};

export const isMade = ({ step }: Pick<Draft, 'step'>): boolean =>
  step === 'booked' || step === 'pending' || step === 'moved';

/** Whether a request may be sent: nothing is under way, and nothing that was sent may have booked this slot. */
export const canSend = ({ step }: Draft): boolean => step === 'fill';

/** Length of a slot; null where the provider does not say when it ends. */
export const minutesOf = ({ start, end }: Slot): number | null =>
  end ? Math.round((Date.parse(end) - Date.parse(start)) / MINUTE_MS) : null;

const isSameSlot = (one: Slot | null, other: Slot): boolean =>
  Date.parse(one?.start ?? '') === Date.parse(other.start);

/**
 * The visitor has chosen a slot. What was typed is kept. A request for the same slot whose outcome is unknown stays what
 * it is; after a booking the form begins again.
 */
export function chooseSlot(draft: Draft, slot: Slot): Draft {
  const { step, moving } = draft;
  if (step === 'sending' || step === 'cancelling') return draft;
  if (step === 'unknown' && isSameSlot(draft.slot, slot)) return draft;
  return { ...draft, step: 'fill', slot, note: null, booking: moving ? draft.booking : null };
}

/** The visitor has written or chosen something; a problem that it solves is gone. */
export function writeAnswer(draft: Draft, form: readonly FormField[], slug: string, answer: Answer): Draft {
  const answers = { ...draft.answers, [slug]: answer };
  const stays = (problem: FieldProblem): boolean =>
    form.some((field) => fieldProblem(field, answers)?.slug === problem.slug);
  const problems = draft.problems.every(stays) ? draft.problems : draft.problems.filter(stays);
  return { ...draft, answers, problems };
}

/** The visitor has left a field: what is wrong is said now, but not that an answer is missing. */
export function leaveField(draft: Draft, field: FormField): Draft {
  const problem = fieldProblem(field, draft.answers);
  const isKnown = draft.problems.some(({ slug }) => slug === problem?.slug);
  const isMissing = problem?.error === 'required' || problem?.error === 'accept';
  return !problem || isKnown || isMissing ? draft : { ...draft, problems: [...draft.problems, problem] };
}
