// @ts-check

/** @typedef {{ readonly name: string, readonly attributes: ReadonlyMap<string, string>, readonly text: string }} Tag */

/** @type {Readonly<Record<string, string>>} */
const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** @param {string} text */
export const unescaped = (text) =>
  text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    const code = hex ? parseInt(hex, 16) : Number(decimal);
    if (name) return NAMED[name.toLowerCase()] ?? whole;
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const ATTRIBUTE = /([\w:@.-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|\{((?:[^{}]|\{[^}]*\})*)\}|([^\s"'>\]]+)))?/g;

/**
 * @param {string} text
 * @returns {ReadonlyMap<string, string>}
 */
export function attributesIn(text) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const [, name = '', double, single, braced, bare] of text.matchAll(ATTRIBUTE))
    if (!found.has(name)) found.set(name, unescaped(double ?? single ?? braced ?? bare ?? ''));
  return found;
}

/** Up to the end of a tag; `>` inside quotes or braces does not end it. */
const TAG = /[<[]([A-Za-z][\w-]*)((?:"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^}]*\})*\}|[^"'{}>\]])*)[>\]]([^<[]*)/g;

/**
 * The opening tags and shortcodes in a text, each with the text that comes after it. Not a parser of pages: nothing is run,
 * loaded or looked up.
 *
 * @param {string} text
 * @returns {readonly Tag[]}
 */
export const tagsIn = (text) =>
  [...text.matchAll(TAG)].map(([, name = '', attributes = '', after = '']) => ({
    name: name.toLowerCase(),
    attributes: attributesIn(attributes),
    text: unescaped(after).trim(),
  }));
