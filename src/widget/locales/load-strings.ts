import { resolveLanguage, type LocaleName } from './resolve-language.js';
import type { Language, LoadedStrings, Strings } from './strings.js';

/** The chunk of each language. English is part of the element. */
type Chunks = Readonly<Record<Exclude<LocaleName, 'en'>, () => Promise<{ readonly default: Strings }>>>;

const CHUNKS: Chunks = {
  ar: () => import('./languages/ar.js'),
  de: () => import('./languages/de.js'),
  es: () => import('./languages/es.js'),
  fr: () => import('./languages/fr.js'),
  he: () => import('./languages/he.js'),
  hi: () => import('./languages/hi.js'),
  it: () => import('./languages/it.js'),
  ja: () => import('./languages/ja.js'),
  ko: () => import('./languages/ko.js'),
  nl: () => import('./languages/nl.js'),
  pl: () => import('./languages/pl.js'),
  'pt-br': () => import('./languages/pt-br.js'),
  'pt-pt': () => import('./languages/pt-pt.js'),
  sv: () => import('./languages/sv.js'),
  tr: () => import('./languages/tr.js'),
  'zh-hans': () => import('./languages/zh-hans.js'),
  'zh-hant': () => import('./languages/zh-hant.js'),
};

/*
 * The English texts come from the caller, who has them: so this file needs no other, and the one file of the script tag can
 * have it beside itself.
 */

/**
 * Loads the texts of a language. English when the chunk cannot be loaded; the next call tries again. Never rejects.
 * A caller that formats dates beside the texts needs `loadLanguage`, which says when English has taken their place.
 */
export async function loadStrings(
  name: LocaleName,
  english: LoadedStrings,
  chunks = CHUNKS,
): Promise<LoadedStrings> {
  if (name === 'en') return english;
  try {
    return (await chunks[name]()).default;
  } catch {
    return english;
  }
}

/**
 * Loads texts and tag of a language as it is written in a page or an option. The tag is `en` when the texts had to be
 * English, so that texts and dates never differ. Never rejects.
 */
export async function loadLanguage(
  written: string,
  english: LoadedStrings,
  chunks = CHUNKS,
): Promise<Language> {
  const { tag, load } = resolveLanguage(written);
  const strings = await loadStrings(load, english, chunks);
  return { tag: strings === english && load !== 'en' ? 'en' : tag, strings };
}
