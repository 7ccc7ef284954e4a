// @ts-check
/**
 * What a site owner has chosen. Everything is text, so that the page's address can hold it; empty means the widget's
 * own default.
 *
 * @typedef {object} State
 * @property {string} link Address of the scheduling page.
 * @property {string} mode `inline`, `popup` or `floating`.
 * @property {string} label Text of the link and of the button.
 * @property {string} theme `light`, `dark` or `auto`.
 * @property {string} accent A CSS colour.
 * @property {string} radius Corner radius in pixels.
 * @property {string} lang Tag of the language; empty for the page's own.
 * @property {string} height Reserved height in pixels; empty for that of the preview.
 * @property {string} to Id of the destination.
 * @property {string} plugin `no` where WordPress does not have the plugin.
 * @property {string} files `upload` or `cdn`.
 * @property {string} address Where the uploaded script is.
 * @property {string} tracking `data-layer` or `ga4`.
 * @property {string} utm Names of the forwarded parameters, or `none`.
 * @property {string} consent `ask`, or the id of a consent tool.
 */

/** @type {Readonly<State>} */
export const DEFAULTS = Object.freeze({
  link: '',
  mode: 'inline',
  label: 'Book a time',
  theme: '',
  accent: '',
  radius: '',
  lang: '',
  height: '',
  to: 'html',
  plugin: '',
  files: 'upload',
  address: 'https://your.site/booking-widget/booking-widget.js',
  tracking: '',
  utm: '',
  consent: '',
});

/** What may be chosen. Fields that are not listed take any text. */
const PATTERNS = {
  mode: /^(inline|popup|floating)$/,
  theme: /^(light|dark|auto)?$/,
  radius: /^\d{0,2}$/,
  lang: /^[A-Za-z-]{0,16}$/,
  height: /^\d{0,4}$/,
  to: /^[a-z]+$/,
  plugin: /^(no)?$/,
  files: /^(upload|cdn)$/,
  tracking: /^(data-layer|ga4)?$/,
  utm: /^[\w\s,.-]*$/,
  consent: /^(ask|cookiebot|onetrust|complianz|klaro)?$/,
};

/** @typedef {keyof State} Field */

export const FIELDS = /** @type {readonly Field[]} */ (Object.keys(DEFAULTS));

/**
 * A complete state out of some fields; what is not allowed becomes the default.
 *
 * @param {Partial<State>} fields
 * @returns {State}
 */
export function complete(fields) {
  const state = { ...DEFAULTS };
  for (const field of FIELDS) {
    const value = fields[field];
    const pattern = /** @type {Partial<Record<Field, RegExp>>} */ (PATTERNS)[field];
    if (value !== undefined && (!pattern || pattern.test(value))) state[field] = value;
  }
  return state;
}

/**
 * The state as the hash of an address, without what is default: short enough to share.
 *
 * @param {State} state
 */
export function toHash(state) {
  const query = new URLSearchParams();
  for (const field of FIELDS) if (state[field] !== DEFAULTS[field]) query.set(field, state[field]);
  return query.toString();
}

/**
 * @param {string} hash with or without `#`
 * @returns {State}
 */
export const fromHash = (hash) => complete(Object.fromEntries(new URLSearchParams(hash.replace(/^#/, ''))));
