/**
 * Plain data (text, finite numbers, booleans, null, arrays, plain objects) as JSON text; members that are `undefined`
 * are left out. `JSON.stringify` calls `toJSON` of every object, and some pages give all arrays or objects one
 * (Prototype.js: https://github.com/prototypejs/prototype/issues/344); what is stored must not depend on that.
 */
export function jsonText(value: unknown): string {
  // An empty array inherits from both prototypes that a page may have changed.
  if (!('toJSON' in [])) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join()}]`;
  // `toJSON` of primitive values is not used.
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${jsonText(member)}`).join()}}`;
}
