import type { Slot } from '../protocol/availability.js';
import {
  availabilityController,
  type AvailabilityController,
  type DayWindow,
  type TimesQuery,
} from './availability/availability-controller.js';
import { addDays, dayOf, wallClock } from '../scheduling/local-days.js';
import { homePage, readWish, windowOf } from './availability/week-pages.js';
import { adopt } from './css.js';
import type { Strings } from './locales/strings.js';
import english from './locales/times-en.js';
import { savesData } from './saves-data.js';
import { timesPicture } from './times-picture.js';
import { slotFormat } from './views/slot-format.js';
import { slotsStyles } from './views/slots.styles.js';
import { slotsView, type SlotsActions } from './views/slots-view.js';
import type { Action, WidgetState } from './widget-state.js';

/** What the controller of the widget is asked to do. */
export interface TimesActions extends Pick<SlotsActions, 'onChoose' | 'onAll'> {
  /** Something that the picture needs has come. */
  readonly redraw: () => void;
}

/** How the native times are to look, asked anew for every picture. */
export interface TimesLook {
  readonly strings: Strings;
  /** What stands above the times; empty for the usual words. */
  readonly heading: string;
  readonly lang: string;
  readonly timeZone: string;
  readonly count: number;
  /** The option `preferred` as it is written. */
  readonly preferred: string;
}

/** Native times of one widget: what asks for them and what draws them. */
export interface NativeTimes extends Pick<AvailabilityController, 'refresh' | 'forget' | 'stop'> {
  /** `preferred` is the option of that name: a wish far ahead decides which days are asked for first. */
  load(query: TimesQuery, loadId: number, preferred: string): void;
  /** Hears of every action that changed the state: turning pages and beginning to use the times are its affair. */
  follow(action: Action): void;
  /** The visitor chose another zone: the same days are shown in it. */
  rezone(timeZone: string, loadId: number): void;
  /** Draws what is known; null when nothing is. */
  draw(state: WidgetState, look: TimesLook): HTMLElement | null;
  /** A time in words: day, start and, where it is known, end. */
  words(slot: Slot, lang: string, timeZone: string): string;
}

/** One lazy part, since neither asking nor drawing is of use without the other. */
export function nativeTimes(
  root: ShadowRoot,
  dispatch: (action: Action) => void,
  { onChoose, onAll, redraw }: TimesActions,
): NativeTimes {
  adopt(root, slotsStyles);
  const controller = availabilityController(dispatch);
  let query: TimesQuery | undefined;
  let preferred = '';
  let week: string | null = null;
  /** Comes when a time is wanted that cannot simply be chosen. */
  let nearest: typeof import('../scheduling/alternatives.js').alternatives | undefined;

  const windowFor = (first: string | null, timeZone: string): DayWindow => {
    const now = Date.now();
    return windowOf(first ?? homePage(readWish(preferred, now), now, timeZone), dayOf(now, timeZone));
  };
  const view = slotsView({
    onChoose,
    onAll,
    onUse: () => {
      dispatch({ type: 'use-times' });
    },
    onTurn: (to) => {
      dispatch({ type: 'turn', week: to });
    },
    onAim: (to) => {
      if (query && !savesData()) controller.prefetch(windowFor(to, query.timeZone));
    },
    onRetry: controller.refresh,
  });
  const start = (next: TimesQuery, loadId: number): void => {
    query = next;
    controller.load(next, loadId, windowFor(week, next.timeZone));
  };

  return {
    ...controller,
    load(next, loadId, wish) {
      preferred = wish;
      week = null;
      start(next, loadId);
    },
    follow(action) {
      if (action.type === 'use-times') controller.revalidate();
      if (action.type !== 'turn' || !query) return;
      ({ week } = action);
      controller.show(windowFor(week, query.timeZone));
    },
    rezone(timeZone, loadId) {
      if (query) start({ ...query, timeZone }, loadId);
    },
    draw(state, { strings, heading, lang, timeZone, count, preferred: written }) {
      const now = Date.now();
      const picture = timesPicture(state, {
        count,
        timeZone,
        wish: readWish(written, now),
        now,
        alternatives: (free, wanted) => {
          if (nearest)
            return nearest(free, wanted, { now, timeZone, calendar: { addDays, dayOf, wallClock } });
          import('../scheduling/alternatives.js')
            .then((part) => {
              nearest = part.alternatives;
              redraw();
            })
            // Without them the other times are still there.
            .catch(() => undefined);
          return [];
        },
        dayName: slotFormat(lang, timeZone).day,
      });
      if (!picture) return null;
      const { known, from } = state.times;
      view.draw({
        picture,
        strings,
        words: strings.times ?? english,
        heading,
        lang,
        timeZone,
        since: from === 'cache' && known ? known.fetchedAt : null,
        isTaken: !!state.gone,
      });
      return view.element;
    },
    words: (slot, lang, timeZone) => slotFormat(lang, timeZone).full(slot),
  };
}
