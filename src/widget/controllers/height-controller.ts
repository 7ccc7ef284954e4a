import { reserveHeight, type ReservedHeight } from '../frame/reserved-height.js';
import { pageOf } from '../state/selectors.js';
import type { WidgetController, WidgetHost } from './controller.js';

/** Gives an inline frame the height that its page asks for, without moving what the visitor looks at. */
export function heightController(host: WidgetHost) {
  const { store } = host;
  let reserved: ReservedHeight | undefined;

  const stop = (): void => {
    reserved?.stop();
    reserved = undefined;
  };

  const reserve = async (): Promise<void> => {
    const { loadSignal, state } = store;
    const page = pageOf(state);
    await host.updateComplete;
    const box = host.renderRoot.querySelector<HTMLElement>('.frame');
    if (loadSignal.aborted || !page || !box) return;
    stop();
    reserved = reserveHeight(box, state.options.height, state.provider?.canonical(page) ?? page.href);
    const { height } = store.state;
    if (height !== null) reserved.request(height);
  };

  return {
    hostDisconnected: stop,
    perform(effect) {
      if (effect.type === 'stop-frame') stop();
      else if (effect.type === 'request-height') reserved?.request(effect.height);
      else if (effect.type === 'reserve-height') void reserve();
    },
  } satisfies WidgetController;
}
