import type { Plural } from './strings.js';

/** Fills in each `{name}` that has a value. Everything else, also inside the values, stays as it is. */
export const formatMessage = (message: string, values: Readonly<Record<string, string>>): string =>
  message.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);

/**
 * Chooses the text for a number and fills in `{count}`, formatted as the language writes numbers.
 * `tag`: a valid BCP 47 tag, from `resolveLanguage`; another one throws a `RangeError`.
 */
export function formatPlural(plural: Plural, count: number, tag: string): string {
  const message = plural[new Intl.PluralRules(tag).select(count)] ?? plural.other;
  return formatMessage(message, { count: new Intl.NumberFormat(tag).format(count) });
}
