/** What came from another window or server: fields that should be there, may be missing and may be anything. */
export type Foreign<Field extends PropertyKey> = Readonly<Partial<Record<Field, unknown>>>;

/** Reading a field of a primitive gives undefined; of `null` or `undefined` it would throw. */
export const fieldsOf = <Field extends PropertyKey>(value: unknown): Foreign<Field> =>
  (value ?? {}) as Foreign<Field>;

/** A short text, or empty for everything else. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' && value.length <= 200 ? value : '';

/** An instant as written, if it says its offset: without one it would mean another time in every browser. Or a `Date`. */
export const instantOf = (value: unknown): string => {
  if (value instanceof Date) return isNaN(value.getTime()) ? '' : value.toISOString();
  const text = textOf(value);
  return /^\d{4}-\d\d-\d\dT.{5,20}(Z|[+-]\d\d:\d\d)$/.test(text) && Date.parse(text) ? text : '';
};

/** A number of CSS pixels above 0, with or without its unit, or 0. */
export const pixelsOf = (value: unknown): number => {
  const pixels = typeof value === 'number' ? value : parseFloat(textOf(value));
  return pixels > 0 && pixels < Infinity ? pixels : 0;
};
