const DURATION_MS = 200;

/** Lets an element come from where another one was. Nothing moves for visitors who prefer less motion. */
export function travel(element: Element, from: DOMRect): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const to = element.getBoundingClientRect();
  const x = from.left - to.left;
  const y = from.top - to.top;
  element.animate([{ transform: `translate(${x}px, ${y}px)` }, {}], {
    duration: DURATION_MS,
    easing: 'ease-out',
  });
}
