import type { CDPSession, Page } from '@playwright/test';

/** What a page holds, after a garbage collection. */
export type Counts = Readonly<Record<string, number>>;

/** Interfaces whose living objects are counted, under the name of the count. */
const INTERFACES: Readonly<Record<string, string>> = {
  widgets: "customElements.get('booking-widget')",
  'intersection observers': 'IntersectionObserver',
  'mutation observers': 'MutationObserver',
  'resize observers': 'ResizeObserver',
  'reporting observers': 'ReportingObserver',
  'abort controllers': 'AbortController',
  channels: 'BroadcastChannel',
  iframes: 'HTMLIFrameElement',
};

/** Counts timers that have neither run nor been cleared; to be added to a page before its own scripts. */
export const TIMER_COUNTER = `
  globalThis.__name = (value) => value; // tsx names functions with it, also those that are sent to the page
  const running = (globalThis.__timers = new Set());
  const { setTimeout: start, clearTimeout: clear } = globalThis;
  globalThis.setTimeout = (call, ...rest) => {
    const timer = start((...args) => { running.delete(timer); if (typeof call === 'function') call(...args); }, ...rest);
    running.add(timer);
    return timer;
  };
  globalThis.clearTimeout = (timer) => { running.delete(timer); clear(timer); };
  for (const [begin, end] of [['setInterval', 'clearInterval']]) {
    const [set, unset] = [globalThis[begin], globalThis[end]];
    globalThis[begin] = (...args) => { const timer = set(...args); running.add(timer); return timer; };
    globalThis[end] = (timer) => { running.delete(timer); unset(timer); };
  }`;

async function living(session: CDPSession, constructor: string): Promise<number> {
  const objectGroup = 'counted';
  const { result } = await session.send('Runtime.evaluate', {
    expression: `(${constructor})?.prototype`,
    objectGroup,
  });
  if (!result.objectId) return 0;
  const { objects } = await session.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId,
    objectGroup,
  });
  const length = await session.send('Runtime.callFunctionOn', {
    functionDeclaration: 'function () { return this.length; }',
    objectId: objects.objectId ?? '',
    returnByValue: true,
  });
  await session.send('Runtime.releaseObjectGroup', { objectGroup });
  return Number(length.result.value);
}

async function countOnce(page: Page, session: CDPSession): Promise<Counts> {
  await session.send('HeapProfiler.collectGarbage');
  const objects: Record<string, number> = {};
  for (const [name, constructor] of Object.entries(INTERFACES))
    objects[name] = await living(session, constructor);
  const ofPage = await page.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    const { __timers: timers } = globalThis as { __timers?: Set<unknown> };
    return {
      timers: timers?.size ?? 0,
      locks: held.length + pending.length,
      'frames in the page': frames.length,
    };
  });
  const { nodes, jsEventListeners, documents } = await session.send('Memory.getDOMCounters');
  return { nodes, listeners: jsEventListeners, documents, ...objects, ...ofPage };
}

/**
 * Counts until garbage collections no longer make anything fewer: work that was under way when a widget was removed ends
 * by itself, and holds the widget until then.
 */
export async function count(page: Page, session: CDPSession): Promise<Counts> {
  let least = await countOnce(page, session);
  for (;;) {
    const next = await countOnce(page, session);
    if (Object.entries(next).every(([name, value]) => value >= (least[name] ?? 0))) return least;
    least = next;
  }
}

/** The last widgets may still be held: an engine keeps what had the focus, Lit the template that it rendered last. */
const MAX_GROWTH: Readonly<Record<string, number>> = { nodes: 150, listeners: 20 };
const MAX_GROWTH_ELSE = 3;

/** What is more than before, by more than a widget or two, however many have come and gone. */
export const growth = (before: Counts, after: Counts): Counts =>
  Object.fromEntries(
    Object.entries(after)
      .map(([name, value]) => [name, value - (before[name] ?? 0)] as const)
      .filter(([name, grown]) => grown > (MAX_GROWTH[name] ?? MAX_GROWTH_ELSE)),
  );
