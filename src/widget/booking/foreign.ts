/** The fields of a parsed JSON value; none where it is not an object. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};

/** A list, or null for everything else. */
export const listOf = (value: unknown): readonly unknown[] | null => (Array.isArray(value) ? value : null);

/**
 * A host's words as plain text of at most `max` characters: links of Markdown become "text (URL)", tags and control
 * characters are removed. Empty for everything but text.
 */
export const plainText = (value: unknown, max = 500): string =>
  typeof value === 'string'
    ? value
        .slice(0, max * 4)
        .replace(/\[([^\]]*)\]\((https?:[^)\s]+)\)/g, '$1 ($2)')
        .replace(/<[^>]*>/g, ' ')
        .replace(/[\p{Cc}\s]+/gu, ' ')
        .trim()
        .slice(0, max)
    : '';
