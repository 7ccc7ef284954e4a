const waiting = new Map<Element, () => void>();
let observer: IntersectionObserver | undefined;

const leave = (element: Element): void => {
  waiting.delete(element);
  observer?.unobserve(element);
};

/** Calls `near` once, when the element comes within 200 px of the viewport. Returns how to call it off. */
export function whenNearViewport(element: Element, near: () => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        const call = waiting.get(target);
        leave(target);
        call?.();
      }
    },
    { rootMargin: '200px' },
  );
  waiting.set(element, near);
  observer.observe(element);
  return () => {
    leave(element);
  };
}
