import type { BookingCard, EventCard, PageView } from './page-data.js';
import type { Answers } from './settings.js';

/** Events of the page. Each provider's adapter posts them to the host page in the provider's protocol, or not at all. */
export interface Adapter {
  /** The script runs; nothing is rendered yet. */
  begin(): void;
  /** A view is on screen. */
  drawn(view: PageView): void;
  /** The slots have been loaded; called again after every later load. */
  slotsLoaded(event: EventCard): void;
  timeChosen(): void;
  /** The page shows another view or step within the same document. */
  moved(): void;
  eventChosen(event: EventCard): void;
  booked(booking: BookingCard, change: 'created' | 'moved'): void;
  cancelled(booking: BookingCard): void;
}

/** Commands that the host page may send to the page. */
export interface PageCommands {
  prefill(answers: Partial<Answers>): void;
  /** Applies the page's changed URL. Resolves when the view it names is on screen. */
  reread(): Promise<void>;
}

const ignore = (): void => undefined;

export const silentAdapter: Adapter = {
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

/** A flag or a number from the knobs, read in the same way as on the server. */
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
