import { quickOwnZone } from '../scheduling/temporal.js';
import { visitorChoice } from './visitor-choice.js';

const choice = visitorChoice('booking-widget:time-zone');

/** The visitor wants slots in this zone. */
export const chooseTimeZone = (zone: string): void => choice.choose(zone);

/** Calls when the visitor chooses another zone, in whichever widget. Returns how to stop. */
export const onTimeZone = (listener: () => void): (() => void) => choice.listen(listener);

/** Asking `Intl` is slow, and the answers do not change while a page is open. */
const known = new Map<string, boolean>();
let browserZone: string | undefined;

function isZone(name: string | null): name is string {
  if (!name) return false;
  let isValid = known.get(name);
  if (isValid === undefined) {
    try {
      // `Temporal` takes more for a zone's name than `Intl` does.
      isValid = name === quickOwnZone() || !!new Intl.DateTimeFormat('en', { timeZone: name });
    } catch {
      isValid = false;
    }
    known.set(name, isValid);
  }
  return isValid;
}

/** The browser's zone; UTC where `Intl` does not know it. */
function ownZone(): string {
  try {
    browserZone ??= quickOwnZone() || new Intl.DateTimeFormat().resolvedOptions().timeZone;
  } catch {
    browserZone = undefined;
  }
  return browserZone ?? 'UTC';
}

/** The zone slots are shown in: what the visitor chose, else what the site owner wrote, else the browser's. */
export function timeZone(written: string): string {
  const wanted = choice.get();
  if (isZone(wanted)) return wanted;
  return isZone(written) ? written : ownZone();
}
