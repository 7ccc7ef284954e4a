import type { Availability, Slot } from '../../protocol/availability.js';
import { css } from '../css.js';
import { el, fill } from '../dom.js';
import type { Strings } from '../locales/strings.js';
import { pickTimes } from './pick-times.js';
import { slotFormat } from './slot-format.js';

export const slotsStyles = css`
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 8px 16px;
    margin: 0 0 20px;
  }
  .row b {
    font-size: 1.25em;
  }
  small {
    font-size: 0.875em;
    opacity: 0.85;
  }
  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(104px, 1fr));
    gap: 8px;
    margin: 8px 0 20px;
    padding: 0;
    list-style: none;
  }
  [part='day'] {
    font-weight: 600;
  }
  [part='slot'] {
    width: 100%;
    padding-inline: 4px;
    white-space: nowrap;
    border-color: color-mix(in srgb, var(--_accent) 55%, transparent);
    color: var(--_accent);
    font-weight: 600;
  }
  [part='slot']:hover {
    background: var(--_accent);
    color: var(--booking-on-accent, light-dark(#fff, #10131a));
  }
`;

export interface SlotsModel {
  readonly strings: Strings;
  readonly availability: Availability;
  /** Whether the times come from the cache and nobody has confirmed them yet. */
  readonly cached: boolean;
  readonly heading: string;
  readonly lang: string;
  readonly timeZone: string;
  /** How many times to show. */
  readonly count: number;
  /** Milliseconds since 1970; times before it are over. */
  readonly now: number;
}

export interface SlotsActions {
  readonly onChoose: (slot: Slot) => void;
  readonly onAll: () => void;
  /** The visitor has begun to use the times. */
  readonly onUse: () => void;
}

/** Browsers also send a move when the page scrolled under a pointer that stands still. */
const isMove = (event: Event): boolean =>
  event instanceof PointerEvent && (event.movementX !== 0 || event.movementY !== 0);

/** The place of the native times; `drawSlots` fills it. */
export const createSlots = ({ onUse }: SlotsActions): HTMLElement =>
  el('div', {
    part: 'times',
    pointerdown: onUse,
    focusin: onUse,
    pointermove: (event) => {
      if (isMove(event)) onUse();
    },
  });

/** Bookable times as buttons, by day. Cached ones say since when they are known; they are an offer, never a promise. */
export function drawSlots(place: HTMLElement, model: SlotsModel, { onChoose, onAll }: SlotsActions): void {
  const { strings, availability, lang, timeZone, heading } = model;
  const format = slotFormat(lang, timeZone);
  const days = pickTimes(availability.slots, model.count, model.now, format.day);
  const asOf = model.cached
    ? strings.asOf.replace('{time}', format.time(new Date(availability.fetchedAt)))
    : '';
  const root = place.getRootNode() as ShadowRoot;
  const focused = root.activeElement?.getAttribute('aria-label');

  const button = (slot: Slot, day: string): HTMLElement => {
    const time = format.time(new Date(slot.start));
    const choose = (): void => {
      onChoose(slot);
    };
    return el('li', {}, el('button', { part: 'slot', 'aria-label': `${time}, ${day}`, click: choose }, time));
  };
  const isNew = fill(place, [days, asOf, heading, lang, timeZone, strings.allTimes], () => [
    el('p', { class: 'row' }, el('b', {}, heading), ...(asOf ? [el('small', { part: 'as-of' }, asOf)] : [])),
    ...(days.length ? [] : [el('p', { part: 'no-times' }, strings.noTimes)]),
    ...days.flatMap(({ day, slots }) => [
      el('div', { part: 'day' }, day),
      el('ul', { 'aria-label': day }, ...slots.map((slot) => button(slot, day))),
    ]),
    el(
      'p',
      { class: 'row' },
      el('small', { part: 'zone' }, `${strings.timeZone}: ${format.zone}`),
      el('button', { part: 'all-times', click: onAll }, strings.allTimes),
    ),
  ]);
  // Whoever was about to choose a time is still on it when others have come or gone.
  if (isNew && focused) place.querySelector<HTMLElement>(`[aria-label=${JSON.stringify(focused)}]`)?.focus();
}
