/** Words that the glossary replaces, and what to write instead. */
export interface ListedWords {
  /** Every form, in lower case: `make ready`, `made ready`. */
  readonly words: readonly string[];
  readonly say: string;
  /** Beginnings of paths where these words are right, for example because a foreign API has them. */
  readonly allow?: readonly string[];
  /** Longer names that contain a listed word and stay as they are, such as the name of an event on the wire. */
  readonly except?: readonly string[];
}

export interface FoundWord {
  /** Counted from 1. */
  readonly line: number;
  /** As it is written in the text. */
  readonly word: string;
  readonly say: string;
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** What may stand between the words of a phrase, also in a comment that goes on in the next line. */
const BETWEEN = String.raw`[\s*/#_-]+`;

/** Finds a word alone and as a part of a name: `told`, `isTold`, `told_at`, `TOLD`; not in `untold`. */
function patternOf(phrase: string): string {
  const words = phrase.split(' ');
  const rest = words
    .slice(1)
    .map((word) => `(?:${BETWEEN}${word}|${BETWEEN}${capitalised(word)}|${capitalised(word)})`);
  const [first = ''] = words;
  return [
    `(?<![A-Za-z])${first}${rest.join('')}(?![a-z])`,
    `(?<![A-Z])${capitalised(first)}${rest.join('')}(?![a-z])`,
    `(?<![A-Za-z])${words.map((word) => word.toUpperCase()).join(BETWEEN)}(?![A-Za-z])`,
  ].join('|');
}

/** Replaces each name by as many dots, so that the positions of all other words stay the same. */
const without = (text: string, names: readonly string[]): string =>
  names.reduce((rest, name) => rest.replaceAll(name, '.'.repeat(name.length)), text);

/** The listed words of a text in the order of the text. `path`: relative to the repository, with `/`. */
export function findWords(text: string, path: string, list: readonly ListedWords[]): FoundWord[] {
  return list
    .filter(({ allow = [] }) => !allow.some((beginning) => path.startsWith(beginning)))
    .flatMap(({ words, say, except = [] }) =>
      [...without(text, except).matchAll(new RegExp(words.map(patternOf).join('|'), 'g'))].map(
        ({ 0: word, index }) => ({
          line: text.slice(0, index).split('\n').length,
          word: word.replace(/\s+/g, ' '),
          say,
        }),
      ),
    )
    .sort((a, b) => a.line - b.line);
}
