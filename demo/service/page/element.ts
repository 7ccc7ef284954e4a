type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;
type Child = Node | string | null;

/** Makes an element. `true` writes an empty attribute; `false`, `null` and `undefined` write none. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A real button with something to do. */
export function button(label: Child, onPress: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const element = el('button', { type: 'button', ...attributes }, [label]);
  element.addEventListener('click', onPress);
  return element;
}

/** Announces a text to screen readers. */
export function announce(text: string): void {
  let region = document.querySelector('.announcement');
  if (!region) {
    region = el('div', { class: 'announcement unseen', role: 'status' });
    document.body.append(region);
  }
  region.textContent = text;
}
