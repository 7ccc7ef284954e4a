const FORM = /^(\d{4})-(\d\d)-(\d\d)/;

/**
 * An ISO 8601 date or instant as milliseconds since 1970; undefined for anything else, and for a day that is not in the
 * calendar, such as the 30th of February, which `Date.parse` takes for the 2nd of March.
 */
export function parseInstant(text: string): number | undefined {
  const at = Date.parse(text);
  const [, year, month, day] = FORM.exec(text) ?? [];
  if (Number.isNaN(at)) return undefined;
  if (year === undefined) return at;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) ? at : undefined;
}
