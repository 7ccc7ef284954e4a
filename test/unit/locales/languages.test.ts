import { expect } from '@open-wc/testing';
import { FAILURE_CODES } from '../../../src/protocol/failure-code.js';
import core from '../../../src/widget/locales/languages/en.js';
import form from '../../../src/widget/locales/languages/en-form.js';
import picker from '../../../src/widget/locales/languages/en-picker.js';
import slots from '../../../src/widget/locales/languages/en-slots.js';
import { loadStrings } from '../../../src/widget/locales/load-strings.js';
import type { LocaleName } from '../../../src/widget/locales/resolve-language.js';
import type { Plural, Strings } from '../../../src/widget/locales/strings.js';

/** The tag of each file, the script of its texts, and texts that are rightly the same as in English. */
const LANGUAGES: Readonly<
  Record<LocaleName, { readonly tag: string; readonly script: string; readonly same?: readonly string[] }>
> = {
  ar: { tag: 'ar', script: 'Arabic' },
  de: { tag: 'de', script: 'Latin', same: ['name'] },
  en: { tag: 'en', script: 'Latin' },
  es: { tag: 'es', script: 'Latin' },
  fr: { tag: 'fr', script: 'Latin' },
  he: { tag: 'he', script: 'Hebrew' },
  hi: { tag: 'hi', script: 'Devanagari' },
  it: { tag: 'it', script: 'Latin' },
  ja: { tag: 'ja', script: 'Japanese' },
  ko: { tag: 'ko', script: 'Hangul' },
  nl: { tag: 'nl', script: 'Latin' },
  pl: { tag: 'pl', script: 'Latin' },
  'pt-br': { tag: 'pt-BR', script: 'Latin' },
  'pt-pt': { tag: 'pt-PT', script: 'Latin' },
  sv: { tag: 'sv', script: 'Latin' },
  tr: { tag: 'tr', script: 'Latin' },
  'zh-hans': { tag: 'zh-Hans', script: 'Han' },
  'zh-hant': { tag: 'zh-Hant', script: 'Han' },
};

const NOT_LETTERS = /\{\w+\}|ICS|URL/g;
const LETTERS: Readonly<Record<string, RegExp>> = {
  Arabic: /^\p{Script=Arabic}$/u,
  Devanagari: /^\p{Script=Devanagari}$/u,
  Han: /^\p{Script=Han}$/u,
  Hangul: /^\p{Script=Hangul}$/u,
  Hebrew: /^\p{Script=Hebrew}$/u,
  Japanese: /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]$/u,
  Latin: /^\p{Script=Latin}$/u,
};

/** Their abbreviations may end with a full stop. */
const ABBREVIATED = ['duration', 'hour12', 'hour24'];

type Texts = readonly (readonly [key: string, text: string])[];

/** All texts but the plurals, by their path: `failure.timeout`. */
const textsOf = (strings: object, path = ''): Texts =>
  Object.entries(strings).flatMap(([key, value]: [string, unknown]): Texts =>
    typeof value === 'string'
      ? [[`${path}${key}`, value]]
      : typeof value === 'object' && value && !('other' in value)
        ? textsOf(value, `${path}${key}.`)
        : [],
  );

const pluralsOf = (strings: Strings): [string, Plural][] =>
  Object.entries(strings).filter((entry): entry is [string, Plural] => {
    const value: unknown = entry[1];
    return typeof value === 'object' && value !== null && 'other' in value;
  });

const formsOf = (strings: Strings): Texts =>
  pluralsOf(strings).flatMap(([key, plural]) =>
    Object.entries(plural).map(([category, text]) => [`${key}.${category}`, text] as const),
  );

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();

/** English is part of the chunks that need it; the other languages are one file each. */
const english: Strings = { ...core, ...slots, ...picker, ...form };

/** All texts of a language. That none is missing is the first test of each. */
const load = async (name: LocaleName): Promise<Strings> =>
  name === 'en' ? english : ((await loadStrings(name, core)) as Strings);

const englishTexts = new Map(textsOf(english));

for (const [name, { tag, script, same = [] }] of Object.entries(LANGUAGES) as [
  LocaleName,
  (typeof LANGUAGES)[LocaleName],
][])
  describe(`texts of ${name}`, () => {
    let strings: Strings;
    let texts: Texts;
    before(async () => {
      strings = await load(name);
      texts = textsOf(strings);
    });

    it('have every sentence that English has, none of them empty', () => {
      expect(texts.map(([key]) => key)).to.have.members([...englishTexts.keys()]);
      expect(pluralsOf(strings).map(([key]) => key)).to.have.members(pluralsOf(english).map(([key]) => key));
      expect(Object.keys(strings.failure)).to.have.members([...FAILURE_CODES]);
      for (const [key, text] of [...texts, ...formsOf(strings)]) expect(text, key).to.match(/^\S(.*\S)?$/);
    });

    it('have the placeholders of the English text', () => {
      for (const [key, text] of texts)
        expect(placeholders(text), key).to.deep.equal(placeholders(englishTexts.get(key) ?? ''));
    });

    it('have a form for every plural category of the language', () => {
      const rules = new Intl.PluralRules(tag);
      const counts = (category: string): number[] =>
        Array.from({ length: 300 }, (_, count) => count).filter((count) => rules.select(count) === category);
      for (const [key, plural] of pluralsOf(strings)) {
        expect(plural, key).to.include.all.keys(rules.resolvedOptions().pluralCategories);
        for (const [category, text] of Object.entries(plural))
          // "Two times" may say so in a word; a form for several numbers needs the number.
          if (counts(category).length !== 1) expect(text, `${key}.${category}`).to.include('{count}');
      }
    });

    it('are written in one script', () => {
      for (const [key, text] of [...texts, ...formsOf(strings)]) {
        const letters = text.replace(NOT_LETTERS, '').match(/\p{Letter}/gu) ?? [];
        const foreign = letters.filter((letter) => !LETTERS[script]?.test(letter));
        expect(foreign.join(''), `${key}: ${text}`).to.equal('');
      }
    });

    if (name !== 'en')
      it('leave no English sentence untranslated', () => {
        const untranslated = texts
          .filter(([key, text]) => text === englishTexts.get(key))
          .map(([key]) => key);
        expect(untranslated).to.deep.equal([...same]);
      });

    it('end as the English texts do: sentences, questions and what is under way', () => {
      const ends = { '.': /[.。।]$/, '?': /[?？؟]$/, '…': /…$/ };
      for (const [key, text] of texts) {
        const end = (englishTexts.get(key) ?? '').at(-1) ?? '';
        if (end in ends) expect(text, key).to.match(ends[end as keyof typeof ends]);
        else if (!ABBREVIATED.includes(key)) expect(text, key).not.to.match(/[.。।?？؟…]$/);
      }
    });
  });

describe('texts of languages that are close to each other', () => {
  const all = async (name: LocaleName): Promise<string> => {
    const strings = await load(name);
    return [...textsOf(strings), ...formsOf(strings)].map(([, text]) => text).join('\n');
  };

  it('are not mixed in Portuguese', async () => {
    expect(await all('pt-br')).not.to.match(/separador|ligação|ficheiro|marcaç|\b[Aa] (carregar|tentar)\b/i);
    expect(await all('pt-pt')).not.to.match(/\baba\b|você|agendamento|arquivo|carregando|tentando/i);
  });

  it('are not mixed in Chinese', async () => {
    const simplified = /[时间约历选择个这显请务确认击码为开关闭载区周长]/;
    const traditional = /[時間約曆選擇個這顯請務確認擊碼為開關閉載區週長]/;
    const [hans, hant] = await Promise.all([all('zh-hans'), all('zh-hant')]);
    expect(hans.match(traditional)?.[0]).to.equal(undefined);
    expect(hant.match(simplified)?.[0]).to.equal(undefined);
  });

  it('have the spaces of French punctuation, which do not break', async () => {
    expect(await all('fr')).not.to.match(/[^\u202f][?!;:]/);
  });
});

describe('English texts', () => {
  it('are split so that no text is in two chunks', () => {
    const keys = [core, slots, picker, form].flatMap((part) => Object.keys(part));
    expect(keys).to.have.length(new Set(keys).size);
  });

  it('say what happened and what to do in the words agreed on', () => {
    expect(english).to.include({
      trouble: 'Trouble booking here?',
      linked: 'This calendar opens in a new tab.',
      consent: 'This calendar is provided by {host}. Showing it connects your browser to {host}.',
      retryingSoon: 'Trying again in a few seconds.',
      noSlots: 'No times available in the next few weeks.',
      slotsFailed: "Couldn't load times.",
      slotPassed: 'The suggested time has passed.',
      updated: 'Updated {time}',
      allSlots: 'Open full calendar',
    });
    expect(english.failure).to.include({
      timeout: "The booking page isn't responding.",
      'rate-limited': "We're getting a lot of requests. Please try again in a minute.",
      'blocked-csp': "The calendar can't be shown on this page.",
      'blocked-coep': "The calendar can't be shown on this page.",
      'blocked-mixed-content': "The calendar can't be shown on this page.",
    });
  });
});
