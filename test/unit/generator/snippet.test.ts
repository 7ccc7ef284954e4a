import { expect } from '@open-wc/testing';
import { parse } from 'acorn';
import { consentCode, CONSENT_TOOLS } from '../../../demo/gallery/generator/consent-tools.js';
import { DESTINATIONS, SAMPLE_LINK, snippetFor } from '../../../demo/gallery/generator/destinations.js';
import { tokensOf } from '../../../demo/gallery/generator/highlight.js';
import { cdnAddress, scriptTag, uploadAddress } from '../../../demo/gallery/generator/script-address.js';
import { complete, type State } from '../../../demo/gallery/generator/state.js';
import { cdnAddress as releasedAddress } from '../../../tools/release/addresses.js';

const release = { version: '1.2.3', integrity: { 'booking-widget.js': 'sha384-abc' } };

const textOf = (fields: Partial<State>): string =>
  snippetFor(complete({ link: SAMPLE_LINK, ...fields }), release).text;

describe('snippet generator: the snippet', () => {
  it('a snippet is one line for every destination but the fields of a panel', () => {
    for (const { id } of DESTINATIONS)
      expect(
        textOf({ to: id, consent: 'klaro', tracking: 'ga4', label: 'Book\na time' }).includes('\n'),
        id,
      ).to.equal(id === 'wix');
  });

  it('each destination says three steps and what it takes', () => {
    for (const { id } of DESTINATIONS)
      for (const mode of ['inline', 'popup', 'floating']) {
        const { steps, form } = snippetFor(complete({ to: id, mode }), release);
        expect(steps.length, id).to.equal(3);
        expect(form, id).to.match(/^[a-z]/);
      }
  });

  it('the HTML snippet is script and tag with the fallback link inside', () => {
    expect(textOf({ theme: 'dark', accent: '#0b6b50', radius: '12', lang: 'de', height: '700' })).to.equal(
      '<script async src="https://your.site/booking-widget/booking-widget.js"></script>' +
        '<booking-widget src="https://cal.com/acme/30min" theme="dark" accent="#0b6b50" lang="de" style="display:block;min-height:700px;--booking-radius:12px"><a href="https://cal.com/acme/30min">Book a time</a></booking-widget>',
    );
  });

  it('text and addresses cannot end an attribute, a tag or a script', () => {
    const nasty = '"><script>alert(1)</script>\'{x}[/]';
    for (const { id } of DESTINATIONS)
      for (const mode of ['inline', 'popup', 'floating']) {
        const text = textOf({
          to: id,
          mode,
          label: nasty,
          link: `https://cal.com/a?x="><script>'`,
          accent: nasty,
        });
        expect(text.includes('<script>alert'), `${id} ${mode}`).to.equal(id === 'wix');
      }
  });

  it('the tag manager’s snippet is ECMAScript 5 in every mode, with every consent tool', () => {
    for (const mode of ['popup', 'floating'])
      for (const { id } of CONSENT_TOOLS) {
        const text = textOf({ to: 'gtm', mode, consent: id, tracking: 'ga4', label: `It's "now"` });
        const [, code = ''] = /^<script>(.*)<\/script>$/.exec(text) ?? [];
        expect(() => parse(code, { ecmaVersion: 5 }), `${mode} ${id}`).not.to.throw();
      }
  });

  it('the CDN address is the one that a release has, with its SRI value', () => {
    expect(cdnAddress('1.2.3', 'booking-widget.js')).to.equal(releasedAddress('1.2.3', 'booking-widget.js'));
    expect(scriptTag(complete({ files: 'cdn' }), release)).to.equal(
      `<script async src="${releasedAddress('1.2.3', 'booking-widget.js')}" integrity="sha384-abc" crossorigin="anonymous"></script>`,
    );
  });

  it('an upload’s folder, host or file becomes the address of the script', () => {
    for (const written of [
      'https://acme.com/js/booking-widget.js',
      'https://acme.com/js/',
      'https://acme.com/js',
      'acme.com/js',
    ])
      expect(uploadAddress(written)).to.equal('https://acme.com/js/booking-widget.js');
    expect(uploadAddress('/js/')).to.equal('/js/booking-widget.js');
  });

  it('the code of each consent tool is the code of the guide', async () => {
    const guide = await (await fetch('/docs/platforms/consent.md')).text();
    const squeezed = (code: string): string => code.replace(/\/\/.*$/gm, '').replace(/[\s;,"]+/g, '');
    const renamed = (code: string): string =>
      code
        .replaceAll('function (event)', 'function(e)')
        .replaceAll('event.detail', 'e.detail')
        .replaceAll('widget.set', 'w.set')
        .replaceAll('function (widget)', 'function(w)');
    const section = (title: string): string =>
      /<script>([^]*?)<\/script>/.exec(guide.slice(guide.indexOf(`## ${title}`)))?.[1] ?? '';
    for (const { id, name } of CONSENT_TOOLS)
      expect(squeezed(consentCode(id)), id).to.equal(squeezed(renamed(section('Ask first') + section(name))));
  });

  it('the coloured pieces of a snippet are the snippet', () => {
    for (const { id } of DESTINATIONS) {
      const text = textOf({ to: id, label: 'a < b > c="d"' });
      expect(
        tokensOf(text)
          .map(([, piece]) => piece)
          .join(''),
      ).to.equal(text);
    }
  });
});
