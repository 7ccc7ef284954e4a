import { localStore } from '../platform/safe-storage.js';
import { awaitsNoSlots, isInline, isUp, pageOf, showsCard } from '../state/selectors.js';
import { cardHeight } from './card-height.js';
import type { WidgetController, WidgetHost } from './controller.js';
import type { RecentInput } from './recent-input.js';

/** What a dialog has besides its stage, and the least that a page is good for, in CSS pixels. */
const HEAD = 62;
const PAGE_MIN = 400;

/**
 * Makes an open dialog as tall as its content: when it is opened, as far as that is known; else once, as soon as it is known,
 * without moving anything but its lower edge; and whenever the visitor has pressed a card away.
 */
export function dialogHeightController(host: WidgetHost, { hasActed }: RecentInput) {
  const { store } = host;
  let isOpen = false;
  /** Whether the dialog has the height of its content since it was opened. */
  let isFitted = false;
  let wasCard = false;

  const key = (): string =>
    `booking-widget:dialog ${pageOf(store.state)?.href ?? ''} ${Math.round(innerWidth / 64)}`;

  /** 0 where it is not known, and where slots take whatever room there is. A page that is not ready may still fail. */
  const contentHeight = (mayGuess: boolean): number => {
    const { state } = store;
    if (showsCard(state)) return cardHeight(host);
    if (!awaitsNoSlots(state)) return 0;
    const height = (isUp(state.frame) && state.height) || (mayGuess && Number(localStore.get(key())));
    return height ? Math.max(height, PAGE_MIN) : 0;
  };

  const fit = async (): Promise<void> => {
    // By then the dialog's own controller has shown it.
    await host.updateComplete;
    const dialog = host.renderRoot.querySelector('dialog');
    const wasOpen = isOpen;
    isOpen = !!dialog?.open && !isInline(store.state);
    if (!dialog || !isOpen) return;
    const isCard = showsCard(store.state);
    const mayMove = !wasOpen || (isCard !== wasCard && hasActed());
    if (isFitted && !mayMove) return;
    const height = contentHeight(mayMove);
    if (!height && !mayMove) return;
    dialog.style.marginBlockStart = mayMove ? '' : `${dialog.getBoundingClientRect().top}px`;
    dialog.style.setProperty('--_content', height ? `${height + HEAD}px` : '');
    isFitted = height > 0;
    wasCard = isCard;
  };

  return {
    hostUpdated() {
      if (isOpen || store.state.dialog === 'open') void fit();
    },
    perform(effect) {
      if (effect.type === 'request-height' && !isInline(store.state))
        localStore.set(key(), String(effect.height));
    },
  } satisfies WidgetController;
}
