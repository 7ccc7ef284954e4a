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
  let isRevealed = false;
  let hasSpoken = !postsMessages;
  const frame = start((event) => {
    hasSpoken ||= event.type === 'prepared' || event.type === 'ready' || event.type === 'resize';
    emit(event);
    if (isRevealed) awaitWord();
  });

  /** An error page hides its failure while it is prerendered, so one that has loaded and stays silent is not believed. */
  const silentFor = (): number =>
    hasSpoken || frame.loadedAt === null ? 0 : performance.now() - frame.loadedAt;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** A page that has loaded only just before it is shown gets the rest of its time. */
  const awaitWord = (): void => {
    clearTimeout(timer);
    if (hasSpoken || frame.loadedAt === null) return;
    timer = setTimeout(() => {
      if (!hasSpoken && frame.element.isConnected) emit({ type: 'silent' });
    }, SILENCE_MS - silentFor());
  };

  return {
    reveal(context, onEvent) {
      if (
        Date.now() - startedAt > MAX_AGE_MS ||
        events.some(({ type }) => type === 'failed') ||
        silentFor() > SILENCE_MS
      ) {
        frame.stop();
        return null;
      }
      emit = onEvent;
      events.forEach(onEvent);
      frame.reveal(context);
      isRevealed = true;
      awaitWord();
      return frame;
    },
    stop: () => frame.stop(),
  };
}
