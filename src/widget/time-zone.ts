const STORED = 'booking-widget:time-zone';

const listeners = new Set<() => void>();

/** The visitor's choice of this page view, for browsers that remember nothing. */
let chosen: string | null = null;

const isZone = (name: string | null): name is string => {
  try {
    return !!name && !!new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    return false;
  }
};

const remembered = (): string | null => {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return chosen;
  }
};

/** The visitor wants times in this zone: in all widgets of the page, and on the next visit where the browser lets us. */
export function chooseTimeZone(name: string): void {
  chosen = name;
  try {
    localStorage.setItem(STORED, name);
  } catch {
    // Storage is a convenience: without it the zone holds until the page is left.
  }
  for (const call of listeners) call();
}

/** Calls when the visitor chooses another zone, in whichever widget. Returns how to call it off. */
export function onTimeZone(call: () => void): () => void {
  listeners.add(call);
  return () => {
    listeners.delete(call);
  };
}

/** The zone times are shown in: what the visitor chose, else what the site owner wrote, else the browser's. */
export function timeZone(written: string): string {
  const wanted = remembered() ?? chosen;
  if (isZone(wanted)) return wanted;
  return isZone(written) ? written : new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
