import { loadChunk } from '../load-chunk.js';
import english from './languages/en.js';
import type { Language } from './strings.js';

const importLanguages = () => import('./load-strings.js');

/**
 * Finds texts and tag of a language as a page writes it. English is part of the element; what knows the other languages
 * is a chunk of its own. English throughout when that does not come: the next call tries again. Never rejects.
 */
export async function findLanguage(written: string): Promise<Language> {
  if (/^en(-[a-z]{2})?$/i.test(written)) return { tag: written, strings: english };
  try {
    return await (await loadChunk(importLanguages)).loadLanguage(written, english);
  } catch {
    return { tag: 'en', strings: english };
  }
}
