import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GUIDES = fileURLToPath(new URL('../docs/platforms', import.meta.url));

/** A piece of code in a platform guide. */
export interface Fence {
  /** Name of the guide's file. */
  readonly guide: string;
  /** Of the opening fence, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** What a reader gets from it, and so what a test has to see; empty where the guide does not say. */
  readonly shows: string;
  /** What is left of it after a platform has cleaned it, by the name of the cleaning. */
  readonly after: Readonly<Record<string, string>>;
}

/** A fence, and the comment before it with the expected result: `<!-- shows: calendar; after wordpress-author: link -->`. */
const FENCE = /(?:<!-- shows: ([^>]*?) -->\n+)?^```([\w-]*)\n([^]*?)^```$/gm;

/** All pieces of code in a guide, in order. */
export function fencesOf(guide: string, markdown: string): Fence[] {
  return [...markdown.matchAll(FENCE)].map(
    ({ index, 0: whole, 1: words = '', 2: language = '', 3: text = '' }) => {
      const [shows = '', ...further] = words.split(/;\s*/);
      const after = further.map(
        (word) => /^after ([\w-]+): (.+)$/.exec(word)?.slice(1) ?? [word, 'unreadable'],
      );
      const opening = index + whole.indexOf('```');
      return {
        guide,
        line: markdown.slice(0, opening).split('\n').length,
        language,
        text,
        shows,
        after: Object.fromEntries(after) as Record<string, string>,
      };
    },
  );
}

/** The pieces of code in all platform guides. */
export function guideFences(): Fence[] {
  return readdirSync(GUIDES)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .flatMap((name) => fencesOf(name, readFileSync(join(GUIDES, name), 'utf8')));
}
