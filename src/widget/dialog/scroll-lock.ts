let locks = 0;
let former: readonly [overflow: string, gutter: string] = ['', ''];

/**
 * Keeps the page behind a dialog from scrolling, which a modal dialog alone does not. The place of a classic scrollbar
 * stays reserved, so that nothing behind moves. Returns how to let go; twice is fine.
 */
export function lockScroll(): () => void {
  const { style, clientWidth } = document.documentElement;
  if (!locks++) {
    former = [style.overflow, style.scrollbarGutter];
    if (innerWidth > clientWidth) style.scrollbarGutter = 'stable';
    style.overflow = 'hidden';
  }
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    if (!--locks) [style.overflow, style.scrollbarGutter] = former;
  };
}
