import { visitorChoice } from './visitor-choice.js';

/** How many hours the visitor's clock has. */
export type Clock = '12' | '24';

const choice = visitorChoice('booking-widget:clock');

/** The clock that the visitor chose; null for the usual one of the language. */
export function chosenClock(): Clock | null {
  const written = choice.get();
  return written === '12' || written === '24' ? written : null;
}

export const chooseClock: (clock: Clock) => void = choice.choose;

/** Calls when the visitor chooses another clock, in whichever widget. Returns how to stop. */
export const onClock = choice.listen;
