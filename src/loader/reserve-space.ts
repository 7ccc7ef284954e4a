import { adoptCss } from './adopt-css.js';
import { modeOf, OPENERS } from './booking-form.js';

/**
 * Keeps the place of inline widgets, and of boxes that will hold one, until the element is there to do so itself: then
 * nothing on the page moves.
 */
export function reserveSpace(): void {
  const place = '{display:block;min-height:var(--booking-height,640px)}';
  const isInlineByDefault = modeOf(document.documentElement) === 'inline';
  const inline = isInlineByDefault ? ':not([mode=popup i],[mode=floating i])' : '[mode=inline i]';
  adoptCss(
    `booking-widget:not(:defined)${inline}${place}` +
      `[data-booking-src]:not(${OPENERS},[data-booking-mode],:has(booking-widget))${place}`,
  );
}
