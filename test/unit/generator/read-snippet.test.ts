import { expect } from '@open-wc/testing';
import { DESTINATIONS, snippetFor } from '../../../demo/gallery/generator/destinations.js';
import { readSnippet } from '../../../demo/gallery/generator/read-snippet.js';
import {
  complete,
  DEFAULTS,
  FIELDS,
  fromHash,
  toHash,
  type Field,
  type State,
} from '../../../demo/gallery/generator/state.js';

const release = { version: '1.2.3', integrity: { 'booking-widget.js': 'sha384-abc' } };

const FULL: Partial<State> = {
  link: 'https://cal.com/acme/30min?a=1&b=2',
  label: 'Book "a" {time} <now> & then',
  theme: 'dark',
  accent: '#0b6b50',
  radius: '12',
  lang: 'de',
  height: '700',
  utm: 'utm_source utm_medium',
  tracking: 'data-layer',
  address: 'https://acme.com/js/booking-widget.js',
};

/** Destinations that take any HTML have the same form. */
const ANY_HTML = ['html', 'ghost', 'webflow', 'squarespace', 'shopify', 'hubspot'];
const APPS = ['react', 'vue', 'svelte'];

/** The fields that a snippet does not say. */
function lost(fields: Partial<State>): Field[] {
  const state = complete({ ...FULL, ...fields });
  const read = readSnippet(snippetFor(state, release).text);
  return FIELDS.filter((field) => read?.[field] !== state[field]);
}

describe('snippet generator: editing a snippet again', () => {
  for (const mode of ['inline', 'popup', 'floating'])
    it(`everything is read back from HTML in the mode ${mode}`, () => {
      const height: Field[] = mode === 'inline' ? [] : ['height'];
      for (const to of ANY_HTML)
        expect(lost({ mode, to }), to).to.deep.equal([...height, ...(to === 'html' ? [] : ['to'])]);
      for (const to of APPS) expect(lost({ mode, to }), to).to.deep.equal([...height, 'address']);
      expect(lost({ mode, to: 'wordpress', plugin: 'no' })).to.deep.equal(height);
    });

  it('each consent tool, GA4 and the CDN are read back', () => {
    for (const consent of ['', 'ask', 'cookiebot', 'onetrust', 'complianz', 'klaro'])
      for (const tracking of ['', 'data-layer', 'ga4'])
        expect(lost({ consent, tracking, files: 'cdn', address: DEFAULTS.address })).to.deep.equal([]);
  });

  it('shortcodes, panels, links and scripts of tag managers are read back as far as they say something', () => {
    expect(lost({ to: 'wordpress' })).to.deep.equal(['radius', 'lang', 'height', 'address']);
    expect(lost({ to: 'wix' })).to.deep.equal(['radius', 'height']);
    expect(lost({ to: 'drupal', mode: 'popup' })).to.deep.equal(['radius', 'height', 'address']);
    expect(lost({ to: 'gtm', mode: 'floating' })).to.deep.equal(['height']);
    expect(lost({ to: 'gtm', mode: 'popup' })).to.deep.equal(['link', 'label', 'radius', 'lang', 'height']);
    expect(lost({ to: 'email', theme: '', utm: '', tracking: '', lang: '', height: '' })).to.deep.equal([
      'address',
    ]);
  });

  it('a snippet of every destination is known as one, and other text is not', () => {
    for (const { id } of DESTINATIONS)
      expect(readSnippet(snippetFor(complete({ to: id }), release).text), id).not.to.equal(null);
    for (const text of [
      '',
      'https://cal.com/acme',
      '<p>Hello</p>',
      '<a href="https://cal.com/acme">Book</a>',
      '<iframe src="https://cal.com/a"></iframe>',
      '<<>>"\'{',
      '[gallery ids="1"]',
    ])
      expect(readSnippet(text), text).to.equal(null);
  });

  it('a snippet that an editor has changed is read all the same', () => {
    const state = readSnippet(
      `<p><booking-widget\n src='https://cal.com/acme/30min'\n mode=popup></p>\n<p><a href="https://cal.com/acme/30min?ref=your.site">Book &#8220;now&#8221;</a></booking-widget></p>`,
    );
    expect(state?.link).to.equal('https://cal.com/acme/30min');
    expect(state?.mode).to.equal('popup');
    expect(state?.label).to.equal('Book “now”');
  });
});

describe('snippet generator: the address of the page', () => {
  it('every state survives the hash, and what is default is not in it', () => {
    const state = complete({
      ...FULL,
      mode: 'popup',
      to: 'gtm',
      plugin: 'no',
      files: 'cdn',
      consent: 'klaro',
    });
    expect(fromHash(`#${toHash(state)}`)).to.deep.equal(state);
    expect(toHash(DEFAULTS)).to.equal('');
  });

  it('what is not allowed in a hash becomes the default', () => {
    expect(
      fromHash('#mode=sideways&theme=x&radius=-1&to=%3Cb%3E&consent=evil&lang=%22%3E&unknown=1'),
    ).to.deep.equal(DEFAULTS);
  });
});
