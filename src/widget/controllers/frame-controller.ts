import { importDialog } from '../chunks.js';
import { frameContext } from '../frame-context.js';
import type { PreparedFrame } from '../frame/prepared-frame.js';
import { startFrame, type FrameEvent, type SchedulingFrame } from '../frame/scheduling-frame.js';
import { loadChunk } from '../load-chunk.js';
import type { FrameContext, Provider } from '../providers/provider.js';
import type { Effect } from '../state/effects.js';
import { isUp, pageOf } from '../state/selectors.js';
import type { WidgetController, WidgetHost } from './controller.js';

/** Runs the scheduling page's frame, and the one that is prepared for the dialog's next opening. */
export class FrameController implements WidgetController {
  private current: SchedulingFrame | undefined;
  /** The frame of the try before: a slow page may still come before its successor does. */
  private previous: SchedulingFrame | undefined;
  private prepared: PreparedFrame | undefined;
  /** Ends the work on one frame: when it is stopped, replaced, or another page is loaded. */
  private run = new AbortController();

  /** Unique on the page, with a random part: a page that repeats it was started by this frame. */
  private readonly namespace: string;

  constructor(
    private readonly host: WidgetHost,
    /** Name of the frame for assistive technology. */
    private readonly label: () => string,
  ) {
    this.namespace = `booking-${host.instance}-${Math.random().toString(36).slice(2)}`;
    host.addController(this);
  }

  hostUpdated(): void {
    const label = this.label();
    if (this.current && this.current.element.title !== label) this.current.element.title = label;
  }

  perform(effect: Effect): void {
    switch (effect.type) {
      case 'start-frame':
        return void this.start(effect.keepPrevious);
      case 'stop-frame':
        this.dropPrepared();
        return this.stop();
      case 'prepare-frame':
        return void this.prepare();
      case 'drop-prepared-frame':
        return this.dropPrepared();
      default:
    }
  }

  /** What decides which page is framed, as things stand. */
  context(stage: FrameContext['stage'] = ''): FrameContext | null {
    const { host } = this;
    const { state } = host.store;
    const page = pageOf(state);
    if (!page) return null;
    return frameContext({
      element: host,
      page,
      options: state.options,
      prefill: host.prefill,
      namespace: this.namespace,
      slot: state.chosen,
      timeZone: state.timeZone,
      stage,
    });
  }

  private request(provider: Provider, context: FrameContext) {
    return { provider, context, title: this.label(), timeout: this.host.options.timeout * 1000 };
  }

  private holder(): Element | null {
    return this.host.renderRoot.querySelector('.holder');
  }

  private async start(keepPrevious: boolean): Promise<void> {
    const { host } = this;
    const { provider } = host.store.state;
    this.run.abort();
    const { signal } = (this.run = new AbortController());
    this.previous?.stop();
    this.previous = keepPrevious ? this.current : undefined;
    if (!keepPrevious) this.current?.stop();
    this.current = undefined;
    // The holder is there after the first render, and has its size after the render of this state.
    await host.updateComplete;
    const holder = this.holder();
    const context = this.context();
    if (signal.aborted || !host.isConnected || !provider || !holder || !context) return;
    // A chosen slot has an address of its own.
    if (context.slot) this.dropPrepared();
    // A prepared frame repeats its events at once, before there is a frame to compare with.
    const started: { frame?: SchedulingFrame } = {};
    const onEvent = (event: FrameEvent): void => this.receive(started.frame, event, provider);
    const revealed = this.context('revealed');
    const prepared = this.prepared;
    this.prepared = undefined;
    started.frame =
      (revealed && prepared?.reveal(revealed, onEvent)) ??
      startFrame(holder, this.request(provider, context), onEvent);
    this.current = started.frame;
  }

  private stop(): void {
    this.run.abort();
    this.previous?.stop();
    this.current?.stop();
    this.previous = this.current = undefined;
  }

  /** A failure here is silent: it shows when the dialog is opened. */
  private async prepare(): Promise<void> {
    const { host } = this;
    const { store } = host;
    const { loadSignal, state } = store;
    const { provider } = state;
    try {
      const { prepareFrame } = await loadChunk(importDialog);
      await host.updateComplete;
      const holder = this.holder();
      const context = this.context('hidden');
      const isWanted = !loadSignal.aborted && store.state.preparation === 'pending';
      if (!isWanted || !provider || !holder || !context) return;
      this.dropPrepared();
      const request = this.request(provider, context);
      this.prepared = prepareFrame(
        (onEvent) => startFrame(holder, request, onEvent),
        provider.capabilities.ready === 'message',
      );
      store.send({ type: 'prepared' });
    } catch {
      if (!loadSignal.aborted) store.send({ type: 'preparation-failed' });
    }
  }

  private dropPrepared(): void {
    this.prepared?.stop();
    this.prepared = undefined;
  }

  private receive(
    frame: SchedulingFrame | undefined,
    event: FrameEvent,
    { capabilities, height }: Provider,
  ): void {
    const { store } = this.host;
    const isPrevious = !!frame && frame === this.previous;
    if (isPrevious) {
      // Only what is better than a failure counts of a frame that has been given up.
      if (event.type !== 'ready' && !(event.type === 'load' && capabilities.ready === 'load')) return;
      this.current?.stop();
      this.current = frame;
      this.previous = undefined;
    }
    switch (event.type) {
      case 'load':
        // Where the page never says how tall it is, the provider's file does.
        if (capabilities.height === 'fixed' && height.min)
          store.send({ type: 'frame-height', height: height.min });
        store.send({ type: 'frame-load' });
        if (capabilities.ready === 'load') this.settle('frame-shown');
        break;
      case 'slow':
        store.send({ type: 'frame-slow' });
        break;
      case 'ready':
        this.settle('frame-ready');
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
        const { code, detail } = event;
        const failure = { code, detail };
        store.send({ type: 'frame-failed', failure, now: Date.now(), random: Math.random() });
        break;
      }
      default:
    }
  }

  /** Something better has come: the frame of the try before is of no use any more. */
  private settle(type: 'frame-shown' | 'frame-ready'): void {
    this.host.store.send({ type });
    if (!isUp(this.host.store.state.frame)) return;
    this.previous?.stop();
    this.previous = undefined;
  }
}
