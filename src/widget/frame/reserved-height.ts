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
 * `option` is the option `height`: `auto`, `grow` (never less than before) or a fixed number of pixels. `page` is any
 * stable name of the scheduling page.
 */
export function reserveHeight(box: HTMLElement, option: string, page: string): ReservedHeight {
  const key = `booking-widget:height ${location.pathname} ${page} ${Math.round(box.clientWidth / WIDTH_STEP)}`;
  const fixed = parseInt(option);
  let wanted = fixed || 0;

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
  };
  const take = (height: number): void => {
    wanted = height;
    addEventListener('scroll', apply, { passive: true, capture: true });
    addEventListener('resize', apply);
    apply();
  };

  try {
    wanted ||= Number(localStorage.getItem(key)) || 0;
  } catch {
    // Without storage every visit starts from the reserved height.
  }
  if (wanted) take(wanted);
  return {
    request(height) {
      if (fixed || (option === 'grow' && height <= wanted)) return;
      take(height);
      try {
        localStorage.setItem(key, String(height));
      } catch {
        // As above.
      }
    },
    stop,
  };
}
