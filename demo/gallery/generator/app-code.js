// @ts-check
import { heightOf, optionsOf, tag } from './markup.js';
import { asksAlone } from './page-code.js';

/** @typedef {import('./state.js').State} State */

/** @param {string} name */
const camelCase = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** Text in JSX, Vue and Svelte templates: braces begin code there. @param {string} markup */
const withoutBraces = (markup) => markup.replaceAll('{', '&#123;').replaceAll('}', '&#125;');

/** @param {string} text */
const jsxText = (text) =>
  withoutBraces(
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  );

/**
 * A component file for React.
 *
 * @param {State} state
 */
export function reactCode(state) {
  const { mode, radius, lang, link, label } = state;
  const props = optionsOf(state, { asks: asksAlone(state) }).map(([name, value]) =>
    value === '' ? camelCase(name) : `${camelCase(name)}="${jsxText(value)}"`,
  );
  const styles = [
    ...(mode === 'inline' ? [`display: 'block', minHeight: ${heightOf(state)}`] : []),
    ...(radius ? [`'--booking-radius': '${radius}px'`] : []),
  ];
  const attributes = [
    `src="${jsxText(link)}"`,
    `label="${jsxText(label)}"`,
    ...props,
    ...(lang ? [`lang="${lang}"`] : []),
    ...(styles.length ? [`style={{ ${styles.join(', ')} }}`] : []),
  ];
  return `import { BookingWidget } from 'booking-widget-element/react'; export const Booking = () => <BookingWidget ${attributes.join(' ')} />;`;
}

/** @param {State} state */
const template = (state) => withoutBraces(tag(state, { asks: asksAlone(state) }));

/**
 * A single-file component for Vue.
 *
 * @param {State} state
 */
export const vueCode = (state) =>
  `<script setup>import 'booking-widget-element/lazy';</script><template>${template(state)}</template>`;

/**
 * A component for Svelte.
 *
 * @param {State} state
 */
export const svelteCode = (state) =>
  `<script>import 'booking-widget-element/lazy';</script>${template(state)}`;
