/** Makes one of something for each language, and keeps it: formatters are costly to make. */
function forEachTag<Format>(make: (tag: string) => Format): (tag: string) => Format {
  const made = new Map<string, Format>();
  return (tag) => {
    const format = made.get(tag) ?? make(tag);
    made.set(tag, format);
    return format;
  };
}

/*
 * How numbers are written in a language. `tag`: a valid BCP 47 tag, from `resolveLanguage`; another one throws a `RangeError`.
 */
export const numberFormat = forEachTag((tag) => new Intl.NumberFormat(tag));
/** With its sign, on the side where the language has it. */
export const signedFormat = forEachTag((tag) => new Intl.NumberFormat(tag, { signDisplay: 'always' }));
export const pluralRules = forEachTag((tag) => new Intl.PluralRules(tag));
