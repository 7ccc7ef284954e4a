// @ts-check
import { attributeText } from './markup.js';

/** @typedef {import('./state.js').State} State */

/**
 * The version of the widget beside this page, and the SRI values of its files; empty where they could not be computed.
 *
 * @typedef {object} Release
 * @property {string} version
 * @property {Readonly<Record<string, string>>} integrity by file name
 */

const FILE = 'booking-widget.js';
/** Everything in one file, for places that take only one. */
const SINGLE_FILE = 'booking-widget.all.js';

/** @param {string} version @param {string} file */
export const cdnAddress = (version, file) =>
  `https://cdn.jsdelivr.net/npm/booking-widget-element@${version}/dist/${file}`;

/**
 * The address of the script as a site owner wrote it, completed: a folder gets the file's name, a host its scheme.
 *
 * @param {string} written
 */
export function uploadAddress(written) {
  const address = written.trim();
  const withScheme = /^[\w-]+(\.[\w-]+)+([/:]|$)/.test(address) ? `https://${address}` : address;
  const [path = ''] = withScheme.split('?');
  return /\.m?js$/.test(path) ? path : `${path.replace(/\/$/, '')}/${FILE}`;
}

/**
 * @param {State} state
 * @param {Release} release
 * @param {{ isSingle?: boolean, query?: string }} [how]
 */
export function scriptAddress({ files, address }, { version }, { isSingle = false, query = '' } = {}) {
  const file = isSingle ? SINGLE_FILE : FILE;
  const plain =
    files === 'cdn'
      ? cdnAddress(version, file)
      : uploadAddress(address).replace(/booking-widget(\.all)?\.js$/, file);
  return query ? `${plain}?${query}` : plain;
}

/**
 * @param {State} state
 * @param {Release} release
 * @param {string} [query]
 */
export function scriptTag(state, release, query = '') {
  const integrity = state.files === 'cdn' ? release.integrity[FILE] : undefined;
  const attributes = [
    /** @type {const} */ (['src', scriptAddress(state, release, { query })]),
    ...(integrity
      ? [/** @type {const} */ (['integrity', integrity]), /** @type {const} */ (['crossorigin', 'anonymous'])]
      : []),
  ];
  return `<script async${attributeText(attributes)}></script>`;
}
