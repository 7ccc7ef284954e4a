// @ts-check

/** Contrast that text needs (WCAG 2.2, 1.4.3). */
export const NEEDED = 4.5;

/** What the widget writes on the accent colour, by the theme of the page around it. */
const ON_ACCENT = { light: '#ffffff', dark: '#10131a' };

/** @typedef {readonly [red: number, green: number, blue: number]} Rgb from 0 to 255 */

/**
 * `#rgb` or `#rrggbb`; null for any other notation, about which nothing can be said without a page.
 *
 * @param {string} color
 * @returns {Rgb | null}
 */
export function rgbOf(color) {
  const [, digits = ''] = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(color.trim()) ?? [];
  const pairs = digits.length === 3 ? [...digits].map((digit) => digit + digit) : (digits.match(/../g) ?? []);
  const [red, green, blue] = pairs.map((pair) => parseInt(pair, 16));
  return red === undefined || green === undefined || blue === undefined ? null : [red, green, blue];
}

/** @param {Rgb} color */
export const hexOf = (color) =>
  `#${color.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;

/** @param {Rgb} color */
function luminance(color) {
  const [red, green, blue] = color.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/**
 * Contrast ratio, from 1 to 21.
 *
 * @param {Rgb} one
 * @param {Rgb} other
 */
export function contrast(one, other) {
  const [lower = 0, higher = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (higher + 0.05) / (lower + 0.05);
}

/**
 * The nearest colour on the line from `color` to `target` that contrasts enough with `background`.
 *
 * @param {Rgb} color @param {Rgb} background @param {Rgb} target
 * @returns {Rgb}
 */
function corrected(color, background, target) {
  for (let step = 1; step < 50; step++) {
    const share = step / 50;
    const mixed = /** @type {const} */ ([
      Math.round(color[0] + (target[0] - color[0]) * share),
      Math.round(color[1] + (target[1] - color[1]) * share),
      Math.round(color[2] + (target[2] - color[2]) * share),
    ]);
    if (contrast(mixed, background) >= NEEDED) return mixed;
  }
  return target;
}

/**
 * What is wrong with an accent colour in a theme, and the nearest colour that is right; null for nothing. Without a theme the
 * page decides: most pages are light.
 *
 * @param {string} accent
 * @param {string} theme
 * @returns {{ readonly ratio: number, readonly on: 'light' | 'dark', readonly better: string } | null}
 */
export function contrastProblem(accent, theme) {
  const color = rgbOf(accent);
  const on = theme === 'dark' ? 'dark' : 'light';
  const text = rgbOf(ON_ACCENT[on]);
  if (!color || !text) return null;
  const ratio = contrast(color, text);
  if (ratio >= NEEDED) return null;
  return { ratio, on, better: hexOf(corrected(color, text, on === 'dark' ? [255, 255, 255] : [0, 0, 0])) };
}

/**
 * The text colour with the higher contrast on a background.
 *
 * @param {string} background
 */
export function readableOn(background) {
  const color = rgbOf(background);
  return color && contrast(color, [255, 255, 255]) < contrast(color, [16, 19, 26]) ? '#10131a' : '#ffffff';
}
