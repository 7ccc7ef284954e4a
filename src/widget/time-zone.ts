const STORED = 'booking-widget:time-zone';

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
    return null;
  }
};

/** Keeps the visitor's choice for the next visit, where the browser lets us. */
export function rememberTimeZone(name: string): void {
  try {
    localStorage.setItem(STORED, name);
  } catch {
    // Storage is a convenience: without it the zone holds until the page is left.
  }
}

/** The zone times are shown in: what the visitor chose, else what the site owner wrote, else the browser's. */
export function timeZone(written: string): string {
  const chosen = remembered();
  if (isZone(chosen)) return chosen;
  return isZone(written) ? written : new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
