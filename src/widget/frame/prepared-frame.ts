import type { Frame, FrameEvent } from './frame-controller.js';
import type { FrameContext } from '../providers/provider.js';

/** A page that has waited longer begins anew: what it knows is old by then. */
const MOST_AGE = 15 * 60_000;

/** Starts a frame and has it heard. */
export type StartFrame = (hear: (event: FrameEvent) => void) => Frame;

/** A scheduling page that was made ready before anybody asked for it. Until then nothing of it is told to anybody. */
export interface PreparedFrame {
  /** Hands the page over with all it has said so far; null when it is of no use. */
  reveal(context: FrameContext, hear: (event: FrameEvent) => void): Frame | null;
  stop(): void;
}

export function prepareFrame(start: StartFrame): PreparedFrame {
  const began = Date.now();
  const heard: FrameEvent[] = [];
  let tell = (event: FrameEvent): void => {
    heard.push(event);
  };
  const frame = start((event) => {
    tell(event);
  });
  return {
    reveal(context, hear) {
      if (Date.now() - began > MOST_AGE || heard.some(({ type }) => type === 'failed')) {
        frame.stop();
        return null;
      }
      tell = hear;
      heard.forEach(hear);
      frame.show(context);
      return frame;
    },
    stop: frame.stop,
  };
}
