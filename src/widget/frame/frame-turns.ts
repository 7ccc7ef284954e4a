import { FRAME_DWELL_MS, FRAME_MAX_DWELL_MS } from '../durations.js';
import { MARGINS } from './when-near-viewport.js';

/** Frames that load at the same time without having been asked for. */
const MAX_LOADING = 2;

/** A frame's place in the order of all frames of the page. */
export interface FrameTurn {
  /** Fulfilled when the frame may start. */
  readonly granted: Promise<void>;
  /** The visitor asked for this frame: it does not wait. */
  grant(): void;
  /** The frame has loaded, or is not wanted any more. */
  end(): void;
}

interface Waiting {
  readonly element: Element;
  readonly grant: () => void;
  /** When it came near the viewport, in milliseconds since the page's time origin; null while it is not. */
  nearSince: number | null;
}

const loading = new Set<object>();
const waiting = new Map<Element, Waiting>();
/** Whether a frame has begun on this page: the first one never waits. */
let hasBegun = false;
/** Milliseconds since the page's time origin. */
let lastScroll = -Infinity;
let timer: ReturnType<typeof setTimeout> | undefined;
let observer: IntersectionObserver | undefined;

const onScroll = (): void => {
  lastScroll = performance.now();
};

/** How far the middle of an element is from the middle of the viewport, in CSS pixels. */
function distanceOf({ element }: Waiting): number {
  const { top, bottom } = element.getBoundingClientRect();
  return Math.abs((top + bottom - innerHeight) / 2);
}

/** When a frame may start, as things stand: while the visitor scrolls on, its widget may be gone in a moment. */
const dueAt = ({ nearSince }: Waiting): number =>
  nearSince === null
    ? Infinity
    : Math.min(Math.max(nearSince, lastScroll) + FRAME_DWELL_MS, nearSince + FRAME_MAX_DWELL_MS);

/** Starts the nearest of those that are due, as far as there is room. */
function startDue(): void {
  clearTimeout(timer);
  const now = performance.now();
  const due = [...waiting.values()]
    .filter((each) => dueAt(each) <= now)
    .sort((one, other) => distanceOf(one) - distanceOf(other));
  for (const { grant } of due.slice(0, Math.max(0, MAX_LOADING - loading.size))) grant();
  const next = Math.min(...[...waiting.values()].map(dueAt));
  if (next < Infinity && loading.size < MAX_LOADING) timer = setTimeout(startAfterFrame, next - now);
}

/**
 * On a busy page a timer runs before the scroll event that was due first. Scroll events come before the callbacks of their
 * animation frame: https://html.spec.whatwg.org/#update-the-rendering
 */
const startAfterFrame = (): number => requestAnimationFrame(startDue);

/** The page's scrolling is of interest only while a frame waits. */
function leave(element: Element): void {
  waiting.delete(element);
  observer?.unobserve(element);
  if (!waiting.size) removeEventListener('scroll', onScroll, { capture: true });
}

function watch(entry: Waiting): void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const found = waiting.get(target);
        if (found) found.nearSince = isIntersecting ? (found.nearSince ?? performance.now()) : null;
      }
      startDue();
    },
    { rootMargin: MARGINS.near },
  );
  if (!waiting.size) addEventListener('scroll', onScroll, { passive: true, capture: true });
  waiting.set(entry.element, entry);
  observer.observe(entry.element);
}

/**
 * Gives frames that the visitor has not asked for their turn. A scheduling page costs a megabyte of script, so a visitor who scrolls
 * past fifty of them must not start fifty: the first of the page starts at once; each other one waits until its widget has
 * stayed near the viewport for a moment without scrolling (or for a second with it), and at most two load at a time, the nearest
 * first.
 */
export function takeFrameTurn(element: Element): FrameTurn {
  const place = {};
  let hasEnded = false;
  let grant = (): void => undefined;
  const granted = new Promise<void>((resolve) => {
    grant = () => {
      if (waiting.get(element)?.grant === grant) leave(element);
      if (hasEnded) return;
      loading.add(place);
      hasBegun = true;
      resolve();
    };
  });
  if (!hasBegun || !('IntersectionObserver' in globalThis)) grant();
  else watch({ element, grant, nearSince: null });
  return {
    granted,
    grant,
    end() {
      hasEnded = true;
      if (waiting.get(element)?.grant === grant) leave(element);
      loading.delete(place);
      if (waiting.size) startAfterFrame();
    },
  };
}
