import { reserveHeight, type ReservedHeight } from '../frame/reserved-height.js';
import { consentHost, isCard, isInline, pageOf } from '../state/selectors.js';
import { cardHeight } from './card-height.js';
import type { WidgetController, WidgetHost } from './controller.js';
import type { RecentInput } from './recent-input.js';

/** Gives an inline frame, or a card in its place, the height that it needs, without moving what the visitor looks at. */
export function heightController(host: WidgetHost, { hasActed, onInput }: RecentInput) {
  const { store } = host;
  let reserved: ReservedHeight | undefined;
  onInput(() => reserved?.growNow());

  const stop = (): void => {
    reserved?.stop();
    reserved = undefined;
  };

  /** The frame's box, as soon as it is drawn. */
  const drawnBox = async (): Promise<HTMLElement | null> => {
    const { loadSignal } = store;
    await host.updateComplete;
    return loadSignal.aborted ? null : host.renderRoot.querySelector<HTMLElement>('.frame');
  };

  const begin = (box: HTMLElement): ReservedHeight => {
    const { state } = store;
    const page = pageOf(state);
    stop();
    reserved = reserveHeight({
      box,
      option: state.options.height,
      page: page ? (state.provider?.canonical(page) ?? page.href) : '',
      fit: (isFitted) => host.fitHeight(isFitted),
      hasActed,
    });
    return reserved;
  };

  const reserve = async (): Promise<void> => {
    const box = await drawnBox();
    if (!box || !pageOf(store.state)) return;
    begin(box);
    const { height } = store.state;
    if (height !== null) reserved?.request(height);
  };

  const showCard = async (): Promise<void> => {
    const box = await drawnBox();
    const { state } = store;
    if (!box || !isCard(state)) return;
    const space = reserved ?? begin(box);
    // Where a calendar was at the last visit, a consent tool may be about to grant it again without a press.
    if (!consentHost(state) || !space.isRemembered) space.showCard(cardHeight(host));
  };

  return {
    hostDisconnected: stop,
    perform(effect) {
      if (effect.type === 'stop-frame') stop();
      else if (effect.type === 'request-height') {
        if (isInline(store.state)) reserved?.request(effect.height);
      } else if (effect.type === 'reserve-height') void reserve();
      else if (effect.type === 'show-card') void showCard();
      else if (effect.type === 'hide-card') reserved?.showCard(0);
    },
  } satisfies WidgetController;
}
