import type { WidgetHost } from './controller.js';

/** Room above and below a card, in CSS pixels. */
const CARD_MARGIN = 96;

/** What the card that is drawn needs, whatever the space around it is; 0 where there is none. */
export function cardHeight({ renderRoot }: WidgetHost): number {
  const cards = [...renderRoot.querySelectorAll('.cover > *')];
  const content = cards.reduce((sum, each) => sum + each.getBoundingClientRect().height, 0);
  return content && Math.ceil(content) + CARD_MARGIN;
}
