type Attributes = Readonly<Record<string, string | boolean | ((event: Event) => void)>>;

/** Makes an element. A function listens to the event of that name; `true` writes an empty attribute, `false` none. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value !== false) element.setAttribute(key, value === true ? '' : value);
  element.append(...children);
  return element;
}

const filled = new WeakMap<Element, string>();

/**
 * Fills a place anew when what it shows is not what it showed last time, and leaves it alone otherwise. `shown` is
 * everything that `make` draws from, as plain data. Returns whether anything was written.
 */
export function fill(place: Element, shown: unknown, make: () => readonly (Node | string)[]): boolean {
  const key = JSON.stringify(shown);
  if (filled.get(place) === key) return false;
  filled.set(place, key);
  place.replaceChildren(...make());
  return true;
}

/** Writes a text only when it changes. */
export const fillText = (place: Element, text: string): boolean => fill(place, text, () => [text]);

/** Writes an attribute only when it changes. */
export function setAttribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
