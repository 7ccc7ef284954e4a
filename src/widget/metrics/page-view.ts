/** One look of a visitor at the page. Coming back out of the back-forward cache is another one. */
export interface PageView {
  /** When it began, in milliseconds since the page's time origin. */
  readonly start: number;
  /** As in Navigation Timing; `prerender` or `back-forward-cache` where the view began later than the page. */
  readonly navigation: string;
}

/** What the navigation's performance entry says; `activationStart` is not known everywhere. */
interface Navigation {
  readonly type?: string;
  readonly activationStart?: number;
}

let restoredAt = 0;
let watching = false;

const readNavigation = (): Navigation | undefined => {
  const entries: readonly object[] = performance.getEntriesByType('navigation');
  return entries[0];
};

/**
 * The view that goes on now. The first call begins to listen for the page's return, once per page and for good: that
 * is a fact about the page, which outlives every widget.
 */
export function pageView(navigation = readNavigation(), restored = restoredAt): PageView {
  if (!watching) {
    watching = true;
    addEventListener('pageshow', ({ persisted, timeStamp }) => {
      if (persisted) restoredAt = timeStamp;
    });
  }
  if (restored) return { start: restored, navigation: 'back-forward-cache' };
  const start = navigation?.activationStart ?? 0;
  return { start, navigation: start ? 'prerender' : (navigation?.type ?? 'navigate') };
}
