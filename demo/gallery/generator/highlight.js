// @ts-check
/** @typedef {readonly [kind: '' | 'tag' | 'name' | 'value', text: string]} Token */

const TAG_END = /^<\/?[\w-]+|^\/?>/;
const NAME = /^[\w@:-]+(?==|[\s>])/;
const VALUE = /^="[^"]*"/;

/**
 * A snippet in pieces for colouring. Together the pieces are the snippet.
 *
 * @param {string} text
 * @returns {readonly Token[]}
 */
export function tokensOf(text) {
  /** @type {Token[]} */
  const tokens = [];
  let isInTag = false;
  for (let rest = text; rest;) {
    /** @type {Token} */
    let token = ['', rest.charAt(0)];
    const [tag] = TAG_END.exec(rest) ?? [];
    const [name] = (isInTag && NAME.exec(rest)) || [];
    const [value] = (isInTag && VALUE.exec(rest)) || [];
    if (tag && (tag.startsWith('<') || isInTag)) {
      token = ['tag', tag];
      isInTag = tag.startsWith('<');
    } else if (name) token = ['name', name];
    else if (value) token = ['value', value];
    const last = tokens.at(-1);
    if (token[0] === '' && last?.[0] === '') tokens[tokens.length - 1] = ['', last[1] + token[1]];
    else tokens.push(token);
    rest = rest.slice(token[1].length);
  }
  return tokens;
}
