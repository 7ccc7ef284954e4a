import { retryLater } from '../retry-backoff.js';
import type { Effect } from '../state/effects.js';
import type { WidgetController, WidgetHost } from './controller.js';

/** Tries again by itself: when the delay is over and the page is looked at, or when the browser is back online. */
export class RetryController implements WidgetController {
  private cancel: (() => void) | undefined;

  constructor(private readonly host: WidgetHost) {
    host.addController(this);
  }

  perform(effect: Effect): void {
    if (effect.type === 'cancel-retry') this.stop();
    if (effect.type !== 'schedule-retry') return;
    this.stop();
    this.cancel = retryLater(Math.max(0, effect.at - Date.now()), () => {
      this.host.store.send({ type: 'retry', automatic: true });
    });
  }

  hostDisconnected(): void {
    this.stop();
  }

  private stop(): void {
    this.cancel?.();
    this.cancel = undefined;
  }
}
