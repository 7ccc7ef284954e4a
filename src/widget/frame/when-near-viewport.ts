const waiting = new Map<Element, () => void>();
let observer: IntersectionObserver | undefined;

const unobserve = (element: Element): void => {
  waiting.delete(element);
  observer?.unobserve(element);
};

/**
 * Calls `near` once, when the element comes within 200 px of the viewport; at once where the browser cannot tell. One
 * observer serves all widgets. Returns how to stop.
 */
export function whenNearViewport(element: Element, near: () => void): () => void {
  if (!('IntersectionObserver' in globalThis)) {
    near();
    return () => undefined;
  }
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        const call = waiting.get(target);
        unobserve(target);
        call?.();
      }
    },
    { rootMargin: '200px' },
  );
  waiting.set(element, near);
  observer.observe(element);
  return () => unobserve(element);
}
