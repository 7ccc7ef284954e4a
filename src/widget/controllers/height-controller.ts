import { localStore } from '../platform/safe-storage.js';
import { reserveHeight, type ReservedHeight } from '../frame/reserved-height.js';
import { awaitsNoSlots, isCard, isInline, pageOf } from '../state/selectors.js';
import { INPUT_SHIFT_MS } from '../durations.js';
import type { WidgetController, WidgetHost } from './controller.js';

/** What a layout shift may follow. https://wicg.github.io/layout-instability/#dom-layoutshift-hadrecentinput */
const INPUTS = ['click', 'keydown'];

/** Room above and below a card, in CSS pixels. */
const CARD_MARGIN = 96;

/** What a dialog has besides its stage, and the least that it is good for, in CSS pixels. */
const DIALOG_HEAD = 62;
const DIALOG_MIN = 400;

/**
 * Gives an inline frame, or a card in its place, the height that it needs, without moving what the visitor looks at; and a dialog the
 * height that its page had at the last visit, when it is opened.
 */
export function heightController(host: WidgetHost) {
  const { store } = host;
  let reserved: ReservedHeight | undefined;
  /** Whether the dialog has its height since it was opened. */
  let hasFitted = false;
  /** Milliseconds since the page began. */
  let actedAt = -Infinity;

  const stop = (): void => {
    reserved?.stop();
    reserved = undefined;
  };

  const onInput = ({ timeStamp }: Event): void => {
    actedAt = timeStamp;
  };

  /** The frame's box, as soon as it is drawn. */
  const drawnBox = async (): Promise<HTMLElement | null> => {
    const { loadSignal } = store;
    await host.updateComplete;
    return loadSignal.aborted ? null : host.renderRoot.querySelector<HTMLElement>('.frame');
  };

  const begin = (box: HTMLElement): ReservedHeight | undefined => {
    const { state } = store;
    const page = pageOf(state);
    stop();
    reserved = reserveHeight({
      box,
      option: state.options.height,
      page: page ? (state.provider?.canonical(page) ?? page.href) : '',
      fit: (isFitted) => host.fitHeight(isFitted),
      hasActed: () => performance.now() - actedAt < INPUT_SHIFT_MS,
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
    const cover = box?.querySelector<HTMLElement>('.cover');
    if (!box || !cover || !isCard(store.state)) return;
    // The card's own height, whatever the space around it is.
    const content = [...cover.children].reduce((sum, each) => sum + each.getBoundingClientRect().height, 0);
    (reserved ?? begin(box))?.showCard(Math.ceil(content) + CARD_MARGIN);
  };

  const dialogKey = (): string =>
    `booking-widget:dialog ${pageOf(store.state)?.href ?? ''} ${Math.round(innerWidth / 64)}`;

  /** An open dialog keeps its height: its content would move. */
  const fitDialog = (): void => {
    const { state } = store;
    const isOpen = !isInline(state) && state.dialog === 'open';
    const dialog = host.renderRoot.querySelector('dialog');
    if (isOpen === hasFitted || !dialog) return;
    hasFitted = isOpen;
    const height = awaitsNoSlots(state) ? (state.height ?? Number(localStore.get(dialogKey()))) : 0;
    if (isOpen)
      dialog.style.setProperty('--_content', height ? `${Math.max(height, DIALOG_MIN) + DIALOG_HEAD}px` : '');
  };

  return {
    hostUpdated: fitDialog,
    hostConnected() {
      for (const type of INPUTS) host.addEventListener(type, onInput, { capture: true, passive: true });
    },
    hostDisconnected() {
      for (const type of INPUTS) host.removeEventListener(type, onInput, { capture: true });
      stop();
    },
    perform(effect) {
      if (effect.type === 'stop-frame') stop();
      else if (effect.type === 'request-height') {
        if (isInline(store.state)) reserved?.request(effect.height);
        else localStore.set(dialogKey(), String(effect.height));
      } else if (effect.type === 'reserve-height') void reserve();
      else if (effect.type === 'show-card') void showCard();
      else if (effect.type === 'hide-card') reserved?.showCard(0);
    },
  } satisfies WidgetController;
}
