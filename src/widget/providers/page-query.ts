import { answerTexts, type PrefillAnswer } from './answer-texts.js';

/** One parameter. An empty value means that there is nothing to say, and the parameter is left out. */
export type Param = readonly [name: string, value: string];

/** Answers by question. */
export type Answers = Readonly<Record<string, PrefillAnswer>>;

/** Answers as parameters; a list becomes a repeated one. */
export const answerParams = (answers: Answers): Param[] =>
  Object.entries(answers).flatMap(([name, answer]) => answerTexts(answer).map((text): Param => [name, text]));

/** The parameters of an address as they are written there, without those that begin with `drop`. */
export const writtenIn = ({ search }: URL, drop = /^$/): string[] =>
  search
    .slice(1)
    .split('&')
    .filter((part) => !drop.test(part));

const partOf = (param: Param | string): string =>
  typeof param === 'string' ? param : param[1] && String(new URLSearchParams([[...param]]));

/** Reads a name leniently: `URLSearchParams` never throws on a malformed escape, `decodeURIComponent` does. */
const nameOf = (part: string): string | undefined => new URLSearchParams(part).keys().next().value;

/**
 * An address with a query made of several kinds of parameters. Of two kinds that say the same name, the earlier is
 * believed. What is passed as written stays so byte for byte, because services differ in how they read escapes.
 */
export function withQuery(address: string, ...kinds: readonly (readonly (Param | string)[])[]): URL {
  const url = new URL(address);
  const taken = new Set<string | undefined>([undefined]);
  const parts = kinds.flatMap((kind) => {
    const fresh = kind.map(partOf).filter((part) => !taken.has(nameOf(part)));
    for (const part of fresh) taken.add(nameOf(part));
    return fresh;
  });
  const query = parts.join('&');
  // The setter drops one leading question mark, which may be part of what was written.
  url.search = query && `?${query}`;
  return url;
}
