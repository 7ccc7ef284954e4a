/** As `closest`, and on through the shadow roots that the element is in. */
export function closestComposed(element: Element, selector: string): HTMLElement | null {
  const { host } = element.getRootNode() as Partial<ShadowRoot>;
  return element.closest<HTMLElement>(selector) ?? (host ? closestComposed(host, selector) : null);
}
