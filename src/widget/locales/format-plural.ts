import { formatMessage } from './format-message.js';
import { numberFormat, pluralRules } from './number-formats.js';
import type { Plural } from './strings.js';

/**
 * Chooses the text for a number and fills in `{count}`, formatted as the language writes numbers.
 * `tag`: a valid BCP 47 tag, from `resolveLanguage`; another one throws a `RangeError`.
 */
export function formatPlural(plural: Plural, count: number, tag: string): string {
  const message = plural[pluralRules(tag).select(count)] ?? plural.other;
  return formatMessage(message, { count: numberFormat(tag).format(count) });
}
