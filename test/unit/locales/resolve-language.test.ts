import { expect } from '@open-wc/testing';
import { resolveLanguage } from '../../../src/widget/locales/resolve-language.js';

const resolved = (written: string): string => {
  const { tag, load } = resolveLanguage(written);
  return `${tag} ${load}`;
};

const expectEach = (table: Readonly<Record<string, string>>): void => {
  for (const [written, expected] of Object.entries(table))
    expect(resolved(written), written).to.equal(expected);
};

describe('resolveLanguage', () => {
  it('keeps the region for dates where the language has texts', () => {
    expectEach({
      nl: 'nl nl',
      'nl-NL': 'nl-NL nl',
      'de-CH': 'de-CH de',
      'en-GB': 'en-GB en',
      'ar-EG': 'ar-EG ar',
    });
  });

  it('reads underscores, spaces around and any case', () => {
    expectEach({ nl_NL: 'nl-NL nl', pt_BR: 'pt-BR pt-br', ' DE-de ': 'de-DE de', EN_us: 'en-US en' });
  });

  it('tells Brazilian from European Portuguese by the region', () => {
    expectEach({
      pt: 'pt pt-br',
      'pt-BR': 'pt-BR pt-br',
      'pt-PT': 'pt-PT pt-pt',
      'pt-AO': 'pt-AO pt-pt',
      'pt-US': 'pt-US pt-br',
    });
  });

  it('tells traditional from simplified Chinese by the script, else by the region', () => {
    expectEach({
      zh: 'zh zh-hans',
      zh_CN: 'zh-CN zh-hans',
      'zh-SG': 'zh-SG zh-hans',
      zh_TW: 'zh-TW zh-hant',
      'zh-HK': 'zh-HK zh-hant',
      'zh-MO': 'zh-MO zh-hant',
      'zh-Hant': 'zh-Hant zh-hant',
      'zh-hant-cn': 'zh-Hant-CN zh-hant',
      'zh-Hans-HK': 'zh-Hans-HK zh-hans',
      'zh-cmn-Hant-TW': 'zh-Hant-TW zh-hant',
      'zh-yue-HK': 'zh-HK zh-hant',
    });
  });

  it('reads the former code of Hebrew', () => {
    expectEach({ iw: 'he he', 'iw-IL': 'he-IL he' });
  });

  it('takes no language for another whose code begins alike', () => {
    for (const written of ['arg', 'frp', 'itc', 'hil', 'trv', 'kok', 'svm'])
      expect(resolved(written), written).to.equal('en en');
  });

  it('reads three-letter codes that stand for a language with a shorter one', () => {
    expectEach({ 'nld-NL': 'nl-NL nl', deu: 'de de', zho: 'zh zh-hans' });
  });

  it('is English throughout, dates too, for languages without texts', () => {
    for (const written of ['fi', 'fi-FI', 'sr-Latn', 'yue-Hant-HK', 'tlh'])
      expect(resolved(written)).to.equal('en en');
  });

  it('is English throughout for a script that the texts are not written in', () => {
    for (const written of ['hi-Latn', 'ja-Latn-JP', 'de-Brai', 'zh-Latn-pinyin'])
      expect(resolved(written), written).to.equal('en en');
    expectEach({ 'ko-Kore-KR': 'ko-Kore-KR ko', 'ar-Arab': 'ar-Arab ar' });
  });

  it('drops invalid subtags and keeps the language before them', () => {
    expectEach({
      'pt-PT-ao90': 'pt-PT pt-pt',
      de_DE_formal: 'de-DE-formal de',
      'nl-': 'nl nl',
      'fr--x': 'fr fr',
    });
  });

  it('is English for junk, and never throws', () => {
    for (const written of [
      '',
      ' ',
      '-',
      'x-klingon',
      'de, en',
      'nl NL',
      '{{ lang }}',
      '💥',
      'a'.repeat(9000),
      'Deutsch',
    ])
      expect(resolved(written), written).to.equal('en en');
  });

  it('gives a tag that Intl accepts', () => {
    for (const written of ['nl_NL', 'pt-PT-ao90', 'zh_TW', 'iw', 'junk!', 'ar-u-nu-arab', 'de_DE_formal'])
      expect(() => new Intl.DateTimeFormat(resolveLanguage(written).tag), written).not.to.throw();
  });
});
