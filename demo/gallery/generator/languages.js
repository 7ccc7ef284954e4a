// @ts-check

/** Languages that the widget has texts in. A test compares the list with the widget's. */
export const LANGUAGES = [
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
  'pt-BR',
  'pt-PT',
  'sv',
  'tr',
  'zh-Hans',
  'zh-Hant',
];
