import type { Slot } from '../../protocol/availability.js';
import { retryDelay } from '../../scheduling/back-off.js';
import { change, setFrame } from './change.js';
import { isInline, isTransient } from './selectors.js';
import type { Failure, WidgetState } from './state.js';

/*
 * What can happen to the scheduling page's frame.
 */

export const startFrame = (state: WidgetState, attempt: number, after: Failure | null): WidgetState => ({
  ...setFrame(state, {
    status: 'loading',
    loaded: false,
    run: state.frame.run + 1,
    attempt,
    slot: state.chosen,
    after,
  }),
  // A prepared frame is handed over to this one, or of no use for it.
  preparation: 'none',
});

export const dropFrame = (state: WidgetState): WidgetState =>
  state.frame.status === 'idle' ? state : setFrame(state, { status: 'idle', attempt: 0 });

/** A link takes the frame's place. */
export const linkFrame = (state: WidgetState): WidgetState =>
  setFrame(state, { status: 'linked', slot: state.chosen, after: null });

/** Gives up the frame. `retryAt`: null where only the visitor can try again. */
export const giveUp = (
  state: WidgetState,
  failure: Failure,
  retryAt: number | null = null,
  slot: Slot | null = null,
): WidgetState =>
  setFrame(state, { status: 'failed', slot, after: null, failure, retryAt, takenOver: false });

/** Puts the frame where the visitor wants it: at the chosen slot, or at all of them. */
export function restartFrame(state: WidgetState): WidgetState {
  const { frame } = state;
  if (frame.status === 'linked') return linkFrame(state);
  // Nothing that the visitor chooses makes a policy let the frame in: the link takes its place.
  if (frame.status === 'failed' && !isTransient(frame.failure)) return state;
  return dropFrame(state);
}

/** The calendar takes over by itself only while the visitor does not use the slots. */
export function showFrame(state: WidgetState, status: 'shown' | 'ready'): WidgetState {
  const { frame, view } = state;
  if (frame.status === 'idle' || frame.status === 'linked' || frame.status === status) return state;
  const next = setFrame(state, { status, slot: frame.slot, after: null, doubtful: false });
  return change(next, { view: view === 'slots' ? 'calendar' : view });
}

/** @param now milliseconds since 1970 @param random 0 to 1 */
export function failFrame(state: WidgetState, seen: Failure, now: number, random: number): WidgetState {
  const { frame, options, slots } = state;
  // A page stays silent about a missing event type; the API may have said so before the frame began.
  const failure: Failure = seen.code === 'timeout' && slots.missing ? { ...seen, code: 'not-found' } : seen;
  if (frame.status === 'idle' || frame.status === 'linked') return state;
  if (frame.status === 'failed' && frame.failure.code === failure.code) return state;
  const isRepeated = isTransient(failure) && frame.attempt <= options.retries;
  const retryAt = isRepeated ? now + retryDelay(frame.attempt, () => random) : null;
  return giveUp(state, failure, retryAt, frame.slot);
}

export function retry(state: WidgetState, automatic: boolean): WidgetState {
  const { frame, slots, view, source } = state;
  if (frame.status !== 'failed' || source.status !== 'page') return state;
  // In a closed dialog the next opening is the next try.
  if (!isInline(state) && state.dialog === 'closed') return dropFrame(state);
  return {
    ...startFrame(state, frame.attempt + 1, frame.takenOver ? null : frame.failure),
    // A visitor who presses "Try again" wants to see the calendar when it comes.
    view: automatic ? view : 'calendar',
    broken: [],
    slots: slots.request === 'unavailable' ? { ...slots, request: 'off' } : slots,
  };
}
