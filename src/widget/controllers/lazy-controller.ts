import type { CSSResult } from 'lit';
import { addStyles } from '../adopted-styles.js';
import { loadChunk } from '../load-chunk.js';
import type { Effect } from '../state/effects.js';
import type { WidgetController, WidgetHost } from './controller.js';

export interface LazyControllerOptions<Chunk, Controller> {
  /** The effect that makes the controller necessary. */
  readonly trigger: Effect['type'];
  readonly load: () => Promise<Chunk>;
  readonly create: (chunk: Chunk) => readonly [Controller, CSSResult];
  /** The controller is there. */
  readonly onLoaded: () => void;
  /** Its chunk did not come. */
  readonly onFailed: (cause: unknown) => void;
}

/** Stands in for a controller whose chunk is fetched when it becomes necessary; further effects go to it. */
export class LazyController<Chunk, Controller extends WidgetController> implements WidgetController {
  /** There once its chunk has been loaded. */
  loaded: Controller | undefined;

  constructor(
    private readonly host: WidgetHost,
    private readonly options: LazyControllerOptions<Chunk, Controller>,
  ) {}

  perform(effect: Effect): void {
    if (effect.type === this.options.trigger) void this.start();
    else this.loaded?.perform?.(effect);
  }

  private async start(): Promise<void> {
    const { host, options } = this;
    const { loadSignal } = host.store;
    try {
      const chunk = await loadChunk(options.load);
      if (!this.loaded) {
        const [controller, styles] = options.create(chunk);
        this.loaded = controller;
        if (host.renderRoot instanceof ShadowRoot) addStyles(host.renderRoot, styles);
      }
      if (!loadSignal.aborted) options.onLoaded();
    } catch (cause) {
      if (!loadSignal.aborted) options.onFailed(cause);
    }
  }
}
