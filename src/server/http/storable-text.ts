/** A null character, or half of a surrogate pair: PostgreSQL refuses the one, UTF-8 has no bytes for the other. */
const isBad = (text: string): boolean => text.includes('\0') || /\p{Surrogate}/u.test(text);

/** Whether every text within a value, names of fields included, can be stored. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !isBad(value);
  if (Array.isArray(value)) return value.every(isStorable);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, inner]) => !isBad(name) && isStorable(inner));
}

/** `%00` and the bytes of surrogates, however often they were escaped. */
const ESCAPED = /%(25)*(00|ED%(25)*[AB][\dA-F])/i;

/** Whether an address, in whatever part of it, names a character that cannot be stored. */
export const isStorableUrl = (url: string): boolean => !url.includes('%') || !ESCAPED.test(url);
