import type { FrameState, SlotsState, WidgetState } from './state.js';

/** The same object where nothing changed, so that comparing references tells whether anything did. */
export function change<T extends object>(before: T, news: Partial<T>): T {
  for (const key in news) if (news[key] !== before[key]) return { ...before, ...news };
  return before;
}

export const changeSlots = (state: WidgetState, news: Partial<SlotsState>): WidgetState =>
  change(state, { slots: change(state.slots, news) });

/** A frame state without what all states of one frame have in common. */
type NextFrame = FrameState extends infer Frame
  ? Frame extends FrameState
    ? Omit<Frame, 'run' | 'attempt'> & { readonly run?: number; readonly attempt?: number }
    : never
  : never;

/** Another state of the frame; run and attempt stay unless they are given. */
export function setFrame(state: WidgetState, next: NextFrame): WidgetState {
  const { run, attempt } = state.frame;
  return { ...state, frame: { run, attempt, ...next } };
}
