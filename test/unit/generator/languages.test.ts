import { expect } from '@open-wc/testing';
import { LANGUAGES } from '../../../demo/gallery/generator/languages.js';
import { resolveLanguage, type LocaleName } from '../../../src/widget/locales/resolve-language.js';

/** The compiler asks for each file of texts. */
const FILES: Readonly<Record<LocaleName, true>> = {
  ar: true,
  de: true,
  en: true,
  es: true,
  fr: true,
  he: true,
  hi: true,
  it: true,
  ja: true,
  ko: true,
  nl: true,
  pl: true,
  'pt-br': true,
  'pt-pt': true,
  sv: true,
  tr: true,
  'zh-hans': true,
  'zh-hant': true,
};

describe('snippet generator: languages', () => {
  it('the generator offers each language that the widget has texts in', () => {
    expect(LANGUAGES.map((tag) => resolveLanguage(tag).load).sort()).to.deep.equal(Object.keys(FILES).sort());
  });
});
