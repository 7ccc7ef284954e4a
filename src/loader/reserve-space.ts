import { modeOf, OPENERS } from './placeholder.js';

let sheet: CSSStyleSheet | undefined;

/**
 * Reserves the space of inline widgets, and of boxes that will hold one, until the element is there to do so itself: then
 * nothing on the host page moves. The width is the element's own (booking-widget.css), in every container. Once for each
 * document or shadow root that has placeholders.
 */
export function reserveSpace(root: Document | ShadowRoot): void {
  // One column gives a container that is sized by its content a width, and takes no more than there is.
  const space = '{display:block;columns:1 720px;min-height:var(--booking-height,640px);';
  const isInlineByDefault = modeOf(document.documentElement) === 'inline';
  const inline = isInlineByDefault ? ':not([mode=popup i],[mode=floating i])' : '[mode=inline i]';
  try {
    if (!sheet)
      (sheet = new CSSStyleSheet()).replaceSync(
        `booking-widget:not(:defined)${inline}${space}width:100%}` +
          `[data-booking-src]:not(${OPENERS},[data-booking-mode],:has(booking-widget))${space}}`,
      );
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  } catch {
    // An older engine: the space is reserved when the element is there.
  }
}
