/** One answer as frameworks hand it over; what cannot be written is no answer. */
export type PrefillAnswer =
  string | number | boolean | bigint | Date | null | undefined | readonly PrefillAnswer[];

/** A day where the instant is midnight UTC, as `new Date('2001-02-03')` makes it; else the instant in ISO 8601. */
const dateText = (date: Date): string =>
  isNaN(date.getTime()) ? '' : date.toISOString().replace(/T00:00:00\.000Z$/, '');

/** An answer as texts: one for a value, several for a list, none for what is empty or cannot be written. */
export function answerTexts(answer: unknown): string[] {
  if (Array.isArray(answer)) return answer.flatMap(answerTexts);
  const text =
    typeof answer === 'number'
      ? Number.isFinite(answer) && `${answer}`
      : typeof answer === 'boolean' || typeof answer === 'bigint'
        ? `${answer}`
        : answer instanceof Date
          ? dateText(answer)
          : typeof answer === 'string' && answer;
  return text ? [text] : [];
}
