/** How far from the viewport work begins, and code is fetched. */
export const MARGINS = { near: '200px', ahead: '150%' } as const;

type Distance = keyof typeof MARGINS;

const waiting = { near: new Map<Element, () => void>(), ahead: new Map<Element, () => void>() };
const observers: Partial<Record<Distance, IntersectionObserver>> = {};

/**
 * Calls `call` once, when the element comes within 200 px (`near`), or one and a half screens (`ahead`), of the viewport;
 * at once where the browser cannot tell. One observer of each distance serves all widgets. Returns how to stop.
 */
export function whenNearViewport(element: Element, distance: Distance, call: () => void): () => void {
  if (!('IntersectionObserver' in globalThis)) {
    call();
    return () => undefined;
  }
  const calls = waiting[distance];
  const stop = (target: Element): void => {
    calls.delete(target);
    observers[distance]?.unobserve(target);
  };
  const observer = (observers[distance] ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        const due = calls.get(target);
        stop(target);
        due?.();
      }
    },
    { rootMargin: MARGINS[distance] },
  ));
  calls.set(element, call);
  observer.observe(element);
  return () => stop(element);
}
