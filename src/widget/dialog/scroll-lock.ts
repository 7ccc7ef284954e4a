let locks = 0;
let sheet: CSSStyleSheet | undefined;

/**
 * Keeps the page behind a dialog from scrolling, which a modal dialog alone does not. A style sheet of our own does it:
 * inline styles of the root element belong to the page, and other scripts lock and unlock it by them in any order. The
 * place of a classic scrollbar stays reserved, so that nothing behind moves. Returns how to unlock; twice is fine.
 */
export function lockScroll(): () => void {
  if (!locks++) {
    const hasScrollbar = innerWidth > document.documentElement.clientWidth;
    sheet ??= new CSSStyleSheet();
    sheet.replaceSync(
      `html{overflow:hidden!important;${hasScrollbar ? 'scrollbar-gutter:stable!important' : ''}}`,
    );
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    if (!--locks) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}
