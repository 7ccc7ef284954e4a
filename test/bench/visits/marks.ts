import type { BrowserContext } from '@playwright/test';

/** What a page reports of itself: `press`, a pointer that went down; `time`, a bookable slot on screen; … */
export type MarkName =
  'press' | 'time' | 'drawn' | 'shown' | 'blocked' | 'own-task' | 'shift' | 'contentful' | 'booked';

export interface Mark {
  readonly name: MarkName;
  /** Milliseconds since 1970, to fractions, by the clock of the frame that saw it. */
  readonly at: number;
  readonly value?: number;
}

/**
 * Runs in every frame before its scripts: the same watcher for all contenders. A message that is sent before a frame is drawn
 * arrives after it, so what it reports as painted is on screen. It writes to `reportMark`.
 */
function watch(): void {
  const report = Reflect.get(globalThis, 'reportMark') as (mark: object) => void;
  const now = (): number => performance.timeOrigin + performance.now();
  const isTop = window === window.top;
  const isPage = location.hostname === 'cal.test';

  const afterPaint = (name: string): void => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => report({ name, at: now() });
    port2.postMessage(null);
  };

  const isVisible = (element: Element): boolean => {
    const { width, height, bottom, top } = element.getBoundingClientRect();
    return (
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      width > 1 &&
      height > 1 &&
      // In a frame that is on screen: what its visitor reaches by scrolling it counts.
      (isPage || (bottom > 0 && top < innerHeight))
    );
  };

  /** Looks in each frame that is drawn until it finds one. */
  const painted = (name: string, find: () => Iterable<Element>): void => {
    const look = (): void => {
      for (const element of find()) if (isVisible(element)) return afterPaint(name);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };

  const inWidget = (selector: string): Element[] =>
    [...document.querySelectorAll('booking-widget')].flatMap((each) => [
      ...(each.shadowRoot?.querySelectorAll(selector) ?? []),
    ]);

  if (isPage) {
    painted('time', () => document.querySelectorAll('button.time'));
    painted('booked', () => document.querySelectorAll('[data-step="done"]'));
    const drawn = new MutationObserver(() => {
      if (!document.querySelector('.main > article')) return;
      drawn.disconnect();
      report({ name: 'drawn', at: now() });
    });
    drawn.observe(document, { childList: true, subtree: true });
  }
  if (!isTop) return;
  painted('time', () => inWidget('[part~="slot"]'));
  // Until the answer has come it says "Booking…".
  painted('booked', () => inWidget('[part~="confirmation"][aria-busy="false"]'));
  painted('shown', () => document.querySelectorAll('iframe'));
  addEventListener('pointerdown', () => report({ name: 'press', at: now() }), { capture: true });
  const observe = (type: string, name: string, valueOf: (entry: PerformanceEntry) => number): void => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        report({ name, at: performance.timeOrigin + entry.startTime, value: valueOf(entry) });
    }).observe({ type, buffered: true });
  };
  observe('longtask', 'blocked', (entry) => entry.duration);
  // Where a frame has no process of its own, its tasks are seen here, too; `self` are those of this page.
  observe('longtask', 'own-task', (entry) => (entry.name === 'self' ? entry.duration : 0));
  observe('layout-shift', 'shift', (entry) => (entry as PerformanceEntry & { readonly value: number }).value);
  observe('largest-contentful-paint', 'contentful', (entry) => entry.startTime);
}

/** Collects the marks of all pages of a context. */
export class Marks {
  #seen: Mark[] = [];
  readonly #waiting = new Set<() => void>();

  static async of(context: BrowserContext): Promise<Marks> {
    const marks = new Marks();
    await context.exposeFunction('reportMark', (mark: Mark) => marks.#add(mark));
    // What runs TypeScript here wraps functions in a call to a helper that pages do not have.
    await context.addInitScript('globalThis.__name = (named) => named');
    await context.addInitScript(watch);
    return marks;
  }

  #add(mark: Mark): void {
    this.#seen.push(mark);
    for (const look of this.#waiting) look();
  }

  forget(): void {
    this.#seen = [];
  }

  all(name: MarkName): readonly Mark[] {
    return this.#seen.filter((mark) => mark.name === name);
  }

  /** When something was first seen; waits for it. NaN where it does not come in time. */
  first(name: MarkName, patience = 20_000): Promise<number> {
    return new Promise((resolve) => {
      const finish = (at: number): void => {
        this.#waiting.delete(look);
        clearTimeout(late);
        resolve(at);
      };
      const look = (): void => {
        const [found] = this.all(name);
        if (found) finish(found.at);
      };
      const late = setTimeout(() => finish(NaN), patience);
      this.#waiting.add(look);
      look();
    });
  }
}
