import type { FrameEvent, Frame } from './frame/frame-controller.js';
import { prepareFrame, type PreparedFrame, type StartFrame } from './frame/prepared-frame.js';
import type { Options } from './options.js';
import type { FrameContext } from './providers/provider.js';
import { savesData } from './saves-data.js';

/** What making ready asks of the widget. */
export interface PreparationNeeds {
  readonly options: () => Options;
  /** Asks for native times, where the visitor has agreed. */
  begin(): void;
  /** How to start the frame out of sight; nothing where it is not wanted, or not any more. */
  start(): Promise<StartFrame | undefined>;
  redraw(): void;
}

/** What a popup will need when it opens, made ready before. All failures are silent: they show when it is opened. */
export interface Preparations {
  /** The launcher comes near the viewport. */
  near(): void;
  /** The visitor points at the launcher, focuses or touches it. */
  intend(): void;
  /** The site owner asks for it. */
  prefetch(): void;
  /** Whether a frame is ready, or on its way to it. */
  has(): boolean;
  /** Hands the frame over to who opens the dialog; null where there is none that is of use. */
  reveal(context: FrameContext, hear: (event: FrameEvent) => void): Frame | null;
  drop(): void;
}

/** Popups that are near get their native times; the hidden frame, the only thing that warms a frame, waits for intent. */
export function preparations({ options, begin, start, redraw }: PreparationNeeds): Preparations {
  let prepared: PreparedFrame | undefined;
  let busy = false;

  const frame = async (): Promise<void> => {
    if (busy || prepared || options().loading === 'interaction') return;
    busy = true;
    try {
      const starting = await start();
      if (starting) prepared = prepareFrame(starting);
      redraw();
    } catch {
      // The next intent tries again.
    } finally {
      busy = false;
    }
  };
  const prefetch = (): void => {
    begin();
    if (!savesData()) void frame();
  };
  const isWanted = (): boolean => options().prepare !== 'none' && !savesData();

  return {
    near() {
      if (!isWanted()) return;
      if (options().prepare === 'idle') (globalThis.requestIdleCallback ?? setTimeout)(prefetch);
      else begin();
    },
    intend() {
      if (isWanted()) prefetch();
    },
    prefetch,
    has: () => !!prepared,
    reveal(context, hear) {
      const handed = prepared;
      prepared = undefined;
      return handed?.reveal(context, hear) ?? null;
    },
    drop() {
      prepared?.stop();
      prepared = undefined;
    },
  };
}
