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
  /** Waits for nothing any more. */
  stop(): void;
}

/**
 * Gives the frame the height its page asks for without ever moving what the visitor looks at: a new height is taken on
 * as soon as the widget's lower edge is out of view before and after; until then the frame scrolls inside. The last
 * height per page and width is remembered for the next visit, and asked for at once.
 *
 * `option` is the option `height`: `auto`, `grow` (never less than before) or a CSS length. `page` is any
 * stable name of the scheduling page.
 */
export function reserveHeight(box: HTMLElement, option: string, page: string): ReservedHeight {
  const key = `booking-widget:height ${location.pathname} ${page} ${Math.round(box.clientWidth / WIDTH_STEP)}`;
  // A length is the style sheet's matter: the frame then neither follows the page nor a former visit.
  const isFixed = /\d/.test(option);
  let wanted = 0;

  // What is around the frame may push its edge out of view without any scrolling: a notice that goes, an image above.
  const layout = typeof ResizeObserver === 'function' ? new ResizeObserver(() => apply()) : undefined;

  const edge = (): number => box.getBoundingClientRect().bottom;
  const apply = (): void => {
    const former = box.style.minHeight;
    const before = edge();
    box.style.minHeight = `${wanted}px`;
    const after = edge();
    if (after !== before && Math.min(before, after) < innerHeight && !nothingPainted())
      box.style.minHeight = former;
    else stop();
  };
  const stop = (): void => {
    removeEventListener('scroll', apply, { capture: true });
    removeEventListener('resize', apply);
    layout?.disconnect();
  };
  const take = (height: number): void => {
    wanted = height;
    addEventListener('scroll', apply, { passive: true, capture: true });
    addEventListener('resize', apply);
    layout?.observe(document.body);
    apply();
  };

  // Without storage every visit starts from the reserved height.
  const remembered = isFixed ? 0 : Number(localStore.get(key)) || 0;
  if (remembered) take(remembered);
  return {
    request(height) {
      if (isFixed || (option === 'grow' && height <= wanted)) return;
      take(height);
      localStore.set(key, String(height));
    },
    stop,
  };
}
