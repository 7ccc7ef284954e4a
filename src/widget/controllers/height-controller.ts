import { reserveHeight, type ReservedHeight } from '../frame/reserved-height.js';
import type { Effect } from '../state/effects.js';
import { pageOf } from '../state/selectors.js';
import type { WidgetController, WidgetHost } from './controller.js';

/** Gives an inline frame the height that its page asks for, without moving what the visitor looks at. */
export class HeightController implements WidgetController {
  private reserved: ReservedHeight | undefined;

  constructor(private readonly host: WidgetHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.stop();
  }

  perform(effect: Effect): void {
    if (effect.type === 'stop-frame') this.stop();
    else if (effect.type === 'request-height') this.reserved?.request(effect.height);
    else if (effect.type === 'reserve-height') void this.reserve();
  }

  private async reserve(): Promise<void> {
    const { host } = this;
    const { loadSignal, state } = host.store;
    const page = pageOf(state);
    await host.updateComplete;
    const box = host.renderRoot.querySelector<HTMLElement>('.frame');
    if (loadSignal.aborted || !page || !box) return;
    this.stop();
    this.reserved = reserveHeight(box, state.options.height, state.provider?.canonical(page) ?? page.href);
    const { height } = host.store.state;
    if (height !== null) this.reserved.request(height);
  }

  private stop(): void {
    this.reserved?.stop();
    this.reserved = undefined;
  }
}
