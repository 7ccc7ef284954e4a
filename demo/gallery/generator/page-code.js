// @ts-check
import { ASKS, consentCode } from './consent-tools.js';
import { attributeText, fallbackLink, optionsOf, tag } from './markup.js';
import { scriptAddress, scriptTag } from './script-address.js';
import { GA4_CODE } from './tracking.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./script-address.js').Release} Release */

/**
 * The code of the host page beside the widget: it waits for the consent tool and sends conversions. Empty for neither.
 *
 * @param {State} state
 */
export const pageCode = (state) => consentCode(state.consent) + conversionCode(state);

/** @param {State} state */
export const conversionCode = ({ tracking }) => (tracking === 'ga4' ? GA4_CODE : '');

/** @param {State} state */
export const inlineScript = (state) => {
  const code = pageCode(state);
  return code && `<script>${code}</script>`;
};

/**
 * Whether the widget itself asks for consent, in markup that comes together with the page's code.
 *
 * @param {State} state
 */
export const asksItself = ({ consent }) => consent === ASKS;

/**
 * Whether the widget has to ask in markup that comes alone: the page's code is elsewhere, and may be missing.
 *
 * @param {State} state
 */
export const asksAlone = ({ consent }) => consent !== '';

/**
 * Code, script and tag on one line, for places that take any HTML.
 *
 * @param {State} state
 * @param {Release} release
 */
export const everything = (state, release) =>
  inlineScript(state) + scriptTag(state, release) + tag(state, { asks: asksItself(state) });

/**
 * The page's options in the query of the script's address, where there is no tag to write them on.
 *
 * @param {State} state
 * @param {readonly (readonly [string, string])[]} [first]
 */
export function pageQuery(state, first = []) {
  const options = optionsOf(state, { asks: asksItself(state) }).filter(([name]) => name !== 'mode');
  return [...first, ...options]
    .map(([name, value]) => (value === '' ? name : `${name}=${encodeURIComponent(value)}`))
    .join('&');
}

/** @param {string} text */
const quoted = (text) =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('<', '\\x3c').replaceAll('\n', ' ')}'`;

/**
 * A script that brings the widget's script, and for a button in the corner the tag: ECMAScript 5, for tag managers.
 *
 * @param {State} state
 * @param {Release} release
 */
export function managedScript(state, release) {
  const isFloating = state.mode === 'floating';
  const address = scriptAddress(state, release, {
    query: isFloating ? '' : pageQuery(state, [['links', 'popup']]),
  });
  const integrity = state.files === 'cdn' ? release.integrity['booking-widget.js'] : undefined;
  /** @type {[string, string][]} */
  const attributes = [
    ['src', state.link],
    ...optionsOf(state, { asks: asksItself(state) }).map(
      ([name, value]) => /** @type {[string, string]} */ ([name, value || 'true']),
    ),
    ...(state.lang ? [/** @type {[string, string]} */ (['lang', state.lang])] : []),
  ];
  const widget = [
    "var l=document.createElement('a')",
    `l.href=${quoted(state.link)}`,
    `l.appendChild(document.createTextNode(${quoted(state.label)}))`,
    "var w=document.createElement('booking-widget')",
    ...attributes.map(([name, value]) => `w.setAttribute(${quoted(name)},${quoted(value)})`),
    ...(state.radius ? [`w.style.setProperty('--booking-radius','${state.radius}px')`] : []),
    'w.appendChild(l)',
    'document.body.appendChild(w)',
  ];
  const script = [
    "var s=document.createElement('script')",
    's.async=true',
    ...(integrity ? [`s.integrity=${quoted(integrity)}`, "s.crossOrigin='anonymous'"] : []),
    `s.src=${quoted(address)}`,
    'document.head.appendChild(s)',
  ];
  const statements = [...(isFloating ? widget : []), ...script].join(';');
  return `<script>${pageCode(state)}(function(){${statements}})();</script>`;
}

/**
 * A link that looks like a button in mail programs, which run no scripts and know few styles.
 *
 * @param {State} state
 * @param {{ background: string, text: string }} colors
 */
export const mailButton = (state, { background, text }) =>
  fallbackLink(state, [
    [
      'style',
      `display:inline-block;padding:12px 20px;border-radius:${state.radius || '8'}px;background:${background};color:${text};font-family:Arial,sans-serif;font-size:16px;text-decoration:none`,
    ],
  ]);

/**
 * The shortcode of the WordPress plugin, which reserves the space by itself. Square brackets would end it.
 *
 * @param {State} state
 */
export function shortcode(state) {
  const attributes = [
    /** @type {const} */ (['src', state.link]),
    ...optionsOf(state, { asks: asksAlone(state) }).map(
      ([name, value]) => /** @type {const} */ ([name, value || '1']),
    ),
    /** @type {const} */ (['label', state.label]),
  ];
  return `[booking_widget${attributeText(attributes).replaceAll('[', '&#91;').replaceAll(']', '&#93;')}]`;
}
