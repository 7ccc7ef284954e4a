import { el, fillText, setAttribute } from '../dom.js';
import { chooseTimeZone } from '../time-zone.js';

export interface ZoneChoice {
  readonly element: HTMLElement;
  /** `words`: the zone as the visitor reads it. */
  draw(zone: string, words: string): void;
}

const written = (zone: string): string => zone.replaceAll('_', ' ');

/** The zone in words, and a list to change it. The list is long, so it is filled when somebody comes near it. */
export function zoneChoice(): ZoneChoice {
  const words = el('small', { part: 'zone' });
  const option = (zone: string): HTMLElement => el('option', { value: zone }, written(zone));
  const fillAll = (): void => {
    if (list.length > 1) return;
    const { value } = list;
    const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', value]);
    list.replaceChildren(...[...zones].sort().map(option));
    list.value = value;
  };
  const list = el('select', {
    part: 'zone-choice',
    pointerenter: fillAll,
    pointerdown: fillAll,
    focus: fillAll,
    change: () => {
      chooseTimeZone(list.value);
    },
  });
  return {
    element: el('label', {}, words, ' ', list),
    draw(zone, text) {
      fillText(words, text);
      setAttribute(list, 'aria-label', text);
      if (list.value === zone) return;
      if (![...list.options].some(({ value }) => value === zone)) list.append(option(zone));
      list.value = zone;
    },
  };
}
