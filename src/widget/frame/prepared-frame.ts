import type { FrameContext } from '../providers/provider.js';
import type { FrameEvent, SchedulingFrame } from './scheduling-frame.js';

/** A page that has waited longer starts again: what it knows is old by then. */
const MAX_AGE_MS = 15 * 60_000;
/** A page that has loaded has posted its first message by now. */
const SILENCE_MS = 1500;

/** Starts a frame whose events go to the callback. */
export type StartFrame = (onEvent: (event: FrameEvent) => void) => SchedulingFrame;

/** A scheduling page that is prerendered before the dialog opens. Until then its events are kept. */
export interface PreparedFrame {
  /** Hands the frame over with all its events so far; null when it is of no use. */
  reveal(context: FrameContext, onEvent: (event: FrameEvent) => void): SchedulingFrame | null;
  stop(): void;
}

/** @param postsMessages whether the provider's page says when it is ready */
export function prepareFrame(start: StartFrame, postsMessages: boolean): PreparedFrame {
  const startedAt = Date.now();
  const events: FrameEvent[] = [];
  let emit = (event: FrameEvent): void => void events.push(event);
  const frame = start((event) => emit(event));

  /** An error page hides its failure while it is prerendered, so one that has loaded and stays silent is not believed. */
  const isSilent = (): boolean =>
    postsMessages &&
    frame.loadedAt !== null &&
    performance.now() - frame.loadedAt > SILENCE_MS &&
    !events.some(({ type }) => type === 'prepared' || type === 'ready' || type === 'resize');

  return {
    reveal(context, onEvent) {
      if (Date.now() - startedAt > MAX_AGE_MS || events.some(({ type }) => type === 'failed') || isSilent()) {
        frame.stop();
        return null;
      }
      emit = onEvent;
      events.forEach(onEvent);
      frame.reveal(context);
      return frame;
    },
    stop: () => frame.stop(),
  };
}
