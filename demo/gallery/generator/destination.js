// @ts-check
import { siteConsentCode } from './consent-tools.js';
import { conversionCode, pageCode } from './page-code.js';
import { scriptAddress } from './script-address.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./script-address.js').Release} Release */

/**
 * Something else to paste, once for the whole site.
 *
 * @typedef {object} Further
 * @property {string} caption where it goes
 * @property {string} text
 */

/**
 * A field of a panel: its name there, and what goes into it.
 *
 * @typedef {readonly [name: string, value: string]} Field
 */

/**
 * A place that a snippet can be pasted into.
 *
 * @typedef {object} Destination
 * @property {string} id
 * @property {string} name
 * @property {(state: State) => string} form What kind of text the place takes, in some words.
 * @property {(state: State) => readonly [string, string, string]} steps Where to paste. `backticks` mark code.
 * @property {(state: State, release: Release) => string} text The snippet.
 * @property {(state: State, release: Release) => readonly Field[]} [fields] The snippet as the fields of a panel that takes one value each.
 * @property {(state: State, release: Release) => readonly Further[]} [further]
 * @property {(state: State) => readonly string[]} [notes] What this place cannot do with the choices.
 */

/**
 * The code of consent and conversions for places whose snippet holds no code; nothing where none is needed.
 *
 * @param {string} caption
 * @returns {(state: State) => readonly Further[]}
 */
export const furtherCode = (caption) => (state) =>
  pageCode(state)
    ? [{ caption, text: `<script>${siteConsentCode(state.consent)}${conversionCode(state)}</script>` }]
    : [];

/**
 * @param {State} state
 * @param {Release} release
 */
export const singleFile = (state, release) => scriptAddress(state, release, { isSingle: true });

/** The note of forms that have no place for styles. @param {State} state */
export const noRadius = ({ radius }) =>
  radius ? ['The corner radius is set in your style sheet here: `--booking-radius`.'] : [];
