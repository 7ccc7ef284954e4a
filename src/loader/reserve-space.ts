import { adoptCss } from './adopt-css.js';
import { modeOf, OPENERS } from './placeholder.js';

const reserved = new WeakSet<Node>();

/**
 * Reserves the space of inline widgets, and of boxes that will hold one, until the element is there to do so itself: then
 * nothing on the host page moves. Once for each document or shadow root that has placeholders.
 */
export function reserveSpace(root: Node): void {
  if (reserved.has(root)) return;
  reserved.add(root);
  const space = '{display:block;min-height:var(--booking-height,640px)}';
  const isInlineByDefault = modeOf(document.documentElement) === 'inline';
  const inline = isInlineByDefault ? ':not([mode=popup i],[mode=floating i])' : '[mode=inline i]';
  adoptCss(
    `booking-widget:not(:defined)${inline}${space}` +
      `[data-booking-src]:not(${OPENERS},[data-booking-mode],:has(booking-widget))${space}`,
    root as Document | ShadowRoot,
  );
}
