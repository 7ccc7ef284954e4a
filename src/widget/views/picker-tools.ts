import type { Turns } from '../availability/week-pages.js';

/*
 * What only a visitor needs who has begun to use the slots, in a chunk of its own: the keys, and the search for a time
 * zone. Without it every slot is reached by the tab key, and every zone in the list. It imports nothing, so that it can
 * lie beside the one file.
 */

/** Directions of the arrow keys, as they are on screen: to the right is the next day, or the one before from right to left. */
const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Rather somewhat further away than in another column or row. */
const ASKEW = 3;

const centre = (element: Element): readonly [x: number, y: number] => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
};

/** The closest button in a direction. */
function closest(from: HTMLElement, others: readonly HTMLElement[], [x, y]: readonly [number, number]) {
  const [left, top] = centre(from);
  let found: HTMLElement | undefined;
  let least = Infinity;
  for (const other of others) {
    const [right, bottom] = centre(other);
    const ahead = (right - left) * x + (bottom - top) * y;
    const aside = Math.abs((right - left) * y) + Math.abs((bottom - top) * x);
    // Rows and columns are further apart than this; what is level with the button lies in no direction.
    if (ahead < 4 || ahead + ASKEW * aside >= least) continue;
    least = ahead + ASKEW * aside;
    found = other;
  }
  return found;
}

/** Arrows go by slot and day, Home and End to the first and last slot of the day, Page Up and Down by week. */
export function onKey(event: KeyboardEvent, turns: Turns, onTurn: (day: string) => void): void {
  const { key, target, currentTarget, altKey, ctrlKey, metaKey, shiftKey } = event;
  const from = target as HTMLElement;
  if (!from.dataset['key'] || altKey || ctrlKey || metaKey || shiftKey) return;
  const isPage = key === 'PageUp' || key === 'PageDown';
  const day = key === 'PageUp' ? turns.earlier : turns.later;
  if (isPage && day) onTurn(day);
  const all = (of: Element): HTMLElement[] =>
    [...of.querySelectorAll<HTMLElement>('[data-key]')].filter(
      (each) => each !== from && each.checkVisibility(),
    );
  const ofDay = all(from.closest('section, ul, .week') ?? from);
  const direction = ARROWS[key];
  const to = direction
    ? closest(from, all(currentTarget as Element), direction)
    : key === 'Home'
      ? ofDay[0]
      : key === 'End'
        ? ofDay.at(-1)
        : undefined;
  // The page does not scroll by these keys while they are the picker's.
  if (isPage || direction || key === 'Home' || key === 'End') event.preventDefault();
  to?.focus();
}

/**
 * Reads what is typed into the search for a time zone; the browser lists what matches.
 *
 * @param none the message for a text that no zone has in its name
 */
export function findZone(
  field: HTMLInputElement,
  zones: readonly (readonly [text: string, zone: string])[],
  none: string,
  onTimeZone: (timeZone: string) => void,
): void {
  const typed = field.value.toLowerCase();
  const found = zones.find(([text]) => text.toLowerCase() === typed);
  field.setCustomValidity(zones.some(([text]) => text.toLowerCase().includes(typed)) ? '' : none);
  if (!found) return;
  field.value = '';
  onTimeZone(found[1]);
}
