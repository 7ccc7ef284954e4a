import { MINUTE_MS } from './durations.js';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** One timer for all widgets of the page, and none while the page is hidden or no listener is left. */
function schedule(): void {
  clearTimeout(timer);
  if (document.hidden || listeners.size === 0) return;
  timer = setTimeout(tick, MINUTE_MS - (Date.now() % MINUTE_MS));
}

function tick(): void {
  for (const listener of listeners) listener();
  schedule();
}

/** What was missed while the page was hidden is made up for. */
function onVisibility(): void {
  if (document.hidden) schedule();
  else tick();
}

/** Calls at the beginning of every minute by the visitor's clock, as long as the page is visible. Returns how to stop. */
export function onMinute(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', onVisibility);
  listeners.add(listener);
  schedule();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) document.removeEventListener('visibilitychange', onVisibility);
    schedule();
  };
}
