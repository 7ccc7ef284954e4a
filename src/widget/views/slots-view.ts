import type { Slot } from '../../protocol/availability.js';
import { el, fill, fillText, setAttribute } from '../dom.js';
import type { Strings, TimesStrings } from '../locales/strings.js';
import type { TimesPicture } from '../times-picture.js';
import { slotFormat } from './slot-format.js';
import { zoneChoice } from './zone-choice.js';

export interface SlotsModel {
  readonly picture: TimesPicture;
  readonly strings: Strings;
  readonly words: TimesStrings;
  readonly heading: string;
  readonly lang: string;
  readonly timeZone: string;
  /** Since when cached times are known, in milliseconds since 1970; null when they have been confirmed. */
  readonly since: number | null;
  /** Whether the visitor wanted a time and did not get it. */
  readonly isTaken: boolean;
}

export interface SlotsActions {
  readonly onChoose: (slot: Slot) => void;
  readonly onAll: () => void;
  /** The visitor has begun to use the times. */
  readonly onUse: () => void;
  readonly onTurn: (week: string | null) => void;
  /** The visitor is about to turn to a week. */
  readonly onAim: (week: string) => void;
  readonly onRetry: () => void;
}

export interface SlotsView {
  readonly element: HTMLElement;
  /** Writes only what is different from the last time. */
  draw(model: SlotsModel): void;
}

/** Browsers also send a move when the page scrolled under a pointer that stands still. */
const isMove = (event: Event): boolean =>
  event instanceof PointerEvent && (event.movementX !== 0 || event.movementY !== 0);

/**
 * Bookable times as buttons, by day, with pages of weeks after the soonest ones. Cached ones say since when they are
 * known; they are an offer, never a promise.
 */
export function slotsView({ onChoose, onAll, onUse, onTurn, onAim, onRetry }: SlotsActions): SlotsView {
  let shown: TimesPicture | undefined;

  const aim = (): void => {
    if (shown?.turns.later) onAim(shown.turns.later);
  };
  const asOf = el('small', { part: 'as-of' });
  const heading = el('b');
  const said = el('p', { role: 'status' });
  const offers = el('div');
  const list = el('div');
  const earlier = el('button', {
    part: 'earlier',
    click: () => {
      if (shown?.turns.earlier !== undefined) onTurn(shown.turns.earlier);
    },
  });
  const later = el('button', {
    part: 'later',
    pointerenter: aim,
    focus: aim,
    click: () => {
      if (shown?.turns.later) onTurn(shown.turns.later);
    },
  });
  const months = el('select', {
    part: 'month',
    change: () => {
      if (shown) onTurn(shown.pageOfMonth(months.value));
    },
  });
  const zone = zoneChoice();
  const all = el('button', { part: 'all-times', click: onAll });
  const element = el(
    'div',
    {
      part: 'times',
      pointerdown: onUse,
      focusin: onUse,
      pointermove: (event) => {
        if (isMove(event)) onUse();
      },
    },
    el('p', { class: 'row' }, heading, asOf),
    said,
    offers,
    list,
    el('p', { class: 'row' }, earlier, months, later),
    el('p', { class: 'row' }, zone.element, all),
  );

  return {
    element,
    draw({ picture, strings, words, lang, timeZone, since, isTaken, ...model }) {
      shown = picture;
      const { days, week, none, next, wanted, nearest, wish, turns, month } = picture;
      const format = slotFormat(lang, timeZone);
      const inWords = (text: string, slot: Slot): string => text.replace('{time}', format.full(slot));
      const focused = (element.getRootNode() as ShadowRoot).activeElement?.getAttribute('aria-label');
      const button = (slot: Slot, day: string, ...more: HTMLElement[]): HTMLElement => {
        const time = format.time(new Date(slot.start));
        const choose = (): void => {
          onChoose(slot);
        };
        const name = `${time}, ${day}`;
        return el('li', {}, el('button', { part: 'slot', 'aria-label': name, click: choose }, time), ...more);
      };

      fillText(heading, model.heading || words.chooseTime);
      if (since !== null) fillText(asOf, words.asOf.replace('{time}', format.time(new Date(since))));
      const notes = [
        isTaken && strings.taken,
        wish && words[wish],
        week && format.days(...week),
        none && words[none],
      ].filter((note) => typeof note === 'string');
      fill(said, [notes, none], () =>
        notes.map((note) => el('span', none ? { part: 'no-times' } : {}, `${note} `)),
      );
      const drawn = [
        fill(offers, [nearest, lang, timeZone, words.closeTo], () =>
          wanted && nearest.length
            ? [
                el('div', { part: 'day' }, inWords(words.closeTo, wanted)),
                el(
                  'ul',
                  { part: 'alternatives' },
                  ...nearest.map(({ slot, reason }) => {
                    const day = format.day(slot);
                    return button(slot, day, el('small', {}, `${day}: ${words.reason[reason]}`));
                  }),
                ),
              ]
            : [],
        ),
        fill(list, [days, next, none, lang, timeZone], () => [
          ...(none === 'notHad' ? [el('button', { part: 'retry', click: onRetry }, strings.retry)] : []),
          ...(next
            ? [
                el(
                  'button',
                  {
                    part: 'next-free',
                    click: () => {
                      onTurn(next[1]);
                    },
                  },
                  inWords(words.nextFree, next[0]),
                ),
              ]
            : []),
          ...days.flatMap(({ day, slots }) => [
            el('div', { part: 'day' }, day),
            el('ul', { 'aria-label': day }, ...slots.map((slot) => button(slot, day))),
          ]),
        ]),
      ];
      setAttribute(list, 'aria-busy', String(none === 'looking'));
      fillText(earlier, words.earlier);
      fillText(later, words.later);
      // Buttons that lead nowhere stay where they are, so that whoever is on one does not lose their place.
      setAttribute(earlier, 'aria-disabled', String(turns.earlier === undefined));
      setAttribute(later, 'aria-disabled', String(!turns.later));
      setAttribute(months, 'aria-label', words.month);
      fill(months, [turns.months, lang], () =>
        turns.months.map((each) => el('option', { value: each }, format.month(each))),
      );
      if (months.value !== month) months.value = month;
      zone.draw(timeZone, `${words.timeZone}: ${format.zone}`);
      fillText(all, words.allTimes);
      // Whoever was about to choose a time is still on it when others have come or gone.
      if (drawn.includes(true) && focused)
        element.querySelector<HTMLElement>(`[aria-label=${JSON.stringify(focused)}]`)?.focus();
    },
  };
}
