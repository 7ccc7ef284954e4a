// @ts-check
import { ASKS, consentToolIn } from './consent-tools.js';
import { complete, DEFAULTS } from './state.js';
import { tagsIn } from './tags.js';
import { GA4_CODE } from './tracking.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./tags.js').Tag} Tag */

/** Options as they may be written: on the tag, on boxes and links, in React. @param {Tag['attributes']} attributes */
const optionReader = (attributes) => (/** @type {string} */ name) => {
  const property = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  const found = [name, `data-booking-${name}`, property].find((each) => attributes.has(each));
  return found === undefined ? undefined : attributes.get(found);
};

/**
 * The fields that attributes of a placeholder say.
 *
 * @param {Tag['attributes']} attributes
 * @returns {Partial<State>}
 */
function fieldsOf(attributes) {
  const option = optionReader(attributes);
  const style = attributes.get('style') ?? '';
  const length = (/** @type {RegExp} */ name) => name.exec(style)?.[1];
  return defined({
    link: option('src') ?? attributes.get('href'),
    mode: option('mode'),
    theme: option('theme'),
    accent: option('accent'),
    utm: option('forward-params'),
    label: option('label'),
    consent: option('consent') === 'required' ? ASKS : undefined,
    tracking: option('data-layer') === undefined ? undefined : 'data-layer',
    lang: attributes.get('lang'),
    radius: length(/--booking-radius'?:\s*'?(\d+)px/),
    height: length(/min-?height:\s*(\d+)/i) ?? attributes.get('height'),
  });
}

/**
 * @param {{ [Name in keyof State]?: string | undefined }} fields
 * @returns {Partial<State>}
 */
const defined = (fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''));

/** The page-wide options in a script's address. @param {string} address */
function fromQuery(address) {
  const query = new URLSearchParams(address.split('?')[1] ?? '');
  const isPopup = query.get('links') === 'popup';
  return { ...fieldsOf(new Map(query)), ...(isPopup && { mode: 'popup' }) };
}

/** @param {string} address */
function scriptFields(address) {
  const [path = ''] = address.split('?');
  if (/^https:\/\/cdn\.jsdelivr\.net\/npm\/booking-widget-element@/.test(path)) return { files: 'cdn' };
  return { files: 'upload', address: path.replace('booking-widget.all.js', 'booking-widget.js') };
}

/** The values of a builder's panel: `name: value` on lines of their own. @param {string} text */
const panelFields = (text) =>
  fieldsOf(
    new Map([...text.matchAll(/^\s+([\w-]+): (.*)$/gm)].map(([, name = '', value = '']) => [name, value])),
  );

/** A script of a tag manager, which sets attributes by code. @param {string} text */
function managedFields(text) {
  const unquoted = (/** @type {string} */ word) => word.replaceAll('\\x3c', '<').replace(/\\(.)/g, '$1');
  const attributes = [...text.matchAll(/w\.setAttribute\('([\w-]+)','((?:\\.|[^'\\])*)'\)/g)].map(
    ([, name = '', value = '']) => /** @type {[string, string]} */ ([name, unquoted(value)]),
  );
  const [, label = ''] = /createTextNode\('((?:\\.|[^'\\])*)'\)/.exec(text) ?? [];
  const [, radius = ''] = /'--booking-radius','(\d+)px'/.exec(text) ?? [];
  return { ...fieldsOf(new Map(attributes)), ...defined({ label: unquoted(label), radius }) };
}

/**
 * Which destination a snippet was written for. Places that take any HTML look the same.
 *
 * @param {string} text
 * @param {readonly Tag[]} tags
 */
function destinationIn(text, tags) {
  if (text.includes('booking-widget-element/react')) return 'react';
  if (/<script setup>/.test(text)) return 'vue';
  if (text.includes('booking-widget-element/lazy')) return 'svelte';
  if (/\[booking[_-]widget/.test(text)) return 'wordpress';
  if (/^Server URL:/m.test(text)) return 'wix';
  if (/createElement\('script'\)/.test(text)) return 'gtm';
  if (tags.some(({ attributes }) => attributes.has('data-booking-src'))) return 'wordpress';
  if (tags.some(({ name, attributes }) => name === 'a' && attributes.get('class') === 'booking-widget'))
    return 'drupal';
  if (tags.every(({ name }) => name === 'a')) return 'email';
  return undefined;
}

/** @param {Tag} tag */
const isPlaceholder = ({ name, attributes }) =>
  /^booking[_-]?widget$/.test(name) ||
  attributes.has('data-booking-src') ||
  (name === 'a' && (attributes.get('class') ?? '').split(/\s+/).includes('booking-widget'));

/**
 * Reads a snippet back: the state it was made from, as far as the snippet says it. Null where a text is no snippet of the
 * widget.
 *
 * @param {string} text
 * @returns {State | null}
 */
export function readSnippet(text) {
  const tags = tagsIn(text);
  const placeholder = tags.find(isPlaceholder);
  const address =
    /Server URL: (\S+)/.exec(text)?.[1] ??
    /s\.src='([^']*)'/.exec(text)?.[1] ??
    tags
      .filter(({ name }) => name === 'script')
      .map(({ attributes }) => attributes.get('src') ?? '')
      .find((src) => /booking-widget/.test(src));
  const isSnippet = !!(placeholder || address) || /\bdisplay:inline-block;padding:12px 20px/.test(text);
  if (!isSnippet) return null;

  const link = tags.find(({ name }) => name === 'a');
  const isLink = placeholder?.name === 'a';
  const to = destinationIn(text, tags);
  const tool = consentToolIn(text);
  const mail = to === 'email' && link ? mailFields(link) : {};
  return complete({
    ...DEFAULTS,
    ...(address ? { ...fromQuery(address), ...scriptFields(address) } : {}),
    ...(to === 'wix' ? panelFields(text) : {}),
    ...(to === 'gtm' ? managedFields(text) : {}),
    ...(isLink ? { mode: 'popup' } : {}),
    ...defined({ link: link?.attributes.get('href'), label: link?.text }),
    ...(placeholder ? fieldsOf(placeholder.attributes) : {}),
    ...mail,
    ...(tool ? { consent: tool.id } : {}),
    ...(text.includes(GA4_CODE) ? { tracking: 'ga4' } : {}),
    ...(to ? { to } : {}),
    ...(placeholder?.attributes.has('data-booking-src') ? { plugin: 'no' } : {}),
  });
}

/** @param {Tag} link */
function mailFields({ attributes }) {
  const style = attributes.get('style') ?? '';
  return defined({
    accent: /background:([^;]+)/.exec(style)?.[1],
    radius: /border-radius:(\d+)px/.exec(style)?.[1],
  });
}
