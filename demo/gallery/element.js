/**
 * Makes an element. `attributes` are attributes, except functions, which listen: `{ class: 'card', click: open }`.
 * Children are nodes and text; what is null or false is left out.
 */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false)
      made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A picture out of the sprite; it takes on the text's colour. */
export function picture(name, className = 'picture') {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `/pictures.svg#${name}`);
  svg.append(use);
  return svg;
}
