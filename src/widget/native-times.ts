import type { Slot } from '../protocol/availability.js';
import { availabilityController, type TimesQuery } from './availability/availability-controller.js';
import { adopt } from './css.js';
import { slotFormat } from './views/slot-format.js';
import {
  createSlots,
  drawSlots,
  slotsStyles,
  type SlotsActions,
  type SlotsModel,
} from './views/slots-view.js';
import type { Action, TimesState } from './widget-state.js';

/** How the native times are to look, asked anew for every picture. */
export type TimesLook = Pick<SlotsModel, 'strings' | 'heading' | 'lang' | 'timeZone' | 'count'>;

/** Native times of one widget: what asks for them and what draws them. */
export interface NativeTimes {
  load(query: TimesQuery, loadId: number): void;
  refresh(): void;
  /** A booking changed: its day is not to be trusted any more; with `taken` the time leaves every screen at once. */
  forget(start: string, taken: boolean): void;
  stop(): void;
  /** Draws what is known; null when nothing is. */
  draw(times: TimesState, look: TimesLook): HTMLElement | null;
  /** A time in words: day, start and, where it is known, end. */
  words(slot: Slot, lang: string, timeZone: string): string;
}

/** One lazy part, since neither asking nor drawing is of use without the other. */
export function nativeTimes(
  root: ShadowRoot,
  dispatch: (action: Action) => void,
  actions: SlotsActions,
): NativeTimes {
  adopt(root, slotsStyles);
  const place = createSlots(actions);
  const controller = availabilityController(dispatch);
  return {
    load(query, loadId) {
      controller.load(query, loadId);
    },
    refresh() {
      controller.refresh();
    },
    forget(start, taken) {
      controller.forget(start, taken);
    },
    stop() {
      controller.stop();
    },
    draw({ known, from }, look) {
      if (!known) return null;
      drawSlots(place, { ...look, availability: known, cached: from === 'cache', now: Date.now() }, actions);
      return place;
    },
    words: (slot, lang, timeZone) => slotFormat(lang, timeZone).full(slot),
  };
}
