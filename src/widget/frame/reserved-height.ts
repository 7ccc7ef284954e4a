import { localStore } from '../platform/safe-storage.js';

/** Widths are remembered in steps, so that a scrollbar more or less still finds its height. */
const WIDTH_STEP = 64;

/**
 * Nothing on screen can move before anything is on screen. The timeline stands still until the first frame begins; the
 * browser's own note of the first paint comes up to two frames after it, too late to rely on.
 */
const nothingPainted = (): boolean => !document.timeline.currentTime;

export interface ReservedHeight {
  /** The scheduling page asks for a height in CSS pixels, already within its provider's bounds. */
  request(height: number): void;
  /** A card of this height in CSS pixels stands in the frame's place; 0 when it does not any more. */
  showCard(height: number): void;
  /** Whether a former visit has left a height. */
  readonly isRemembered: boolean;
  /** Takes on a greater height that it waits for: the visitor has just pressed something. */
  growNow(): void;
  /** Waits for nothing any more. */
  stop(): void;
}

export interface HeightScene {
  readonly box: HTMLElement;
  /** The option `height`: `auto`, `grow` (never less than before) or a CSS length. */
  readonly option: string;
  /** Any stable name of the scheduling page. */
  readonly page: string;
  /** Lets the widget be lower than the space that was reserved for it, or not. */
  readonly fit: (isFitted: boolean) => void;
  /** Whether the visitor has just pressed something in the widget: then they expect that it changes. */
  readonly hasActed: () => boolean;
}

/**
 * Gives the frame the height its page asks for without ever moving what the visitor looks at: a new height is taken on
 * as soon as the widget's lower edge is out of view before and after, or right after the visitor's own input; until then
 * the frame scrolls inside. The last height per page and width is remembered for the next visit, and asked for at once.
 */
export function reserveHeight({ box, option, page, fit, hasActed }: HeightScene): ReservedHeight {
  const key = `booking-widget:height ${location.pathname} ${page} ${Math.round(box.clientWidth / WIDTH_STEP)}`;
  // A length is the style sheet's matter: the frame then neither follows the page nor a former visit.
  const isFixed = /\d/.test(option);
  /** What the page asks for, and what a card in its place needs; 0 for nothing. */
  let wanted = 0;
  let card = 0;
  /** The height that is in force; 0 for the reserved one. */
  let taken = parseFloat(box.style.minHeight) || 0;

  // What is around the frame may push its edge out of view without any scrolling: a notice that goes, an image above.
  const layout = typeof ResizeObserver === 'function' ? new ResizeObserver(() => apply()) : undefined;

  const edge = (): number => box.getBoundingClientRect().bottom;
  const set = (height: number): void => {
    box.style.minHeight = height ? `${height}px` : '';
    fit(height > 0 && option !== 'grow');
  };
  const apply = (): void => {
    const next = card || wanted;
    const before = edge();
    set(next);
    const after = edge();
    if (after !== before && Math.min(before, after) < innerHeight && !nothingPainted() && !hasActed())
      set(taken);
    else {
      taken = next;
      stop();
    }
  };
  const stop = (): void => {
    removeEventListener('scroll', apply, { capture: true });
    removeEventListener('resize', apply);
    layout?.disconnect();
  };
  const take = (): void => {
    addEventListener('scroll', apply, { passive: true, capture: true });
    addEventListener('resize', apply);
    layout?.observe(document.body);
    apply();
  };

  // Without storage every visit starts from the reserved height.
  wanted = isFixed ? 0 : Number(localStore.get(key)) || 0;
  if (wanted) take();
  return {
    request(height) {
      if (isFixed || (option === 'grow' && height <= wanted)) return;
      wanted = height;
      take();
      localStore.set(key, String(height));
    },
    showCard(height) {
      if (isFixed || option === 'grow' || height === card) return;
      card = height;
      take();
    },
    isRemembered: wanted > 0,
    growNow() {
      const next = card || wanted;
      if (taken && (!next || next > taken)) apply();
    },
    stop,
  };
}
