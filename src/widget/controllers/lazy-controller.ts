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

export interface LazyController<Controller> extends WidgetController {
  /** There once its chunk has been loaded. */
  readonly loaded: Controller | undefined;
  perform(effect: Effect): void;
}

/** Stands in for a controller whose chunk is fetched when it becomes necessary; further effects go to it. */
export function lazyController<Chunk, Controller extends WidgetController>(
  host: WidgetHost,
  { trigger, load, create, onLoaded, onFailed }: LazyControllerOptions<Chunk, Controller>,
): LazyController<Controller> {
  let loaded: Controller | undefined;

  const start = async (): Promise<void> => {
    const { loadSignal } = host.store;
    try {
      const chunk = await loadChunk(load);
      if (!loaded) {
        const [controller, styles] = create(chunk);
        loaded = controller;
        host.addController(controller);
        if (host.renderRoot instanceof ShadowRoot) addStyles(host.renderRoot, styles);
      }
      if (!loadSignal.aborted) onLoaded();
    } catch (cause) {
      if (!loadSignal.aborted) onFailed(cause);
    }
  };

  return {
    get loaded() {
      return loaded;
    },
    perform(effect) {
      if (effect.type === trigger) void start();
      else loaded?.perform?.(effect);
    },
  };
}
