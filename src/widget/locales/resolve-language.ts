/** Name of a file in `languages/`. */
export type LocaleName =
  | 'ar'
  | 'de'
  | 'en'
  | 'es'
  | 'fr'
  | 'he'
  | 'hi'
  | 'it'
  | 'ja'
  | 'ko'
  | 'nl'
  | 'pl'
  | 'pt-br'
  | 'pt-pt'
  | 'sv'
  | 'tr'
  | 'zh-hans'
  | 'zh-hant';

/** Texts and dates of one language. */
export interface ResolvedLanguage {
  /** Canonical BCP 47 tag for `Intl` and for the `lang` attribute. Keeps the region: `de-CH`. */
  readonly tag: string;
  /** Which file has the texts. */
  readonly load: LocaleName;
}

const ENGLISH: ResolvedLanguage = { tag: 'en', load: 'en' };

/** Languages with one file, which is named as the language. */
const ONE_FILE: ReadonlySet<string> = new Set<LocaleName>([
  'ar',
  'de',
  'en',
  'es',
  'fr',
  'he',
  'hi',
  'it',
  'ja',
  'ko',
  'nl',
  'pl',
  'sv',
  'tr',
]);

const hasOneFile = (language: string): language is LocaleName => ONE_FILE.has(language);

/**
 * Regions whose Portuguese follows that of Portugal.
 * https://github.com/unicode-org/cldr/blob/main/common/supplemental/supplementalData.xml (parentLocales)
 */
const EUROPEAN_PORTUGUESE = /^(AO|CH|CV|FR|GQ|GW|LU|MO|MZ|PT|ST|TL)$/;

/** Regions that write traditional characters unless the tag names a script. */
const TRADITIONAL_CHINESE = /^(HK|MO|TW)$/;

/** `zh-cmn-Hant`: valid in BCP 47, and refused by `Intl`. https://unicode.org/reports/tr35/#BCP_47_Conformance */
const EXTENDED_LANGUAGES = /^([a-z]{2,3})(?:-[a-z]{3})+(?=-|$)/i;

/**
 * The canonical form of what a page or an option has as its language; null for junk. Pages write underscores, and
 * WordPress writes subtags that are not valid (`pt-PT-ao90`), so invalid subtags are dropped from the end.
 */
function canonicalLocale(written: string): Intl.Locale | null {
  const subtags = written.trim().replaceAll('_', '-').replace(EXTENDED_LANGUAGES, '$1').split('-');
  for (let count = subtags.length; count > 0; count--)
    try {
      const [canonical] = Intl.getCanonicalLocales(subtags.slice(0, count).join('-'));
      if (canonical) return new Intl.Locale(canonical);
    } catch {
      // Not a valid tag: try without the last subtag.
    }
  return null;
}

const hasOtherScript = ({ language, script }: Intl.Locale): boolean =>
  script !== undefined && script !== new Intl.Locale(language).maximize().script;

function localeName(locale: Intl.Locale): LocaleName | null {
  const { language, region = '', script } = locale;
  if (language === 'zh') {
    if (script !== undefined) return script === 'Hant' ? 'zh-hant' : script === 'Hans' ? 'zh-hans' : null;
    return TRADITIONAL_CHINESE.test(region) ? 'zh-hant' : 'zh-hans';
  }
  // Texts in one script beside dates in another would be two languages: `hi-Latn` has Latin dates.
  if (hasOtherScript(locale)) return null;
  if (language === 'pt') return EUROPEAN_PORTUGUESE.test(region) ? 'pt-pt' : 'pt-br';
  return hasOneFile(language) ? language : null;
}

/**
 * Chooses one language for texts and dates from a language as pages and options write it (`nl`, `pt_BR`, `iw-IL`).
 * Languages without texts, and junk, are English throughout: dates in a language that has no texts would give a page
 * in two languages. Never throws.
 */
export function resolveLanguage(written: string): ResolvedLanguage {
  const locale = canonicalLocale(written);
  const load = locale && localeName(locale);
  return locale && load ? { tag: locale.toString(), load } : ENGLISH;
}
