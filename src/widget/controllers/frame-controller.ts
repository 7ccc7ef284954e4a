import { frameContext } from '../frame-context.js';
import { takeFrameTurn, type FrameTurn } from '../frame/frame-turns.js';
import { startFrame, type FrameEvent, type SchedulingFrame } from '../frame/scheduling-frame.js';
import { yieldToMain } from '../platform/yield-to-main.js';
import type { FrameContext, Prefill, Provider } from '../providers/provider.js';
import { isUp, pageOf, waitsItsTurn } from '../state/selectors.js';
import type { WidgetController, WidgetHost } from './controller.js';

/** Has a frame that was prepared out of sight, where the dialog's chunk is there. */
export interface PreparedFrames {
  /** Hands over the prepared frame with all its events so far; null where there is none, or it is of no use. */
  reveal(onEvent: (event: FrameEvent) => void): SchedulingFrame | null;
}

export type FrameController = ReturnType<typeof frameController>;

export interface FrameDeps {
  /** Name of the frame for assistive technology. */
  readonly label: () => string;
  readonly prepared?: () => PreparedFrames | undefined;
  /** What the visitor has typed for the page already. */
  readonly typed?: () => Prefill;
}

/** Runs the scheduling page's frame. */
export function frameController(host: WidgetHost, { label, prepared, typed }: FrameDeps) {
  const { store } = host;
  /** Unique on the page, with a random part: a page that repeats it was started by this frame. */
  const namespace = `booking-${host.instance}-${Math.random().toString(36).slice(2)}`;
  let current: SchedulingFrame | null = null;
  /** The frame of the try before: a slow page may still come before its successor does. */
  let previous: SchedulingFrame | null = null;
  let turn: FrameTurn | undefined;
  /** Ends the work on one frame: when it is stopped, replaced, or another page is loaded. */
  let run = new AbortController();

  const dropPrevious = (): void => {
    previous?.stop();
    previous = null;
  };

  const stop = (): void => {
    run.abort();
    turn?.end();
    dropPrevious();
    current?.stop();
    current = null;
  };

  /** What decides which page is framed, as things stand. */
  const context = (stage: FrameContext['stage'] = ''): FrameContext | null => {
    const { state } = store;
    const page = pageOf(state);
    if (!page) return null;
    const framed = frameContext(host, page, state, namespace, stage);
    return { ...framed, prefill: { ...framed.prefill, ...typed?.() } };
  };

  /** The place of frames, where it is rendered. */
  const findHolder = (): Element | null => host.renderRoot.querySelector('.holder');

  /** Puts a new frame into its place. */
  const create = (
    holder: Element,
    provider: Provider,
    framed: FrameContext,
    onEvent: (event: FrameEvent) => void,
  ): SchedulingFrame => {
    const timeout = host.options.timeout * 1000;
    return startFrame(holder, { provider, context: framed, title: label(), timeout }, onEvent);
  };

  /** Something better has come: the frame of the try before is of no use any more. */
  const settle = (type: 'frame-shown' | 'frame-ready'): void => {
    turn?.end();
    store.send({ type });
    if (isUp(store.state.frame)) dropPrevious();
  };

  const receive = (
    frame: SchedulingFrame | null,
    event: FrameEvent,
    { capabilities, height }: Provider,
  ): void => {
    const isShown = event.type === 'load' && capabilities.ready === 'load';
    if (frame && frame === previous) {
      // Only what is better than a failure counts of a frame that has been given up.
      if (event.type !== 'ready' && !isShown) return;
      current?.stop();
      current = frame;
      previous = null;
    }
    switch (event.type) {
      case 'load':
        // Where the page never says how tall it is, the provider's file does.
        if (capabilities.height === 'fixed' && height.min)
          store.send({ type: 'frame-height', height: height.min });
        store.send({ type: 'frame-load' });
        if (isShown) settle('frame-shown');
        break;
      case 'slow':
        turn?.end();
        store.send({ type: 'frame-slow' });
        break;
      case 'silent':
        // An error page hides its failure while it is prerendered. In a frame of its own it says what is wrong.
        if (frame === current) void start(false);
        break;
      case 'ready':
        settle('frame-ready');
        break;
      case 'resize':
        if (event.height >= height.min)
          store.send({ type: 'frame-height', height: Math.min(event.height, height.max) });
        break;
      case 'slot-selected':
        if (event.doubtful) store.send({ type: 'frame-doubt' });
        break;
      case 'booked':
        store.send({ type: 'booked', booking: event.booking });
        break;
      case 'closed':
        store.send({ type: 'close' });
        break;
      case 'failed': {
        turn?.end();
        const { code, detail } = event;
        const failure = { code, detail };
        store.send({ type: 'frame-failed', failure, now: Date.now(), random: Math.random() });
        break;
      }
      default:
    }
  };

  const start = async (keepPrevious: boolean): Promise<void> => {
    const { provider } = store.state;
    const kept = keepPrevious ? current : null;
    if (kept) current = null;
    stop();
    previous = kept;
    const { signal } = (run = new AbortController());
    if (waitsItsTurn(store.state)) {
      turn = takeFrameTurn(host);
      await turn.granted;
      // The slots are requested before the frame keeps the browser busy.
      await yieldToMain();
    }
    // The holder is there after the first render, and has its size after the render of this state.
    await host.updateComplete;
    const holder = findHolder();
    const framed = context();
    if (signal.aborted || !host.isConnected || !provider || !holder || !framed) return;
    // A prepared frame repeats its events at once, before there is a frame to compare with.
    let frame: SchedulingFrame | null = null;
    const onEvent = (event: FrameEvent): void => receive(frame, event, provider);
    frame = prepared?.()?.reveal(onEvent) ?? create(holder, provider, framed, onEvent);
    current = frame;
  };

  return {
    context,
    create,
    findHolder,
    hostUpdated() {
      if (!waitsItsTurn(store.state)) turn?.grant();
      const title = label();
      if (current && current.element.title !== title) current.element.title = title;
    },
    perform(effect) {
      if (effect.type === 'start-frame') void start(effect.keepPrevious);
      else if (effect.type === 'stop-frame') stop();
    },
  } satisfies WidgetController & Record<string, unknown>;
}
