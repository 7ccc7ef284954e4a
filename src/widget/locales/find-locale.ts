import en from './en.js';
import type { Strings } from './strings.js';

type Load = () => Promise<{ readonly default: Strings }>;

/** Every language but English is a small file of its own, fetched only where it is read. */
const LOCALES: Readonly<Record<string, Load>> = {
  ar: () => import('./ar.js'),
  de: () => import('./de.js'),
  es: () => import('./es.js'),
  fr: () => import('./fr.js'),
  it: () => import('./it.js'),
  ja: () => import('./ja.js'),
  nl: () => import('./nl.js'),
  pt: () => import('./pt.js'),
};

/** Words for a BCP 47 language; English where there are none, or where they cannot be had. */
export async function findStrings(lang: string): Promise<Strings> {
  const load = LOCALES[lang.slice(0, 2).toLowerCase()];
  try {
    return (await load?.())?.default ?? en;
  } catch {
    return en;
  }
}
