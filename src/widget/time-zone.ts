import { localStore } from './platform/safe-storage.js';

const STORED = 'booking-widget:time-zone';

const listeners = new Set<() => void>();

/** The visitor's choice, for browsers whose storage is blocked. */
let chosen: string | null = null;

/** Asking `Intl` is slow, and the answers do not change while a page is open. */
const known = new Map<string, boolean>();
let browserZone: string | undefined;

function isZone(name: string | null): name is string {
  if (!name) return false;
  let isValid = known.get(name);
  if (isValid === undefined) {
    try {
      isValid = !!new Intl.DateTimeFormat('en', { timeZone: name });
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
    browserZone ??= new Intl.DateTimeFormat().resolvedOptions().timeZone;
  } catch {
    browserZone = undefined;
  }
  return browserZone ?? 'UTC';
}

/** The visitor wants slots in this zone: in all widgets of the page, and on the next visit where storage allows it. */
export function chooseTimeZone(name: string): void {
  chosen = name;
  // Without storage the zone holds until the page is left.
  localStore.set(STORED, name);
  for (const listener of listeners) listener();
}

/** Calls when the visitor chooses another zone, in whichever widget. Returns how to stop. */
export function onTimeZone(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The zone slots are shown in: what the visitor chose, else what the site owner wrote, else the browser's. */
export function timeZone(written: string): string {
  const wanted = localStore.get(STORED) ?? chosen;
  if (isZone(wanted)) return wanted;
  return isZone(written) ? written : ownZone();
}
