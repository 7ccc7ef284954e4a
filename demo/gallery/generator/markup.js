// @ts-check
/** @typedef {import('./state.js').State} State */
/** @typedef {readonly (readonly [name: string, value: string])[]} Attributes */

/** Height that the widget reserves by itself, in pixels. */
const HEIGHT = '640';

/** @param {string} text */
export const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/**
 * Attributes as HTML writes them, each after a space. An empty value is a switch, of which only the name is written.
 *
 * @param {Attributes} attributes
 */
export const attributeText = (attributes) =>
  attributes.map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${escaped(value)}"`)).join('');

/**
 * The options of a widget besides `src`, by name; a switch has an empty value.
 *
 * @param {State} state
 * @param {{ asks: boolean }} how `asks`: whether the widget itself has to ask for consent
 * @returns {Attributes}
 */
export function optionsOf({ mode, theme, accent, utm, tracking }, { asks }) {
  /** @type {[string, string | false][]} */
  const options = [
    ['mode', mode !== 'inline' && mode],
    ['theme', theme],
    ['accent', accent.trim()],
    ['consent', asks && 'required'],
    ['forward-params', utm.trim()],
    ['data-layer', tracking === 'data-layer' && 'true'],
  ];
  return options.flatMap(([name, value]) =>
    value ? [/** @type {const} */ ([name, name === 'data-layer' ? '' : value])] : [],
  );
}

/** @param {State} state */
export const heightOf = ({ height }) => height || HEIGHT;

/**
 * Declarations that reserve the space of an inline widget and set its corners.
 *
 * @param {State} state
 * @returns {readonly (readonly [property: string, value: string])[]}
 */
export function styleOf(state) {
  const { mode, radius } = state;
  return [
    ...(mode === 'inline'
      ? [
          /** @type {const} */ (['display', 'block']),
          /** @type {const} */ (['min-height', `${heightOf(state)}px`]),
        ]
      : []),
    ...(radius ? [/** @type {const} */ (['--booking-radius', `${radius}px`])] : []),
  ];
}

/** @param {readonly (readonly [string, string])[]} declarations */
const cssText = (declarations) => declarations.map(([property, value]) => `${property}:${value}`).join(';');

/**
 * @param {readonly (readonly [string, string])[]} declarations
 * @returns {Attributes}
 */
const styleAttribute = (declarations) => (declarations.length ? [['style', cssText(declarations)]] : []);

/**
 * @param {State} state
 * @returns {Attributes}
 */
const langAttribute = ({ lang }) => (lang ? [['lang', lang]] : []);

/**
 * The fallback link that is inside every placeholder.
 *
 * @param {State} state
 * @param {Attributes} [more]
 */
export const fallbackLink = ({ link, label }, more = []) =>
  `<a${attributeText([['href', link], ...more])}>${escaped(label)}</a>`;

/**
 * The tag `<booking-widget>`, on one line.
 *
 * @param {State} state
 * @param {{ asks: boolean, styles?: boolean, more?: Attributes, link?: Attributes }} how `styles: false` where the
 *   destination removes styles; `link`: further attributes of the fallback link
 */
export function tag(state, { asks, styles = true, more = [], link = [] }) {
  const attributes = [
    /** @type {const} */ (['src', state.link]),
    ...optionsOf(state, { asks }),
    ...more,
    ...langAttribute(state),
    ...(styles ? styleAttribute(styleOf(state)) : []),
  ];
  return `<booking-widget${attributeText(attributes)}>${fallbackLink(state, link)}</booking-widget>`;
}

/**
 * @param {Attributes} options
 * @returns {Attributes}
 */
const dataOptions = (options) =>
  options.map(([name, value]) => [`data-booking-${name}`, value === '' ? 'true' : value]);

/**
 * A box, where unknown tags are removed. Its widget is inside it, so the height is a custom property as well.
 *
 * @param {State} state
 * @param {{ asks: boolean }} how
 */
export function box(state, how) {
  const styles = styleOf(state).filter(([property]) => property !== 'display');
  const attributes = [
    /** @type {const} */ (['data-booking-src', state.link]),
    ...dataOptions(optionsOf(state, how)),
    ...langAttribute(state),
    ...styleAttribute([
      ...styles,
      ...(state.mode === 'inline'
        ? [/** @type {const} */ (['--booking-height', `${heightOf(state)}px`])]
        : []),
    ]),
  ];
  return `<div${attributeText(attributes)}>${fallbackLink(state)}</div>`;
}

/**
 * A link with the class, which opens a dialog unless its options say otherwise.
 *
 * @param {State} state
 * @param {{ asks: boolean }} how
 */
export function markedLink(state, how) {
  const options = optionsOf(state, how).filter(([name, value]) => name !== 'mode' || value !== 'popup');
  const attributes = [
    /** @type {const} */ (['class', 'booking-widget']),
    /** @type {const} */ (['href', state.link]),
    ...dataOptions(options),
    ...langAttribute(state),
  ];
  return `<a${attributeText(attributes)}>${escaped(state.label)}</a>`;
}
