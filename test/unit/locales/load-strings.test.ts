import { expect } from '@open-wc/testing';
import english from '../../../src/widget/locales/languages/en.js';
import dutch from '../../../src/widget/locales/languages/nl.js';
import { loadLanguage, loadStrings } from '../../../src/widget/locales/load-strings.js';

/** Chunks of which the Dutch one fails as often as said. */
function chunksFailing(times: number): NonNullable<Parameters<typeof loadStrings>[2]> {
  let failures = 0;
  const nl = (): Promise<{ default: typeof dutch }> =>
    failures++ < times
      ? Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
      : Promise.resolve({ default: dutch });
  const unused = (): Promise<never> => Promise.reject(new Error('not asked for in this test'));
  return {
    ...{ ar: unused, de: unused, es: unused, fr: unused, he: unused, hi: unused, it: unused, ja: unused },
    ...{ ko: unused, pl: unused, 'pt-br': unused, 'pt-pt': unused, sv: unused, tr: unused },
    ...{ 'zh-hans': unused, 'zh-hant': unused },
    nl,
  };
}

describe('loadStrings', () => {
  it('loads the texts of a language from its own chunk', async () => {
    expect(await loadStrings('nl', english)).to.equal(dutch);
    expect((await loadStrings('zh-hant', english)).today).to.equal('今天');
  });

  it('has English without a chunk', async () => {
    expect(await loadStrings('en', english, chunksFailing(Infinity))).to.equal(english);
  });

  it('gives English when the chunk fails, and tries again at the next call', async () => {
    const chunks = chunksFailing(1);
    expect(await loadStrings('nl', english, chunks)).to.equal(english);
    expect(await loadStrings('nl', english, chunks)).to.equal(dutch);
  });
});

describe('loadLanguage', () => {
  it('gives texts and the tag for dates from one resolved language', async () => {
    expect(await loadLanguage('nl_BE', english)).to.deep.equal({ tag: 'nl-BE', strings: dutch });
    expect(await loadLanguage('en-GB', english)).to.deep.equal({ tag: 'en-GB', strings: english });
  });

  it('gives English dates beside English texts when the chunk fails', async () => {
    const chunks = chunksFailing(1);
    expect(await loadLanguage('nl-NL', english, chunks)).to.deep.equal({ tag: 'en', strings: english });
    expect(await loadLanguage('nl-NL', english, chunks)).to.deep.equal({ tag: 'nl-NL', strings: dutch });
  });
});
