import type { BookingCard, EventCard, PageView } from './page-data.js';
import type { Answers } from './settings.js';

/** What a page has to say to whoever frames it. Each face says it in its own protocol, or not at all. */
export interface Words {
  /** The script runs; nothing is drawn yet. */
  begin(): void;
  /** A view is on screen. */
  drawn(view: PageView): void;
  /** The calendar knows its free times (said again whenever it learns others). */
  slotsLoaded(event: EventCard): void;
  timeChosen(): void;
  /** Another view or step, without another document. */
  moved(): void;
  eventChosen(event: EventCard): void;
  booked(booking: BookingCard, change: 'created' | 'moved'): void;
  cancelled(booking: BookingCard): void;
}

/** What the page can be asked to do from outside. */
export interface Ears {
  prefill(answers: Partial<Answers>): void;
  /** The address has changed. Fulfilled when what it asks for is on screen. */
  reread(): Promise<void>;
}

const ignore = (): void => undefined;

export const silence: Words = {
  begin: ignore,
  drawn: ignore,
  slotsLoaded: ignore,
  timeChosen: ignore,
  moved: ignore,
  eventChosen: ignore,
  booked: ignore,
  cancelled: ignore,
};

export const isFramed = (): boolean => window.parent !== window;

/** A flag or a number out of the knobs, as the service reads them. */
export const knobOn = (knobs: Readonly<Record<string, string>>, name: string): boolean =>
  name in knobs && !/^(0|false|off|no)$/i.test(knobs[name] ?? '');
export const knobNumber = (knobs: Readonly<Record<string, string>>, name: string): number => {
  const value = Number(knobs[name] ?? 0);
  return Number.isFinite(value) ? value : 0;
};

/** Height of the content with its margins, whole CSS pixels. */
export function contentHeight(root: HTMLElement): number {
  const style = getComputedStyle(root);
  const margins = Number.parseFloat(style.marginTop) + Number.parseFloat(style.marginBottom);
  return Math.ceil(root.getBoundingClientRect().height + (Number.isFinite(margins) ? margins : 0));
}
